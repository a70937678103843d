"""What may go wrong without being a mistake of this project: each is told in one line, with the next step."""

from __future__ import annotations

from assistant.language_model.problems import SettingsProblem
from evals.answers.stored import BadAnswers
from evals.gold.questions import BadGold
from evals.metrics.retrieval import MeasuresUnavailable
from evals.raters.sheet import BadSheet
from evals.raters.with_ragas.door import RagasUnavailable
from evals.runs.directory import BadRun
from evals.systems.base import Unavailable
from evals.systems.langchain_library import BaselineUnavailable

EXPECTED: tuple[type[Exception], ...] = (
    BadAnswers,
    BadGold,
    BadRun,
    BadSheet,
    BaselineUnavailable,
    MeasuresUnavailable,
    RagasUnavailable,
    SettingsProblem,
    Unavailable,
)
