"""The default index: where it lies, when it is built, when it is left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import library
from assistant.library import default_index_directory, open_default_index
from index import Index, IndexMismatch, build_index, store
from index.embedding import static_fit
from index.generations import current_generation
from ingest.terminology import Terminology, default_terminology
from ingest.types import Source
from tests.ingest.documents import source_of


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A monograph of one line, a small terminology, and a data directory of its own."""
    some = default_terminology().concepts
    monkeypatch.setattr(
        static_fit, "default_terminology", lambda: Terminology([some["bortezomib"], some["carfilzomib"]])
    )
    monkeypatch.delenv("MYELOMA_INDEX", raising=False)
    monkeypatch.setattr(library, "user_data_path", lambda name: tmp_path / name)
    monkeypatch.setattr(library, "monograph_sources", lambda: (shipped(tmp_path, "硼替佐米皮下注射。"),))
    monkeypatch.setattr(library, "monograph_files", lambda: (("monograph/zh/01", tmp_path / "01.md"),))


def shipped(folder: Path, text: str) -> Source:
    path = folder / "01.md"
    path.write_text(f"# 专论\n\n{text}\n", encoding="utf-8")
    source = source_of(path.read_text("utf-8"))
    return replace(source, id="monograph/zh/01", sha256=hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The directories that were built, in order."""
    done: list[Path] = []
    build: Callable[..., object] = build_index

    def counted(directory: Path, *args: object, **options: object) -> object:
        done.append(directory)
        return build(directory, *args, **options)

    monkeypatch.setattr(library, "build_index", counted)
    return done


def texts(index: Index) -> list[str]:
    return [p.text for s in index.sources.values() for p in s.passages]


def test_where_it_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert default_index_directory() == tmp_path / "myeloma-assistant" / "index"
    monkeypatch.setenv("MYELOMA_INDEX", str(tmp_path / "named"))
    assert default_index_directory() == tmp_path / "named"


def test_built_once(builds: list[Path]) -> None:
    steps: list[str] = []
    assert texts(open_default_index(progress=lambda step, done, of: steps.append(step))) == [
        "硼替佐米皮下注射。"
    ]
    assert texts(open_default_index()) == ["硼替佐米皮下注射。"]
    assert builds == [default_index_directory()]
    assert set(steps) >= {"fit", "embed", "write"}


def test_renewed_when_the_monograph_has_news(
    builds: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    open_default_index()
    newer = shipped(tmp_path, "硼替佐米也可静脉注射。")
    monkeypatch.setattr(library, "monograph_sources", lambda: (newer,))
    assert texts(open_default_index()) == ["硼替佐米也可静脉注射。"]
    assert len(builds) == 2


def test_renewed_when_the_register_of_errata_has_news(
    builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_default_index()
    for module in (library, store):
        monkeypatch.setattr(module, "errata_version", lambda: "newer")
    assert open_default_index().manifest.errata == "newer"
    open_default_index()
    assert len(builds) == 2


def test_renewed_when_it_is_damaged(builds: list[Path]) -> None:
    open_default_index()
    (current_generation(default_index_directory()) / "chunks.jsonl").write_text("{}", encoding="utf-8")
    assert texts(open_default_index()) == ["硼替佐米皮下注射。"]
    assert len(builds) == 2


@pytest.mark.parametrize("by_environment", [True, False])
def test_a_named_index_is_built_but_never_changed(
    builds: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, by_environment: bool
) -> None:
    named = tmp_path / "named"
    directory = None if by_environment else named
    if by_environment:
        monkeypatch.setenv("MYELOMA_INDEX", str(named))
    open_default_index(directory)
    newer = shipped(tmp_path, "硼替佐米也可静脉注射。")
    monkeypatch.setattr(library, "monograph_sources", lambda: (newer,))
    assert texts(open_default_index(directory)) == ["硼替佐米皮下注射。"]
    (current_generation(named) / "chunks.jsonl").write_text("{}", encoding="utf-8")
    with pytest.raises(IndexMismatch, match=r"chunks\.jsonl: SHA-256"):
        open_default_index(directory)
    assert builds == [named]


def test_an_empty_name_is_no_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, builds: list[Path]
) -> None:
    monkeypatch.setenv("MYELOMA_INDEX", "")
    assert default_index_directory() == tmp_path / "myeloma-assistant" / "index"
    open_default_index()
    newer = shipped(tmp_path, "硼替佐米也可静脉注射。")
    monkeypatch.setattr(library, "monograph_sources", lambda: (newer,))
    assert texts(open_default_index()) == ["硼替佐米也可静脉注射。"]
    assert len(builds) == 2


@pytest.fixture
def with_an_old_chapter(tmp_path: Path) -> Path:
    """The default index of a version that shipped one chapter more, and a document of the user's."""
    directory = default_index_directory()
    old = replace(source_of("# 旧章\n\n旧的一句。\n"), id="monograph/zh/02")
    own = replace(source_of("# 笔记\n\n我的一句。\n"), id="notes")
    build_index(directory, [shipped(tmp_path, "硼替佐米皮下注射。"), old, own])
    return directory


def test_a_chapter_that_no_longer_ships_goes_once(with_an_old_chapter: Path, builds: list[Path]) -> None:
    assert list(open_default_index().sources) == ["monograph/zh/01", "notes"]
    assert list(open_default_index().sources) == ["monograph/zh/01", "notes"]
    assert builds == [with_an_old_chapter]


def test_an_old_chapter_of_a_damaged_index_is_no_obstacle(tmp_path: Path, builds: list[Path]) -> None:
    directory = default_index_directory()
    old = replace(source_of("# 旧章\n\n旧的一句。\n"), id="monograph/zh/02")
    build_index(directory, [shipped(tmp_path, "硼替佐米皮下注射。"), old])
    (current_generation(directory) / "chunks.jsonl").write_text("{}", encoding="utf-8")
    assert list(open_default_index().sources) == ["monograph/zh/01"]
    assert builds == [directory]
