"""What the pages need of an assistant. ``assistant.Assistant`` is one; a test brings another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from assistant.types import Answer, Audience, Language, Piece, Turn
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

    @property
    def writer(self) -> object | None:
        """What words the answers; without one they are taken from the text, and come at once."""

    def ask(
        self,
        question: str,
        audience: Audience = "clinician",
        language: Language | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """Answer one question; ``history`` holds the earlier turns of the conversation."""

    def stream(
        self,
        question: str,
        audience: Audience = "clinician",
        language: Language | None = None,
        history: Sequence[Turn] = (),
    ) -> Iterator[Piece | Answer]:
        """The same while it comes about: verified Markdown piece by piece, at last the answer."""


# Opens the assistant; reports to the given progress while it has to build an index first.
Opener = Callable[[Progress], Answering]
