"""Two names that have changed places around the same words: 甲增强乙 is not 乙增强甲."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.atoms import Atom, Frame
from assistant.verification.negation import items

# What two names may share whichever stands first.
_MUTUAL = re.compile(
    r"联合|合用|联用|合并|配合|加用|加上|加|[和与及或同、,;/()+]|以及|并|相比|比较|对比|相互|互相|之间|同时"
    r"|\b(?:and|or|plus|with|combin\w*|together|versus|vs|compar\w*|alongside|added?|to|be|is|are|can|may|the"
    r"|an?|of)\b"
    r"|\bin combination\b|[\s.-]+"
)
# A turn of phrase that puts the doer last; where one side has it, order says nothing.
_PASSIVE = re.compile(r"被|由|受|经|因|所|\b(?:by|due to|from|because|after|following|of which|whose)\b")
_SAME = 0.75  # share of the words between two names that has to be the same
_MOST = 12  # names of a sentence that are paired


@dataclass(frozen=True, slots=True)
class _Pair:
    """``first`` stands before ``then``; ``between`` is what stands in the middle, ``passive`` how.

    ``said`` are the numbers and directions there: of two things told side by side each has its own, and
    either may be told first.
    """

    first: str
    then: str
    between: frozenset[str]
    said: frozenset[str]
    passive: bool
    atom: Atom


@lru_cache(maxsize=4096)
def _pairs(read: Frame) -> tuple[_Pair, ...]:
    return tuple(_found(read))


def _found(read: Frame) -> Iterator[_Pair]:
    named = [a for a in read.atoms if a.kind in ("concept", "code", "stage") and a.key != "multiple_myeloma"]
    for at, one in enumerate(named[:_MOST]):
        for other in named[at + 1 : _MOST]:
            if one.sentence != other.sentence or one.key == other.key or other.start < one.end:
                continue
            text = read.lower[one.end : other.start]
            rest = _MUTUAL.sub("", text)
            if not rest:
                continue
            own = {f"{a.kind}:{a.key}" for a in (one, other)}
            between = frozenset(n for n, _ in items(read, one.end, other.start)) - own
            said = _said(read, one.end, other.start)
            shared = between or frozenset({rest})
            yield _Pair(one.key, other.key, shared, said, bool(_PASSIVE.search(text)), one)


def _said(read: Frame, start: int, end: int) -> frozenset[str]:
    inside = [a for a in read.atoms if start <= a.start < end]
    numbers = {f"{a.quantity.low}-{a.quantity.high}" for a in inside if a.quantity}
    return frozenset(numbers.union(*(a.strict for a in inside)))


def crossed(sentence: Frame, spans: tuple[Frame, ...]) -> tuple[Atom, str] | None:
    """A name that stands where the evidence has the other of a pair, with what is there."""
    known = [(span, pair) for span in spans if span.chinese == sentence.chinese for pair in _pairs(span)]
    for ours in _pairs(sentence):
        same = (k for _, k in known if (k.first, k.then) == (ours.first, ours.then))
        straight = max((_share(ours, k) for k in same), default=0.0)
        for span, other in known:
            turned = (other.first, other.then) == (ours.then, ours.first) and other.passive == ours.passive
            turned = turned and other.said == ours.said
            if turned and _share(ours, other) >= _SAME and straight < _SAME:
                return ours.atom, span.written(other.atom)
    return None


def _share(one: _Pair, other: _Pair) -> float:
    return len(one.between & other.between) / max(len(one.between), len(other.between))
