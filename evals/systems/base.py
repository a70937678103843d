"""What a system has to offer to be measured."""

from __future__ import annotations

from typing import Protocol

from evals.answers.stored import StoredAnswer
from evals.gold.corpus import Corpus
from evals.gold.questions import GoldQuestion


class SystemUnderTest(Protocol):
    """Answers gold questions.

    ``corpus`` holds the documents that its citations point into; empty where it cites by words alone.
    ``concurrent``: whether ``answer`` may be called from several threads at once.
    """

    name: str
    corpus: Corpus
    concurrent: bool

    def answer(self, question: GoldQuestion) -> StoredAnswer:
        """Answer the last turn of a question. An exception counts as a failure, not as an answer."""
        ...

    def describe(self) -> dict[str, str]:
        """What makes this system another one than the next: index, model, audience."""
        ...


class Unavailable(Exception):
    """A system cannot be asked at all (no index, no endpoint, no file); the message has the next step."""
