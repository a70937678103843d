"""``myeloma ingest`` and ``myeloma index``."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import EmbedderUnavailable, Index, build
from index.embedding.base import Embedder
from index.generations import current_generation
from tests.cli.conftest import NOTES, Myeloma

DAMAGED = (
    "# 损坏的抄件\n\n作者：某某, MD\n\n| 期 | 界值 |\n| --- | --- |\n"
    '| I | 甲蛋白<3.5mcg>< 297=""> |\n| III | 甲蛋白≥5.5 mcg/mL (≥ 466 nmol/L) |\n'
)


def test_the_report(myeloma: Myeloma, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.md").write_text(DAMAGED, encoding="utf-8")
    index = tmp_path / "index"
    result = myeloma("ingest", notes, tmp_path / "copy.md", "--index", index)
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0] == "notes: 门诊备忘 (reviewed 2031-05)"
    assert lines[1].endswith("4 passages, 0 tables, 1 references")
    assert "  known errors in this text: 1" in lines
    assert any(line.startswith("    valaciclovir-not-valganciclovir: 应为伐昔洛韦") for line in lines)
    assert any(line.startswith("copy: 损坏的抄件") for line in lines)
    assert any("1 tables" in line for line in lines)
    (repaired,) = (line for line in lines if line.startswith("  repaired: "))
    assert "297=" in repaired
    assert "(<297 nmol/L)" in repaired
    assert lines[-1].startswith(f"{index}: 2 sources, ")
    assert "embedder default" in lines[-1]


def test_then_it_answers(myeloma: Myeloma, notes: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    assert myeloma("ingest", notes, "--index", index).code == 0
    assert "活疫苗不得接种" in myeloma("ask", "活疫苗可以接种吗？", "--index", index).out


def test_unreadable_files_among_good_ones(myeloma: Myeloma, notes: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "empty.md").write_text("", encoding="utf-8")
    (folder / "paper.md").write_bytes(b"%PDF-1.7 ...")
    (folder / "more.md").write_text("# 另一篇\n\n地塞米松每周一次。\n", encoding="utf-8")
    missing = tmp_path / "missing.md"
    index = tmp_path / "index"
    result = myeloma("ingest", notes, missing, folder, "--index", index)
    assert result.code == 1
    problems = result.err.splitlines()
    assert all(line.startswith("myeloma: ") for line in problems)
    assert [line.split(": ")[1] for line in problems] == [
        str(missing),
        str(folder / "empty.md"),
        str(folder / "paper.md"),
    ]
    assert "a PDF" in problems[2]
    assert set(Index.open(index).sources) == {"notes", "more"}
    assert "2 sources" in result.out


def test_nothing_readable_changes_nothing(myeloma: Myeloma, index_copy: Path, tmp_path: Path) -> None:
    before = Index.open(index_copy).fingerprint
    result = myeloma("ingest", tmp_path / "missing.md", "--index", index_copy)
    assert (result.code, result.out) == (2, "")
    assert "nothing was ingested" in result.err
    assert Index.open(index_copy).fingerprint == before


def test_the_same_file_twice_is_one_source(myeloma: Myeloma, notes: Path, tmp_path: Path) -> None:
    result = myeloma("ingest", notes, tmp_path / "." / "notes.md", "--index", tmp_path / "index")
    assert (result.code, result.err) == (0, "")
    assert result.out.count("notes: ") == 1


def test_another_file_of_the_same_name_is_not_swallowed(
    myeloma: Myeloma, notes: Path, tmp_path: Path
) -> None:
    other = tmp_path / "older" / "notes.md"
    other.parent.mkdir()
    other.write_text("# 旧备忘\n\n旧版内容。\n", encoding="utf-8")
    index = tmp_path / "index"
    result = myeloma("ingest", notes, other, "--index", index)
    assert result.code == 1
    assert result.err == f"myeloma: {other}: {notes} has the same name and stays; rename one of them\n"
    assert Index.open(index).sources["notes"].title == "门诊备忘"


def test_a_newer_version_replaces_the_older(myeloma: Myeloma, notes: Path, index_copy: Path) -> None:
    notes.write_text(NOTES.replace("每周一次", "每周两次"), encoding="utf-8")
    assert myeloma("ingest", notes, "--index", index_copy).code == 0
    (source,) = Index.open(index_copy).sources.values()
    assert "每周两次" in source.text


def test_an_embedder_that_cannot_be_had(
    myeloma: Myeloma, notes: Path, index_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(name: str) -> Embedder:
        raise EmbedderUnavailable(f"{name}: not on this machine; name a folder")

    # Asking the hub in vain takes ten seconds; tests/index does that once.
    monkeypatch.setattr(build, "named_embedder", unavailable)
    before = Index.open(index_copy).fingerprint
    result = myeloma("ingest", notes, "--index", index_copy, "--embedder", "no-such/model")
    assert (result.code, result.out) == (2, "")
    assert result.err == "myeloma: no-such/model: not on this machine; name a folder\n"
    assert Index.open(index_copy).fingerprint == before


def test_info(myeloma: Myeloma, built: Path) -> None:
    result = myeloma("index", "info", "--index", built)
    assert (result.code, result.err) == (0, "")
    assert str(built) in result.out
    assert "notes: 门诊备忘 (zh, clinician, reviewed 2031-05; 4 passages" in result.out


def test_verify_a_sound_index(myeloma: Myeloma, built: Path) -> None:
    result = myeloma("index", "verify", "--index", built)
    assert (result.code, result.err) == (0, "")
    assert result.out == f"{built}: every file is as the manifest says\n"


def test_verify_a_damaged_index(myeloma: Myeloma, index_copy: Path) -> None:
    with (current_generation(index_copy) / "chunks.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")
    result = myeloma("index", "verify", "--index", index_copy)
    assert (result.code, result.err) == (1, "")
    assert "chunks.jsonl: SHA-256 is" in result.out
    # ... and it is not used.
    asked = myeloma("ask", "骨痛", "--index", index_copy)
    assert (asked.code, asked.out) == (2, "")
    assert "chunks.jsonl" in asked.err
    assert asked.err.count("\n") == 1


@pytest.mark.parametrize("action", ["info", "verify"])
def test_no_index_there(myeloma: Myeloma, tmp_path: Path, action: str) -> None:
    result = myeloma("index", action, "--index", tmp_path / "nowhere")
    assert (result.code, result.out) == (2, "")
    assert "no index here" in result.err
    assert result.err.count("\n") == 1
