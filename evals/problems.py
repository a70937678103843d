"""What may go wrong without being a mistake of this project: each is told in one line, with the next step."""

from __future__ import annotations

from assistant.language_model.problems import SettingsProblem
from evals.answers import BadAnswers
from evals.baselines import BaselineUnavailable
from evals.gold import BadGold
from evals.manifest import BadRun
from evals.metrics.retrieval import MeasuresUnavailable
from evals.raters import BadSheet
from evals.under_test.base import Unavailable
from evals.with_ragas.door import RagasUnavailable

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
