"""The page that an answer is written on: its markers, citations, notices, and the errata beside them.

Whoever words the sentences, the extractive answerer or a language model, citations are made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.errata_beside import errata_beside, note_of
from assistant.markdown import escape
from assistant.question import Question
from assistant.types import AnswerSentence, Audience, Citation, Language, Notice
from ingest.types import Passage, Source

if TYPE_CHECKING:
    from assistant.plain.patient import Patient


@dataclass(frozen=True, slots=True)
class Presented:
    """The parts of an answer that come from its passages."""

    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    notices: tuple[Notice, ...]
    dropped: tuple[str, ...]


@dataclass(slots=True)
class Page:
    """What has been written so far; ``asked`` are the terms of the question."""

    language: Language
    asked: frozenset[str]
    patient: Patient | None = None
    direct: int = 0  # how many sentences belong to what answers directly
    lines: list[str] = field(default_factory=list)
    sentences: list[AnswerSentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    markers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    shown_errata: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, question: Question, audience: Audience, earlier: str = "") -> Page:
        """An empty page; a patient has read the ``earlier`` answers of the conversation."""
        asked = frozenset().union(
            *(u.exact | {term for term, strength in u.related if strength > 0.5} for u in question.units)
        )
        page = cls(question.language, asked)
        if audience == "patient":
            from assistant.plain.patient import Patient  # ten modules that a clinician's answer does without

            page.patient = Patient(question.language, earlier)
        return page

    def marker(self, source: Source, passage: Passage) -> int:
        """The marker of a passage, which is cited from now on."""
        key = (source.id, passage.start, passage.end)
        if key not in self.markers:
            self.markers[key] = len(self.markers) + 1
            self.citations.append(
                Citation(
                    marker=self.markers[key],
                    source_id=source.id,
                    title=source.title,
                    section_path=source.path_of(passage),
                    start=passage.start,
                    end=passage.end,
                    quote=passage.text,
                    url=source.url,
                    references=source.references_of(passage),
                    errata=tuple(note_of(id_, self.language) for id_ in passage.errata),
                )
            )
        return self.markers[key]

    def errata(self, passages: Sequence[Passage]) -> list[str]:
        """Lines about the known errors in some passages, to stand right beside what cites them."""
        direct = self.citations[0].start if self.citations else -1
        texts = [*errata_beside(passages, self.language, self.asked, direct, self.shown_errata, self.patient)]
        self.notices += [Notice("erratum", text) for text in texts]
        return [escape(text) for text in texts]

    def presented(self, text: str) -> Presented:
        """The page with its ``text``."""
        return Presented(
            text.strip(),
            tuple(self.sentences),
            tuple(self.citations),
            tuple(self.notices),
            tuple(self.dropped),
        )


def marks_of(source: Source, passage: Passage) -> tuple[int, ...]:
    """Numbers that can cite where the passage stands, in its lead-in and its table too."""
    return tuple(r.number for r in source.sections[passage.section].references)


def context_of(source: Source, passage: Passage) -> str:
    """What a passage stands under."""
    return "\n".join([*source.path_of(passage), passage.lead])
