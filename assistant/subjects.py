"""What a clause of a question is about: the things it names, and those it takes from its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question_units import SUBJECT as SUBJECT_CONCEPTS
from assistant.question_units import Unit
from ingest.terminology import default_terminology

# Concepts that name a thing: an answer about another drug is no answer.
NAMED = frozenset({
    "drug", "drug_class", "regimen", "target", "cytogenetics", "test", "imaging", "disease",
    "complication", "adverse_event", "staging", "response", "protein", "cell", "procedure", "finding",
    "outcome", "asked_attribute", "population", "anatomy", "organism", "country",
})  # fmt: skip
# Things that a conversation stays with until it names another of their kind.
TOPICS = frozenset({
    "drug", "drug_class", "regimen", "disease", "staging", "response", "cytogenetics", "target",
})  # fmt: skip
# Things that tell what a passage is about as well as a drug does.
_TELLING = frozenset({
    "complication", "adverse_event", "finding", "test", "imaging", "protein", "cell",
})  # fmt: skip
# The disease that every source is about, as an index term.
SUBJECT = frozenset(f"c:{concept}" for concept in SUBJECT_CONCEPTS)


# What is asked for rather than spoken of: "what can be done?".
_PLAIN = SUBJECT | {"c:treatment"}


def is_plain(unit: Unit) -> bool:
    """Whether a unit is what every source speaks of: the disease, or treatment as such."""
    return not unit.exact.isdisjoint(_PLAIN)


def named_things(units: Sequence[Unit], clause: int) -> list[int]:
    """What a clause names, and what it speaks of without naming it.

    A clause without a drug, a staging system or the like of its own takes those of the others:
    "is it given by mouth?".
    """
    named = [i for i, u in enumerate(units) if u.category in NAMED]
    own = [i for i in named if units[i].clause == clause]
    if any(units[i].category in TOPICS for i in own):
        return own
    return own + [i for i in named if units[i].clause != clause and units[i].category in TOPICS] or named


def leaning(units: Sequence[Unit], clause: int) -> tuple[int, ...]:
    """The clause, and the one it leans on where it names nothing of its own ("…, how is it arranged?").

    That is the nearest earlier clause that speaks of something, or the nearest later one.
    """
    if any(u.clause == clause and u.category in NAMED and not is_plain(u) for u in units):
        return (clause,)
    others = sorted({u.clause for u in units} - {clause}, key=lambda c: (c > clause, abs(c - clause)))
    return (clause, *others[:1])


def subjects(units: Sequence[Unit], clause: int) -> list[int]:
    """What a passage must speak of, one of them at least, to answer a clause.

    Empty for a clause that names no drug, stage or the like of its own: its words may be lay ones
    that a good passage does not use.
    """
    own = [i for i, u in enumerate(units) if u.clause == clause and SUBJECT.isdisjoint(u.exact)]
    if not any(units[i].category in TOPICS for i in own):
        return []
    return [i for i in own if units[i].category in TOPICS | _TELLING]


def topic_terms(terms: frozenset[str]) -> frozenset[str]:
    """Those of some index terms that name a drug, a staging system or the like."""
    concepts = default_terminology().concepts
    named = ((term, concepts.get(term.removeprefix("c:"))) for term in terms if term.startswith("c:"))
    return frozenset(term for term, concept in named if concept and concept.category in TOPICS) - SUBJECT
