"""One answer against its gold question: facts, section, status, forbidden statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.gold.matching import MAX_CHINESE, MAX_ENGLISH, along, normalise
from evals.gold.questions import GoldQuestion


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one answer did.

    ``facts_found``/``facts`` count gold facts (0/0 for unanswerable ones); ``section`` is None
    where the gold names none; ``characters`` is the whole length of the answer.
    """

    id: str
    facts_found: int
    facts: int
    missed: tuple[str, ...]
    section: bool | None
    status: str
    status_right: bool
    abstained: bool
    forbidden: tuple[str, ...]
    characters: int


def score(gold: GoldQuestion, text: str, status: str, section_paths: Sequence[Sequence[str]]) -> Outcome:
    """Score the text of an answer (notices included) and the sections that it cites."""
    limit = MAX_ENGLISH if gold.language == "en" else MAX_CHINESE
    seen = normalise(text[:limit])
    spellings = (seen, seen.replace(",", ""))
    missed = tuple(
        fact.note or fact.patterns[0].pattern
        for fact in gold.facts
        if not any(p.search(s) for p in fact.patterns for s in spellings)
    )
    section = None
    if gold.sections:
        section = any(along(want, path) for want in gold.sections for path in section_paths)
    whole = normalise(text)
    return Outcome(
        id=gold.id,
        facts_found=len(gold.facts) - len(missed),
        facts=len(gold.facts),
        missed=missed,
        section=section,
        status=status,
        status_right=status in gold.status,
        abstained=status in ("not_in_source", "out_of_scope", "clarify"),
        forbidden=tuple(p.pattern for p in gold.forbidden if p.search(whole)),
        characters=len(text),
    )
