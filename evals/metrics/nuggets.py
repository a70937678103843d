"""Nuggets: which of the gold facts an answer holds (TREC RAG, nuggetizer ``core/metrics.py``).

strict_vital = vital nuggets found / vital; strict_all = nuggets found / all. A question without any vital
nugget has no strict_vital. Only the part of an answer counts that a reader reads before deciding (see
``evals.gold.matching``); a refusal that names a fact by accident has not said it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.vocabulary import clinical
from evals.gold.matching import MAX_CHINESE, MAX_ENGLISH, normalise
from evals.gold.questions import Fact
from evals.metrics.base import Exhibit, Score

_GLUED_UNIT = re.compile(r"(?<=\d)(?=(?:mg|g|mmol|μmol|mL|mm)\b)")


@dataclass(frozen=True, slots=True)
class NuggetVerdict:
    """Whether a nugget was found, and the words of the answer that hold it."""

    note: str
    importance: str
    found: bool
    where: str


def nuggets(exhibit: Exhibit) -> tuple[NuggetVerdict, ...]:
    """A verdict on each nugget of the question."""
    limit = MAX_ENGLISH if exhibit.question.language == "en" else MAX_CHINESE
    seen = "" if exhibit.silent else normalise(exhibit.answer.text[:limit])
    spellings = (
        seen,
        seen.replace(",", ""),
        _GLUED_UNIT.sub(" ", seen),
        normalise(preferred(seen, exhibit.question.language)),
    )
    return tuple(_verdict(fact, spellings) for fact in exhibit.question.facts)


@lru_cache(maxsize=4096)
def preferred(text: str, language: str) -> str:
    """The text with every known thing under its preferred name: a fact may be told in other words.

    >>> preferred("万珂", "zh")
    '硼替佐米'
    """
    known, told, cursor = clinical(), "", 0
    for mention in known.mentions(text):
        concept = known.concepts[mention.concept]
        name = concept.en if language == "en" else concept.zh
        if mention.start >= cursor and name:
            told += text[cursor : mention.start] + name
            cursor = mention.end
    return told + text[cursor:]


def _verdict(fact: Fact, spellings: Sequence[str]) -> NuggetVerdict:
    match = next((m for p in fact.patterns for s in spellings if (m := p.search(s))), None)
    note = fact.note or fact.patterns[0].pattern
    return NuggetVerdict(note, fact.importance, match is not None, match[0] if match else "")


def nugget_scores(verdicts: Sequence[NuggetVerdict]) -> Iterator[Score]:
    """Strict scores over vital and over all nuggets, and over those that are numbers."""
    missed = "; ".join(v.note for v in verdicts if not v.found)
    vital = [v for v in verdicts if v.importance == "vital"]
    if vital:
        yield Score("nuggets_vital", _share(vital), missed)
    if verdicts:
        yield Score("nuggets_all", _share(verdicts), missed)
    if numeric := [v for v in verdicts if any(c.isdigit() for c in v.note)]:
        yield Score("numeric_nuggets", _share(numeric), "; ".join(v.note for v in numeric if not v.found))


def _share(verdicts: Sequence[NuggetVerdict]) -> float:
    return sum(v.found for v in verdicts) / len(verdicts)
