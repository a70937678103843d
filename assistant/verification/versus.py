"""Two numbers set against each other (10% versus 17%) belong to two things named in the same order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.verification.atoms import Atom, Frame

_AGAINST = re.compile(r"\s*\)?\s*(?:versus|vs\.?|compared (?:with|to)|against|对|比|较之)\s*\(?\s*", re.ASCII)
_CATEGORIES = frozenset({"drug", "drug_class", "regimen", "procedure"})


@dataclass(frozen=True, slots=True)
class Contest:
    """``first`` and ``second`` number, and the two things last named in the sentence around them."""

    first: str
    second: str
    things: tuple[str, str]
    atom: Atom


@lru_cache(maxsize=4096)
def _contests(read: Frame) -> tuple[Contest, ...]:
    found: list[Contest] = []
    for one, two in pairwise(read.of("quantity")):
        if one.quantity and two.quantity and _AGAINST.fullmatch(read.lower, one.end, two.start):
            things = _things(read, one)
            if things:
                values = [f"{q.low}-{q.high}" for q in (one.quantity, two.quantity)]
                found.append(Contest(values[0], values[1], things, one))
    return tuple(found)


def _things(read: Frame, one: Atom) -> tuple[str, str] | None:
    names = list(
        dict.fromkeys(
            a.key for a in read.of("concept") if a.category in _CATEGORIES and a.sentence == one.sentence
        )
    )
    return (names[0], names[1]) if len(names) == 2 else None


def exchanged_contest(sentence: Frame, spans: tuple[Frame, ...]) -> Atom | None:
    """The first number of a pair that the sentence turns round without turning its owners round."""
    known = [c for span in spans for c in _contests(span)]
    for ours in _contests(sentence):
        same = [c for c in known if {c.first, c.second} == {ours.first, ours.second}]
        wrong = [c for c in same if (c.first == ours.first) != (c.things == ours.things)]
        if wrong and len(wrong) == len(same) and all(set(c.things) == set(ours.things) for c in wrong):
            return ours.atom
    return None
