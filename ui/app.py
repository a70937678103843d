"""The script that Streamlit runs: it joins the page, the assistant and the history, and nothing else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import streamlit as st

from assistant import Assistant
from ui.evaluation.bench import Bench
from ui.evaluation.runs import Runs, default_runs_folder
from ui.evaluation.systems import HERE, opened
from ui.history import History, HistoryProblem, default_history_file
from ui.page import draw
from ui.shelf import Shelf
from ui.sources.workshop import Workshop

if TYPE_CHECKING:
    from evals.systems.base import SystemUnderTest


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf:
    """One for all browser sessions of this process."""
    return Shelf()


@st.cache_resource(show_spinner=False)
def history() -> History | None:
    """One for all browser sessions; None where nothing is to be kept or nothing can be."""
    file = default_history_file()
    try:
        return History(file) if file else None
    except HistoryProblem as problem:
        logging.getLogger(__name__).error("no conversation is kept: %s", problem)
        return None


@st.cache_resource(show_spinner=False)
def workshop() -> Workshop:
    """One for all browser sessions: an index is built by one at a time."""
    return Workshop(lambda: shelf().get(lambda step, done, total: None))


def _under_test(named: str) -> SystemUnderTest:
    """The assistant that answers here, as it does without a language model, or another system."""
    from evals.systems.assistant import AssistantUnderTest

    if named != HERE:
        return opened(named)
    return AssistantUnderTest(Assistant(shelf().get(lambda step, done, total: None).index))


@st.cache_resource(show_spinner=False)
def bench() -> Bench:
    """One for all browser sessions: one run at a time."""
    return Bench(Runs(default_runs_folder()), _under_test)


draw(shelf().get, history(), workshop(), bench())
