"""What the pages need of an assistant. ``assistant.Assistant`` is one; a test brings another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from assistant.types import Answer, Audience, Language, Turn
from index import Hit, Progress
from ingest.types import Source


class Library(Protocol):
    """The documents that an assistant answers from."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Documents by id."""

    def search(self, question: str, k: int = 10) -> list[Hit]:
        """The ``k`` best pieces of text, best first."""


class Answering(Protocol):
    """Something that answers questions from a library."""

    @property
    def index(self) -> Library:
        """Where the cited documents are found."""

    def ask(
        self,
        question: str,
        audience: Audience = "clinician",
        language: Language | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """Answer one question; ``history`` holds the earlier turns of the conversation."""


# Opens the assistant; reports to the given progress while it has to build an index first.
Opener = Callable[[Progress], Answering]
