from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import library
from index import build_index
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


def test_a_named_index_that_is_missing_is_built_as_the_command_line_builds_it(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(INDEX_VARIABLE, str(tmp_path / "none"))
    monkeypatch.setattr(library, "monograph_sources", lambda: (source,))
    steps: list[str] = []
    built = Shelf().get(lambda step, done, total: steps.append(step))
    assert set(built.index.sources) == {source.id}
    assert {"fit", "embed", "write"} <= set(steps)
    # The command line finds what the browser built.
    assert library.open_default_index().folder == built.index.folder


def test_who_waits_for_anothers_build_is_told_how_far_it_is(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(INDEX_VARIABLE, str(tmp_path / "none"))
    monkeypatch.setattr(library, "monograph_sources", lambda: (source,))
    at_work, seen = threading.Event(), threading.Event()
    told: list[tuple[str, int, int]] = []

    def hold(step: str, done: int, total: int) -> None:
        at_work.set()
        assert seen.wait(20)

    def note(step: str, done: int, total: int) -> None:
        told.append((step, done, total))
        seen.set()

    shelf = Shelf()
    builder = threading.Thread(target=shelf.get, args=(hold,))
    builder.start()
    assert at_work.wait(20)
    waited = shelf.get(note)
    builder.join()
    assert told
    assert waited is shelf.get(_ignore)


def test_only_an_index_that_is_there_is_opened_ahead(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(Shelf, "get", lambda self: opened.append(self))
    monkeypatch.setenv(INDEX_VARIABLE, str(tmp_path / "none"))
    Shelf().open_stored()
    assert not opened
    build_index(tmp_path / "one", [source])
    monkeypatch.setenv(INDEX_VARIABLE, str(tmp_path / "one"))
    Shelf().open_stored()
    assert len(opened) == 1
