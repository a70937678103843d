"""Near-quotations: a clause that repeats a clause of the evidence must not exchange one thing in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.frames import Atom, Frame, frame
from assistant.verification.negation import items

# Least share (0..1) of their meaning that two clauses must have in common to be one clause retold.
_NEAR = 0.6
# Names of these categories stand in lists where one may slip in for another.
_LISTED = frozenset({"drug", "drug_class", "cytogenetics", "target", "protein", "staging"})
# Axes that only colour a statement; a retelling may change them.
_COLOUR = frozenset({"total", "number", "spread", "stat"})


@dataclass(frozen=True, slots=True)
class _Part:
    """``meaning`` has no numbers; ``kinds`` are the things that may be exchanged, by their kind."""

    meaning: frozenset[str]
    kinds: dict[str, tuple[tuple[frozenset[str], Atom], ...]]


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[_Part, ...]:
    read = frame(text)
    found: list[_Part] = []
    for index, clause in enumerate(read.clauses):
        kinds: dict[str, list[tuple[frozenset[str], Atom]]] = defaultdict(list)
        for atom in read.atoms:
            if atom.clause == index:
                for kind, values in _exchangeable(atom):
                    kinds[kind].append((values, atom))
        meaning = frozenset(name for name, _ in items(read, clause.start, clause.end))
        if meaning:
            found.append(_Part(meaning, {k: tuple(v) for k, v in kinds.items()}))
    return tuple(found)


def _exchangeable(atom: Atom) -> Iterator[tuple[str, frozenset[str]]]:
    if quantity := atom.quantity:
        name = f"{quantity.low}-{quantity.high}{sorted(quantity.signs)}"
        yield f"quantity {quantity.unit.dimension}", frozenset({name})
    elif atom.kind == "stage":
        yield "stage", frozenset({atom.key})
    elif atom.kind == "code" or (atom.kind == "concept" and atom.category in _LISTED):
        yield atom.category or "code", frozenset({atom.key})
    elif atom.kind == "marker":
        by_axis: dict[str, set[str]] = defaultdict(set)
        for value in atom.strict:
            by_axis[value.partition(":")[0]].add(value)
        for axis, values in by_axis.items():
            if axis not in _COLOUR:
                yield axis, frozenset(values)


def exchanged_in_place(sentence: Frame, spans: tuple[Frame, ...]) -> Iterator[tuple[Atom, Atom]]:
    """(what the sentence has, what its evidence has there) for every exchange within a clause."""
    for ours in _parts(sentence.text):
        for span in spans:
            if span.chinese != sentence.chinese:
                continue
            alike = [(_likeness(ours, part), i) for i, part in enumerate(_parts(span.text))]
            best, index = max(alike, default=(0.0, 0))
            if best >= _NEAR:
                yield from _exchanges(ours, _parts(span.text)[index])


def _likeness(one: _Part, other: _Part) -> float:
    return len(one.meaning & other.meaning) / max(len(one.meaning), len(other.meaning))


def _exchanges(ours: _Part, theirs: _Part) -> Iterator[tuple[Atom, Atom]]:
    for kind, have in ours.kinds.items():
        missing = list(theirs.kinds.get(kind, ()))
        surplus: list[Atom] = []
        for values, atom in have:
            match = next((m for m in missing if m[0] & values), None)
            if match:
                missing.remove(match)
            else:
                surplus.append(atom)
        # Only an exchange is wrong here: what is merely added or left out, other checks judge.
        if surplus and missing and not _same_bound(surplus[0], missing[0][1]):
            yield surplus[0], missing[0][1]


def _same_bound(one: Atom, other: Atom) -> bool:
    return bool(one.quantity and other.quantity and one.quantity.agrees(other.quantity))

