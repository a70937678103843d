"""One index of our own documents, built once, with the default model on the whole terminology."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from index import Index, build_index
from ingest.load import load_source
from ingest.types import Source
from tests.assistant.documents import HANDBOOK, RADIOTHERAPY


@pytest.fixture(scope="session")
def index_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stored index of the handbook and the notes. Not to be changed: copy it."""
    folder = tmp_path_factory.mktemp("assistant")
    sources = []
    for name, text in (("handbook", HANDBOOK), ("radiotherapy", RADIOTHERAPY)):
        path = folder / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        sources.append(load_source(path))
    build_index(folder / "index", sources)
    return folder / "index"


@pytest.fixture(scope="session")
def assistant(index_directory: Path) -> Assistant:
    return Assistant.open(index_directory)


@pytest.fixture(scope="session")
def index(assistant: Assistant) -> Index:
    return assistant.index


@pytest.fixture(scope="session")
def handbook(index: Index) -> Source:
    return index.sources["handbook"]
