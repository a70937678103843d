"""An index keeps up with the register of errata without being built again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import Index, build_index, errata
from index.generations import current_generation
from index.manifest import file_digest
from ingest.load import load_source
from ingest.types import Source

PAGE = "# 备忘\n\n## 诊断\n\n尿液中无M蛋白。\n\n骨髓浆细胞≥10%。\n"


@pytest.fixture
def page(tmp_path: Path) -> Source:
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return load_source(path)


@pytest.fixture
def of_an_older_register(page: Source, tmp_path: Path) -> Path:
    """An index whose register had an entry that is gone, and had not the one that fits."""
    directory = tmp_path / "index"
    build_index(directory, [page])
    folder = current_generation(directory)
    sources, manifest = folder / "sources.jsonl", folder / "manifest.json"
    text = sources.read_text("utf-8")
    assert text.count("diagnosis-needs-m-protein") == 1
    sources.write_text(text.replace("diagnosis-needs-m-protein", "withdrawn"), "utf-8")
    value = json.loads(manifest.read_text("utf-8"))
    value["errata"] = "0" * 64
    value["files"]["sources.jsonl"] = file_digest(sources)
    manifest.write_text(json.dumps(value), "utf-8")
    return directory


def errata_of(directory: Path) -> list[tuple[str, ...]]:
    return [p.errata for s in Index.open(directory).sources.values() for p in s.passages]


def test_a_withdrawn_erratum_is_forgotten_and_a_new_one_found(of_an_older_register: Path) -> None:
    assert errata_of(of_an_older_register) == [("diagnosis-needs-m-protein",), ()]


def test_the_next_build_stores_them(of_an_older_register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = of_an_older_register.parent / "more.md"
    path.write_text("# 补充\n\n定期复查血常规。\n", encoding="utf-8")
    build_index(of_an_older_register, [load_source(path)])
    stored = (current_generation(of_an_older_register) / "sources.jsonl").read_text("utf-8")
    assert ("withdrawn" in stored, "diagnosis-needs-m-protein" in stored) == (False, True)
    # Nothing is left to match at the next start.
    monkeypatch.setattr(errata, "_matched_again", pytest.fail)
    assert errata_of(of_an_older_register) == [("diagnosis-needs-m-protein",), (), ()]


def test_an_index_without_a_version_is_matched(of_an_older_register: Path) -> None:
    manifest = current_generation(of_an_older_register) / "manifest.json"
    value = json.loads(manifest.read_text("utf-8"))
    del value["errata"]
    manifest.write_text(json.dumps(value), "utf-8")
    assert errata_of(of_an_older_register)[0] == ("diagnosis-needs-m-protein",)
