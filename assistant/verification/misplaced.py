"""Numbers in each other's place: of two of a kind in the evidence, each keeps the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.atoms import Atom, Frame
from assistant.verification.negation import items

# A letter alone names a group, an arm, a test's P; a unit of one letter is part of its number.
_LETTER = re.compile(r"(?<![a-zα-ω0-9/])[a-zα-ω](?![a-zα-ω0-9/])")
# Between two numbers, where the words of the second begin.
_JOINT = re.compile(r"\b(?:and|or|versus|vs|while|whereas|but|to|than)\b|[和与及或对而但比(]")
_DATES = frozenset({"year", "month of the year"})


@dataclass(frozen=True, slots=True)
class _Place:
    """A number and the names of what stands around it, up to the next number of its kind or the next stop."""

    atom: Atom
    names: frozenset[str]


@lru_cache(maxsize=4096)
def _places(read: Frame) -> tuple[_Place, ...]:
    numbers = [a for a in read.of("quantity") if a.quantity and a.quantity.unit.dimension not in _DATES]
    found = []
    for atom in numbers:
        alike = [a for a in numbers if a is not atom and _kind(a) == _kind(atom)]
        clause = read.clauses[atom.clause]
        before = max((a.end for a in alike if a.end <= atom.start), default=None)
        after = min((a.start for a in alike if a.start >= atom.end), default=None)
        start = 0 if before is None else _parted(read.lower, before, atom.start, before)
        end = len(read.lower) if after is None else _parted(read.lower, atom.end, after, after)
        names = _names(read, max(start, clause.start), min(end, clause.end), atom, numbers)
        if not names and start < clause.start:
            # "46%" alone between two stops: what it is of was said before.
            names = _names(read, start, clause.start, atom, numbers)
        found.append(_Place(atom, names))
    return tuple(found)


def _parted(lower: str, start: int, end: int, otherwise: int) -> int:
    """Where the last joint between two numbers stands."""
    return max((m.start() for m in _JOINT.finditer(lower, start, end)), default=otherwise)


def _kind(atom: Atom) -> str:
    assert atom.quantity is not None
    return "" if atom.quantity.counts else atom.quantity.unit.dimension


def _names(read: Frame, start: int, end: int, atom: Atom, numbers: list[Atom]) -> frozenset[str]:
    inside = (*items(read, start, atom.start), *items(read, atom.end, end))
    letters = (m for m in _LETTER.finditer(read.lower, start, end) if not atom.start <= m.start() < atom.end)
    others = (a for a in numbers if start <= a.start < end and a is not atom)
    return frozenset(
        {name for name, _ in inside}
        | {f"letter:{m.group()}" for m in letters}
        | {f"number:{a.quantity.low}-{a.quantity.high}" for a in others if a.quantity}
    )


def misplaced(sentence: Frame, spans: tuple[Frame, ...]) -> tuple[Atom, str] | None:
    """A number of the sentence that stands among the words of another of its kind, with that other one.

    It has to share no word that the evidence has beside it alone, and one that only stands beside the other.
    """
    known = [(span, place) for span in spans for place in _places(span)]
    for ours in _places(sentence):
        alike = [(s, p) for s, p in known if _kind(p.atom) == _kind(ours.atom)]
        own = [(s, p) for s, p in alike if _agree(ours.atom, p.atom)]
        others = [(s, p) for s, p in alike if not _agree(ours.atom, p.atom)]
        if not own or not others:
            continue
        of_others = frozenset[str]().union(*(p.names for _, p in others))
        mine = frozenset[str]().union(*(p.names for _, p in own))
        if not mine - of_others or ours.names & (mine - of_others):
            continue
        for span, other in others:
            if ours.names & (other.names - mine):
                return ours.atom, span.written(other.atom)
    return None


def _agree(one: Atom, other: Atom) -> bool:
    return bool(one.quantity and other.quantity and one.quantity.agrees(other.quantity))
