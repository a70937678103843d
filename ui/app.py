"""The script that Streamlit runs: it joins the page and the assistant, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from assistant import Assistant
from assistant.library import default_index_directory, open_default_index
from index import IndexMismatch, IndexMissing, Progress
from index.generations import current_generation
from ui.launch import INDEX_VARIABLE
from ui.page import draw


def open_assistant(progress: Progress) -> Assistant:
    """The assistant on the chosen index, or on the default one, which is built when it is missing."""
    chosen = os.environ.get(INDEX_VARIABLE)
    if chosen:
        return _opened(Path(chosen))
    try:
        return _opened(default_index_directory())
    except (IndexMissing, IndexMismatch):
        open_default_index(progress=progress)
        return _opened(default_index_directory())


def _opened(directory: Path) -> Assistant:
    return _cached(str(directory), current_generation(directory).name)


@st.cache_resource(show_spinner=False, max_entries=1)
def _cached(directory: str, generation: str) -> Assistant:
    """One assistant for all browser sessions; an index that is built anew has another generation."""
    return Assistant.open(directory)


draw(open_assistant)
