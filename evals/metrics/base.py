"""What every measure takes and gives."""

from __future__ import annotations

from dataclasses import dataclass

from evals.answers.stored import StoredAnswer
from evals.gold.corpus import Corpus
from evals.gold.questions import GoldQuestion


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One answer before its judges: what was asked, what was said, the texts it may cite."""

    question: GoldQuestion
    answer: StoredAnswer
    corpus: Corpus

    @property
    def silent(self) -> bool:
        """Whether there is no answer: it abstained, or the system failed."""
        return self.answer.abstained or bool(self.answer.error)


@dataclass(frozen=True, slots=True)
class Score:
    """One number about one answer and why; names and directions are in ``metrics.toml``."""

    metric: str
    value: float
    reason: str = ""
