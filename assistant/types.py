"""The vocabulary of an answer. ``assistant.record`` writes it as JSON; the user interface shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.language_model.trace import ModelTrace
from ingest.types import Reference

Status = Literal["answered", "partial", "not_in_source", "out_of_scope", "clarify", "urgent"]
Language = Literal["zh", "en"]
Audience = Literal["clinician", "patient"]


@dataclass(frozen=True, slots=True)
class ErratumNote:
    """A known error in a cited passage, as shown beside the quotation."""

    id: str
    says: str
    right: str
    evidence: str
    evidence_url: str = ""
    severity: str = "clinical"
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited span: ``source.text[start:end] == quote``. ``marker`` counts from 1."""

    marker: int
    source_id: str
    title: str
    section_path: tuple[str, ...]
    start: int
    end: int
    quote: str
    url: str
    references: tuple[Reference, ...] = ()
    errata: tuple[ErratumNote, ...] = ()


MAX_QUESTION = 8000
"""Characters of a message that are read; a longer one is a document and is cut at its end."""


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of the answer with the markers of the spans that support it."""

    text: str
    citations: tuple[int, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know besides the answer.

    Kinds: ``not_in_source``, ``coverage``, ``nearest``, ``whom`` (to ask), ``erratum``, ``repair``, ``cut``,
    ``empty``, ``greeting``, ``identifiers``, ``out_of_scope``, ``language_model`` (its answer was not used),
    ``urgent`` (always the first; the text of the answer begins with it).
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A deterministic tool that was called, with plain JSON values in and out."""

    name: str
    arguments: dict[str, object]
    result: dict[str, object]


@dataclass(frozen=True, slots=True)
class Considered:
    """A passage that was weighed for the answer. ``score``: higher is better, no fixed range."""

    source_id: str
    section_path: tuple[str, ...]
    text: str
    score: float
    used: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier turn of a conversation.

    ``standalone`` is the question as it was understood, ``shown`` the passages that were cited
    (source id, start, end); both are worked out from the texts where they are not given.
    """

    question: str
    answer: str
    standalone: str = ""
    shown: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Markdown of an answer that is on its way: to be put behind the pieces before it."""

    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one question. ``text`` is Markdown as a user sees it, notices included.

    ``standalone`` is the question as it was understood from the turns before; "" where it was taken
    as it stands. ``answerer`` is "extractive" or the language model that worded the text; ``model`` is what
    a configured one did, None when none was called.
    """

    question: str
    status: Status
    language: Language
    audience: Audience
    text: str
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    notices: tuple[Notice, ...] = ()
    answerer: str = "extractive"
    latency_ms: float = 0.0
    considered: tuple[Considered, ...] = ()
    standalone: str = ""
    model: ModelTrace | None = None

    def as_turn(self) -> Turn:
        """The answer as an earlier turn of the conversation that goes on."""
        shown = tuple((c.source_id, c.start, c.end) for c in self.citations)
        return Turn(self.question, self.text, self.standalone, shown)
