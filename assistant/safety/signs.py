"""Words → signs: a family alone, or families near each other in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.safety.lexicon import red
from assistant.safety.normal import Sentence
from assistant.safety.types import Hit, SignHit

_NEAR, _NEAR_LATIN = 12, 48
"""Characters between the words of one sign within a clause."""
_ACROSS, _ACROSS_LATIN = 11, 28
"""The same over the border of two clauses ("the legs, since yesterday, …")."""


def signs_of(sentence: Sentence, hits: Sequence[Hit], text: str) -> list[SignHit]:
    """The signs that a sentence tells; ``hits`` are its words."""
    by_family: dict[str, list[Hit]] = {}
    for hit in hits:
        by_family.setdefault(hit.family, []).append(hit)
    found = []
    starting = red().starting
    for first in by_family:
        for sign, form in starting.get(first, ()):
            if form.without not in by_family and all(family in by_family for family in form.families):
                found += _near(sign, sentence, [by_family[family] for family in form.families], text)
    return found


def _near(sign: str, sentence: Sentence, parts: list[list[Hit]], text: str) -> list[SignHit]:
    """One sign for each word of the first family that has words of all the others near it."""
    found = []
    for first in parts[0]:
        group = [first]
        for others in parts[1:]:
            near = [h for h in others if any(_beside(sentence, h, g, text) for g in group)]
            if not near:
                break
            group.append(min(near, key=lambda h: abs(h.start - first.start)))
        else:
            starts = sorted(h.start for h in group)
            formal = any(h.formal for h in group)
            found.append(SignHit(sign, starts[0], starts[-1], max(h.end for h in group), formal))
    return found


def _beside(sentence: Sentence, one: Hit, other: Hit, text: str) -> bool:
    first, second = sorted((one, other), key=lambda h: h.start)
    if first.start == second.start:
        return True
    gap = text[first.end : second.start]
    latin = gap.isascii() and len(gap) > 1
    together = sentence.clause_of(first.start) == sentence.clause_of(second.start)
    if together:
        return len(gap) <= (_NEAR_LATIN if latin else _NEAR)
    return len(gap) <= (_ACROSS_LATIN if latin else _ACROSS)
