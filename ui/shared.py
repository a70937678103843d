"""What all browser sessions of this process share; made once, when the first of them or the launcher comes.

Not in the script, which Streamlit runs anew for every click: its own cache reads the source of each
function that it decorates each time (measured: 2 ms of processor a click).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from assistant import Assistant
from ui.evaluation.bench import Bench
from ui.evaluation.runs import Runs, default_runs_folder
from ui.evaluation.systems import HERE, opened
from ui.history import History, HistoryProblem, default_history_file
from ui.shelf import Shelf
from ui.sources.workshop import Workshop

if TYPE_CHECKING:
    from evals.systems.base import SystemUnderTest


def _history() -> History | None:
    """None where nothing is to be kept or nothing can be."""
    file = default_history_file()
    try:
        return History(file) if file else None
    except HistoryProblem as problem:
        logging.getLogger(__name__).error("no conversation is kept: %s", problem)
        return None


def _under_test(named: str) -> SystemUnderTest:
    """The assistant that answers here, as it does without a language model, or another system."""
    from evals.systems.assistant import AssistantUnderTest

    if named != HERE:
        return opened(named)
    return AssistantUnderTest(Assistant(SHELF.get().index))


SHELF = Shelf()
HISTORY = _history()
WORKSHOP = Workshop(SHELF.get)  # an index is built by one at a time
BENCH = Bench(Runs(default_runs_folder()), _under_test)  # one run at a time
