"""The document, the assistant and the page of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from index import build_index
from ingest.load import load_source
from ingest.types import Source
from tests.small_fit import fitted_on
from tests.ui.fakes import DOCUMENT, FakeAssistant, FakeLibrary, page_with


@pytest.fixture(scope="package", autouse=True)
def _one_scan() -> Iterator[None]:
    """Streamlit reads the metadata of every installed package for each page: here once, not for each test."""
    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="package", autouse=True)
def _quick_fit() -> Iterator[None]:
    with fitted_on(DOCUMENT):
        yield


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    path: Path = tmp_path_factory.mktemp("document") / "test.md"
    path.write_text(DOCUMENT, "utf-8")
    return load_source(path)


@pytest.fixture(scope="session")
def index_dir(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the test document; not to be changed."""
    directory = tmp_path_factory.mktemp("index")
    build_index(directory, [source])
    return directory


@pytest.fixture
def assistant(source: Source) -> FakeAssistant:
    return FakeAssistant(FakeLibrary({source.id: source}))


@pytest.fixture
def page(assistant: FakeAssistant) -> AppTest:
    return page_with(lambda progress: assistant)
