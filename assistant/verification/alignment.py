"""Near-quotations: a clause that repeats a clause of the evidence must not exchange one thing in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.atoms import Atom, Frame
from assistant.verification.binding import Bond, bonds
from assistant.verification.negation import items

# Least share (0..1) of their meaning that two clauses must have in common to be one clause retold.
_NEAR = 0.6
# Names of these categories stand in lists where one may slip in for another.
_LISTED = frozenset(
    {
        "drug",
        "drug_class",
        "cytogenetics",
        "target",
        "protein",
        "staging",
        "procedure",
        "complication",
        "outcome",
        "response",
        "adverse_event",
        "test",
        "imaging",
        "regimen",
        "cell",
    }
)
# Axes that only colour a statement; a retelling may change them.
_COLOUR = frozenset({"total", "number", "spread", "stat"})


# Two clauses this near to each other deny the same things; dropping one is easier than adding one.
_NO_MORE, _NO_FEWER = 0.8, 0.92
_POSSIBLE = frozenset({"modality:can", "modality:may"})
_DENYING = frozenset({"advise:-", "effective:-", "known:-"})


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause, or the whole text.

    ``meaning`` is what it says apart from the ``things`` that may be exchanged, by their kind;
    ``denials`` are what it denies; ``everything`` is the meaning with the things.
    """

    meaning: frozenset[str]
    things: dict[str, tuple[tuple[frozenset[str], Atom], ...]]
    denials: tuple[Atom, ...]
    everything: frozenset[str]


@lru_cache(maxsize=4096)
def _parts(read: Frame) -> tuple[_Part, ...]:
    whole = range(len(read.clauses))
    groups = [range(i, i + 1) for i in whole] + ([whole] if len(whole) > 1 else [])
    return tuple(part for group in groups if (part := _part(read, group)).meaning or part.things)


def _part(read: Frame, clauses: range) -> _Part:
    things: dict[str, list[tuple[frozenset[str], Atom]]] = defaultdict(list)
    taken: list[tuple[int, int]] = []
    denials: list[Atom] = []
    for atom in read.atoms:
        if atom.clause in clauses:
            for kind, values in _exchangeable(atom):
                things[kind].append((values, atom))
                taken.append((atom.start, atom.end))
            if atom.kind == "negation" or atom.flipped or atom.strict & _DENYING:
                denials.append(atom)
                taken.append((atom.start, atom.end))
    start, end = read.clauses[clauses[0]].start, read.clauses[clauses[-1]].end
    meaning = frozenset(
        name for name, at in items(read, start, end) if not any(s - 1 <= at < e for s, e in taken)
    )
    everything = meaning.union(v for having in things.values() for values, _ in having for v in values)
    return _Part(meaning, {k: tuple(v) for k, v in things.items()}, tuple(denials), everything)


def _exchangeable(atom: Atom) -> Iterator[tuple[str, frozenset[str]]]:
    if quantity := atom.quantity:
        dimension = "" if quantity.counts else quantity.unit.dimension
        if quantity.once:
            return
        name = f"{dimension} {quantity.low}-{quantity.high} "
        yield "quantity", frozenset(name + sign for sign in quantity.signs or ("",))
    elif atom.kind == "stage":
        yield "stage", frozenset({atom.key})
    elif atom.kind == "code" or (atom.kind == "concept" and atom.category in _LISTED):
        yield atom.category or "code", frozenset({atom.key})
    elif atom.kind == "marker":
        by_axis: dict[str, set[str]] = defaultdict(set)
        for value in atom.strict:
            by_axis[value.partition(":")[0]].add(value)
        # Told as what should be done it is less, and no exchange; the other way round is an added marker.
        if "modality:must" in atom.strict:
            by_axis["modality"].add("modality:should")
        for axis, values in by_axis.items():
            if axis not in _COLOUR:
                yield axis, frozenset(values)


def exchanged_in_place(
    sentence: Frame, spans: tuple[Frame, ...], turned: frozenset[str]
) -> Iterator[tuple[Atom, str]]:
    """(what the sentence has, what its evidence has there) for every exchange within a clause.

    ``turned`` are the degrees of comparisons that both sides make the other way round.
    """
    known = {b for s in spans for b in map(_plain, bonds(s))}
    right = [b for b in bonds(sentence) if _plain(b) in known]
    for ours in _parts(sentence):
        for span in spans:
            if span.chinese != sentence.chinese:
                continue
            scored = [(_likeness(ours, part), part) for part in _parts(span)]
            best = max((score for score, _ in scored), default=0.0)
            if best < _NEAR:
                continue
            theirs = max((part for score, part in scored if score == best), key=lambda p: _shared(ours, p))
            for atom, other in _exchanges(ours, theirs, right):
                if other.strict and atom.strict | other.strict <= _POSSIBLE:
                    continue  # it may be, it can be
                if not atom.strict & turned and not _told_elsewhere(ours, atom, span, spans):
                    yield atom, span.written(other)
            same = _overlap(ours.everything, theirs.everything)
            if len(ours.denials) > len(theirs.denials) and same >= _NO_MORE:
                yield ours.denials[-1], ""
            if len(ours.denials) < len(theirs.denials) and same >= _NO_FEWER:
                yield theirs.denials[-1], span.written(theirs.denials[-1])


# Least likeness of a second span whose number a sentence may have merged into the first.
_MERGED = 0.4


def _told_elsewhere(ours: _Part, atom: Atom, span: Frame, spans: tuple[Frame, ...]) -> bool:
    """Whether a number comes from another span that the sentence retells as well."""
    return atom.quantity is not None and any(
        any(k.quantity and atom.quantity.agrees(k.quantity) for k in other.of("quantity"))
        and any(_kept(part.everything, ours.everything) >= _MERGED for part in _parts(other))
        for other in spans
        if other is not span
    )


def _kept(theirs: frozenset[str], ours: frozenset[str]) -> float:
    return len(theirs & ours) / len(theirs) if theirs else 0.0


def _plain(bond: Bond) -> tuple[str, str, str, str]:
    return bond.group, bond.owner, bond.dimension, bond.value


def _likeness(one: _Part, other: _Part) -> float:
    return max(_overlap(one.meaning, other.meaning), _overlap(one.everything, other.everything))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    most = max(len(one), len(other))
    return len(one & other) / most if most else 0.0


def _shared(one: _Part, other: _Part) -> int:
    return sum(
        any(values & theirs for theirs, _ in other.things.get(kind, ()))
        for kind, having in one.things.items()
        for values, _ in having
    )


def _exchanges(ours: _Part, theirs: _Part, right: list[Bond]) -> Iterator[tuple[Atom, Atom]]:
    found: list[tuple[Atom, Atom]] = []
    for kind, have in ours.things.items():
        missing = list(theirs.things.get(kind, ()))
        surplus: list[Atom] = []
        for values, atom in have:
            match = next((m for m in missing if m[0] & values), None)
            if match:
                missing.remove(match)
            else:
                surplus.append(atom)
        # Only an exchange is wrong here: what is merely added or left out, other checks judge.
        found += [(atom, missing[0][1]) for atom in surplus if missing]
    moved = [atom for atom, _ in found]
    for atom, other in found:
        # A stage that comes with its own number from the next clause is no exchange.
        if not any(_moved_together(atom, moved, bond) for bond in right):
            yield atom, other


def _moved_together(atom: Atom, moved: list[Atom], bond: Bond) -> bool:
    if bond.atom not in moved:
        return False
    owners = [m for m in moved if m is not bond.atom and (m.key == bond.owner or bond.owner in m.strict)]
    return bool(owners) and (atom is bond.atom or atom in owners)
