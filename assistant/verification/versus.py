"""Two numbers set against each other (10% versus 17%) belong to two things named in the same order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.verification.atoms import Atom, Frame
from assistant.verification.binding import bonds

_AGAINST = re.compile(r"\s*\)?\s*(?:versus|vs\.?|compared (?:with|to)|against|对|比|较之)\s*\(?\s*", re.ASCII)
_COMPARED = re.compile(r"^\s*(?:as )?compared (?:with|to)\b|^与|^和|^相比", re.ASCII)
_REACH = 40
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
    if len(names) != 2:
        return None
    # "Compared with B, A had": the one compared stands second.
    clause = read.lower[read.clauses[one.clause].start : one.start]
    turned = _COMPARED.search(read.lower[: one.start]) and not _AGAINST.search(clause)
    return (names[1], names[0]) if turned else (names[0], names[1])


def told_by_numbers(sentence: Frame) -> frozenset[int]:
    """Where a sentence says more or less of a pair of numbers that shows it: less toxicity (10% vs 17%)."""
    told: set[int] = set()
    for one, two in pairwise(sentence.of("quantity")):
        if not (one.quantity and two.quantity and _AGAINST.fullmatch(sentence.lower, one.end, two.start)):
            continue
        degree = "level:-" if one.quantity.high < two.quantity.low else "level:+"
        before = [a for a in sentence.of("marker") if a.end <= one.start and one.start - a.end <= _REACH]
        told |= {a.start for a in before if degree in a.strict}
    return frozenset(told)


def exchanged_contest(sentence: Frame, spans: tuple[Frame, ...]) -> Atom | None:
    """The first number of a pair that the sentence turns round without turning its owners round."""
    known = [c for span in spans for c in _contests(span)]
    for ours in _contests(sentence):
        same = [c for c in known if {c.first, c.second} == {ours.first, ours.second}]
        wrong = [c for c in same if (c.first == ours.first) != (c.things == ours.things)]
        if wrong and len(wrong) == len(same) and all(set(c.things) == set(ours.things) for c in wrong):
            return ours.atom
    for bond in bonds(sentence) if not _contests(sentence) else ():
        given = [_of(c, bond.owner) for c in known if bond.owner in c.things]
        # "17% versus 12%" told arm by arm: each arm keeps its own.
        if any(bond.value == other != own for own, other in given) and all(
            bond.value != own for own, _ in given
        ):
            return bond.atom
    return None


def _of(contest: Contest, name: str) -> tuple[str, str]:
    """The number of one of the two things, and that of the other."""
    values = (contest.first, contest.second)
    return values if name == contest.things[0] else (values[1], values[0])
