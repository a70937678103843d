from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index import IndexMissing, build_index
from ingest.types import Source
from ui.launch import INDEX_VARIABLE
from ui.shelf import Shelf


def _ignore(step: str, done: int, total: int) -> None:
    pass


def test_a_named_index_is_opened_once_and_again_when_it_was_built_anew(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(tmp_path, [source])
    monkeypatch.setenv(INDEX_VARIABLE, str(tmp_path))
    shelf = Shelf()
    first = shelf.get(_ignore)
    assert shelf.get(_ignore) is first
    build_index(tmp_path, [replace(source, id="another")])
    assert set(shelf.get(_ignore).index.sources) == {source.id, "another"}


def test_a_named_index_that_is_missing_is_not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(INDEX_VARIABLE, str(tmp_path / "none"))
    with pytest.raises(IndexMissing, match="no index here"):
        Shelf().get(_ignore)
    assert not (tmp_path / "none").exists()
