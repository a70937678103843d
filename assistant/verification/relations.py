"""Ordered relations: which of two is compared with the other, which of two causes the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.atoms import Atom, Frame
from assistant.verification.lexicon import negated

_THAN = re.compile(
    r"(?<!对)比(?!例|值|率|较|索)|高于|低于|优于|劣于|多于|少于|长于|短于"
    r"|\b(?:than|compared with|compared to|versus|vs\.?)\b"
)
# "A is twice that of B": the first is the greater.
_TIMES = re.compile(
    r"[是为](?=[^,。;]{1,14}的?(?:[\d.]+|[一二两三四五六七八九十]+)倍)|\b(?:twice|double|times)\b(?= )",
    re.ASCII,
)
_CAUSES = re.compile(r"引起|导致|造成|诱发|引发|\b(?:causes?|leads? to|results? in)\b")
_CAUSED_BY = re.compile(
    r"由(?!于)|继发于|归因于|\b(?:caused by|due to|because of|secondary to|results? from)\b"
)
_DEGREE = frozenset({"level", "quality", "duration", "freq", "order", "effective"})
_POLES = {
    "level:+": "level:-",
    "quality:+": "quality:-",
    "duration:+": "duration:-",
    "freq:often": "freq:rare",
    "order:+": "order:-",
}
_POLES |= {low: high for high, low in _POLES.items()}


@dataclass(frozen=True, slots=True)
class Relation:
    """``first`` stands before ``second`` in an order of ``degree``; "cause" for cause and effect."""

    first: str
    second: str
    degree: frozenset[str]


@lru_cache(maxsize=4096)
def _relations(read: Frame) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for pattern, kind in ((_THAN, "than"), (_TIMES, "times"), (_CAUSES, "cause"), (_CAUSED_BY, "caused")):
        for match in pattern.finditer(read.lower):
            clause = next(c for c in read.clauses if match.start() < c.end)
            inside = [a for a in read.atoms if clause.start <= a.start < clause.end and _named(a)]
            before = [a for a in inside if a.end <= match.start()]
            after = [a for a in inside if a.start >= match.end()]
            if kind == "times":
                pair = next(((x, y) for x in reversed(before) for y in after if _group(x) == _group(y)), None)
                if pair:
                    found.append(Relation(_name(pair[0]), _name(pair[1]), frozenset({"times"})))
            elif kind == "than":
                degree = frozenset(
                    v
                    for a in read.atoms
                    if clause.start <= a.start < clause.end
                    for v in a.strict
                    if v.partition(":")[0] in _DEGREE
                )
                # Only like is compared with like: the nearest two of one category.
                pair = next(((x, y) for x in reversed(before) for y in after if _group(x) == _group(y)), None)
                if pair and degree:
                    found.append(Relation(_name(pair[0]), _name(pair[1]), degree))
            elif (
                before
                and after
                and not (kind == "cause" and _CAUSED_BY.search(read.lower[clause.start : match.start()]))
            ):
                first, second = (before[-1], after[0]) if kind == "cause" else (after[0], before[-1])
                found.append(Relation(_name(first), _name(second), frozenset({"cause"})))
    return tuple(found)


def _named(atom: Atom) -> bool:
    return atom.kind in ("concept", "stage") or any(
        v.startswith(("route:", "group:", "site:", "cell:")) for v in atom.values
    )


def _group(atom: Atom) -> str:
    return atom.category if atom.kind == "concept" else _name(atom).partition(":")[0]


def _name(atom: Atom) -> str:
    return f"{atom.kind}:{atom.key}" if atom.key else min(atom.strict)


def turned_degrees(sentence: Frame, spans: tuple[Frame, ...]) -> frozenset[str]:
    """Degrees of comparisons that both sides make, with the pair and the degree turned round."""
    known = [r for s in spans for r in _relations(s)]
    return frozenset(
        degree
        for r in _relations(sentence)
        for k in known
        if (k.first, k.second) == (r.second, r.first) and k.degree & _opposite(r.degree)
        for degree in k.degree | r.degree
    )


def reversed_relation(sentence: Frame, spans: tuple[Frame, ...]) -> str:
    """The pair that the sentence puts the other way round than the evidence, or ""."""
    known = [r for s in spans for r in _relations(s)]
    for relation in _relations(sentence):
        same = [k for k in known if (k.first, k.second) == (relation.first, relation.second)]
        turned = [k for k in known if (k.first, k.second) == (relation.second, relation.first)]
        # A is higher than B, B is lower than A: the pair and the degree both turn round.
        if turned and not same and not any(k.degree & _opposite(relation.degree) for k in turned):
            return f"{relation.first} / {relation.second}"
        if same and not any(k.degree & relation.degree for k in same):
            return f"{relation.first} / {relation.second}"
    return ""


def _opposite(degree: frozenset[str]) -> frozenset[str]:
    return frozenset(_POLES.get(d, d) for d in degree if d in _POLES) or negated(degree)
