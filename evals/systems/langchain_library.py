"""The libraries of plain pipelines, an optional extra. The one place that imports them."""

from __future__ import annotations

import importlib
from typing import Any

SIZE, TOP = 300, 3
# Of 0, 50 and 200 the one with which the three together find most facts of the dev split.
OVERLAP = 50
INSTALL = 'pip install -e ".[baselines]"'


class BaselineUnavailable(Exception):
    """A library of the optional extra is not installed; the message has the command."""


def library(name: str) -> Any:
    """A library of the optional extra.

    Raises:
        BaselineUnavailable: it is missing.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise BaselineUnavailable(f"a plain pipeline needs {error.name or name}: {INSTALL}") from error


def splitter() -> Any:
    """The recursive splitter of LangChain at this size; its chunks know where they start."""
    return library("langchain_text_splitters").RecursiveCharacterTextSplitter(
        chunk_size=SIZE, chunk_overlap=OVERLAP, add_start_index=True
    )
