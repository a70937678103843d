"""Negators that deny a thing rather than a marker: 不产生M蛋白, "without hypercalcaemia"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.atoms import Atom, Frame
from assistant.verification.words import content_spans

_REACH_ZH, _REACH_EN = 12, 60
_AGAIN = re.compile(r"\b(?:or|and|but) with\b", re.ASCII)
_LACKING = re.compile(r"没有|无|未见|不伴|缺乏|没|without|no|absence of|lack(?:s|ing)?(?: of)?|free of")


@dataclass(frozen=True, slots=True)
class Denial:
    """A negator, the first thing it denies, and all that it may deny."""

    negator: Atom
    head: frozenset[str]
    targets: frozenset[str]


def denials(read: Frame) -> Iterator[Denial]:
    """The free negators of a text with what they govern."""
    for negator in read.of("negation"):
        clause = read.clauses[negator.clause]
        reach = _REACH_ZH if not read.lower[negator.start].isascii() else _REACH_EN
        end = min(clause.end, negator.end + reach)
        # "without A or with B": what follows is affirmed again.
        again = _AGAIN.search(read.lower, negator.end, end)
        after = items(read, negator.end, again.start() if again else end)
        first = min((start for _, start in after), default=0)
        head = frozenset(name for name, start in after if start <= first + 1)
        targets = frozenset(name for name, _ in after)
        if len(targets) < 2:
            # "is not needed": the thing denied stands before.
            targets |= {name for name, _ in items(read, clause.start, negator.start)}
        yield Denial(negator, head, targets)


def only_denied(read: Frame) -> dict[str, Atom]:
    """Concepts of a text that it only names to say that they are lacking, with the negator of each."""
    found: dict[str, Atom] = {}
    for negator in read.of("negation"):
        if not _LACKING.fullmatch(read.lower[negator.start : negator.end]):
            continue
        reach = _REACH_ZH if not read.lower[negator.start].isascii() else _REACH_EN
        inside = [a for a in read.of("concept") if 0 <= a.start - negator.end <= reach]
        inside = [a for a in inside if a.clause == negator.clause and a.key != "multiple_myeloma"]
        if inside and not _AGAIN.search(read.lower, negator.end, inside[0].start):
            found[inside[0].key] = negator
    named = [a.key for a in read.of("concept")]
    return {key: negator for key, negator in found.items() if named.count(key) == 1}


def affirmed_of(sentence: Frame, key: str) -> bool:
    """Whether a sentence names a concept and denies nothing in the clause that names it."""
    return any(
        a.key == key
        and not any(o.kind == "negation" or o.flipped or _denies(o) for o in _beside(sentence, a))
        for a in sentence.of("concept")
    )


def _beside(sentence: Frame, atom: Atom) -> list[Atom]:
    return [a for a in sentence.atoms if a.clause == atom.clause]


def _denies(atom: Atom) -> bool:
    return any(v.endswith(":-") for v in atom.strict)


@lru_cache(maxsize=32768)
def items(read: Frame, start: int, end: int) -> tuple[tuple[str, int], ...]:
    """Names of everything that carries meaning between two places, with where it stands."""
    found: list[tuple[str, int]] = []
    named: list[tuple[int, int]] = []
    for atom in read.atoms:
        if start <= atom.start < end and atom.kind != "negation":
            if atom.kind in ("concept", "code", "stage"):
                found.append((f"{atom.kind}:{atom.key}", atom.start))
                named.append((atom.start, atom.end))
            found += [(value, atom.start) for value in atom.values if value not in LIGHT_TERMS]
    for word, at, stop in content_spans(read.lower, start, min(end, len(read.lower))):
        # A name counts once, whatever it is called.
        if not any(s <= at and stop <= e for s, e in named):
            found.append((f"word:{word}", at))
    return tuple(found)


# Words that too many statements share to tell one from another.
LIGHT_TERMS = frozenset(
    {
        "term:patient",
        "term:use",
        "term:have",
        "term:disease",
        "term:define",
        "term:type",
        "term:level",
        "term:treat",
        "term:measure",
        "term:drug",
        "term:compare",
    }
)
