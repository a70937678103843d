"""What each unit of a question counts, and how much of it a passage covers."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import Question
from assistant.question_units import NOUN, Unit
from assistant.ranking import ranking
from assistant.vignette import presenting, share_of_presented
from index import Index

# Concepts of these categories are general words: they name nothing.
GENERAL = frozenset({"general", "time", "comparison", "frequency", "section"})


def unit_weight(index: Index, unit: Unit, foreign: bool) -> float:
    """How much a unit counts, ≥ 0.

    ``foreign``: no source is in the question's language, so its plain words cannot be met.
    """
    idf = max((index.idf(term) for term in unit.exact), default=1.0)
    if not unit.is_concept:
        share = ranking().noun if unit.category == NOUN else ranking().word
        # A word that no passage has cannot tell passages apart; it says little but that.
        if any(index.knows(t) for t in unit.exact):
            return idf * share
        return idf * share * (ranking().unknown ** 2 if foreign else ranking().unknown)
    return idf * (ranking().general if unit.category in GENERAL else 1.0)


def facet_weights(question: Question, weights: tuple[float, ...], facet: int) -> tuple[float, ...]:
    """Weights of the units for one clause: its own count fully, those of others as its context."""
    if len({u.clause for u in question.units}) <= 1:
        return weights
    named = [u.is_concept and u.category not in GENERAL for u in question.units]
    names_itself = any(n and u.clause == facet for n, u in zip(named, question.units, strict=True))
    shares = [
        1.0
        if u.clause == facet
        else ranking().other_word
        if not n
        else ranking().other_named
        if names_itself
        else ranking().inherited
        for n, u in zip(named, question.units, strict=True)
    ]
    presented = presenting(question) - {facet}
    return tuple(
        w * share * (share_of_presented(u, ranking().measured) if u.clause in presented else 1.0)
        for w, share, u in zip(weights, shares, question.units, strict=True)
    )


def share_covered(unit: Unit, own: frozenset[str], context: frozenset[str]) -> float:
    """The share (0..1) of a unit that a passage covers by its ``own`` terms and those of its ``context``."""
    if not unit.exact.isdisjoint(own):
        return 1.0
    best = 0.0 if unit.exact.isdisjoint(context) else ranking().context
    for term, strength in unit.related:
        if strength > best:
            best = max(
                best, strength if term in own else ranking().context * strength if term in context else 0.0
            )
    if not best and unit.bigrams:
        share = len(unit.bigrams & own) / len(unit.bigrams)
        return ranking().partial * share if share >= 0.5 else 0.0
    return best


def weighted_share(weights: Sequence[float], covered: Sequence[float], which: Sequence[int]) -> float:
    """The share (0..1), by weight, of the units at the positions ``which`` that is covered; 1 for none."""
    total = sum(weights[i] for i in which)
    return sum(weights[i] * covered[i] for i in which) / total if total else 1.0
