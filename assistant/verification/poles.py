"""What stands at which pole: where the evidence says one thing up and another down, each keeps its own.

A marker alone (up, down, advised, advised against) may be found anywhere in the evidence. Where the evidence
has both poles of an axis, the pole of a clause must be that of the clause of the evidence it is nearest to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from assistant.verification.atoms import Atom, Frame
from assistant.verification.negation import items

_AXES = frozenset({"advise", "effective", "level", "quality", "duration", "act", "result", "normal", "known"})
# Least nearness (a name counts 1) of a clause at the other pole that speaks against a sentence.
_CLEAR = 1.0
_DOING = frozenset({"can", "should", "must", "require", "!can", "!should", "!must"})
# Survival as an outcome that is measured, and as a word.
_SURVIVAL = {"concept:os": "term:survival"}
_UP, _DOWN = frozenset({"+", "!-"}), frozenset({"-", "!+"})


@dataclass(frozen=True, slots=True)
class Pole:
    """``sign`` (1 or -1) of an ``axis`` in a clause that speaks of ``things``."""

    axis: str
    sign: int
    things: frozenset[str]
    atom: Atom


@lru_cache(maxsize=4096)
def _poles(read: Frame) -> tuple[Pole, ...]:
    found: list[Pole] = []
    markers = read.of("marker")
    for atom, after in zip_longest(markers, markers[1:]):
        # 应避免: what is advised is the avoiding.
        if after and "advise:-" in after.strict and 0 <= after.start - atom.end <= 4 and _advises(atom) > 0:
            continue
        around = _around(read, atom)
        values = [v.partition(":") for v in atom.strict]
        signs = {(axis, 1 if pole in _UP else -1) for axis, _, pole in values if _is_pole(axis, pole)}
        if not any(axis == "advise" for axis, _ in signs) and (advised := _advises(atom)):
            signs.add(("advise", advised))
        found += [Pole(axis, sign, around, atom) for axis, sign in sorted(signs)]
    return tuple(found)


def _is_pole(axis: str, pole: str) -> bool:
    return axis in _AXES and pole in _UP | _DOWN


def _advises(atom: Atom) -> int:
    """1 where something may, can, should be done, -1 where it may not."""
    if "advise:-" in atom.strict:
        return -1
    poles = {v.partition(":")[2] for v in atom.strict if v.startswith("modality:")} & _DOING
    if "advise:+" in atom.strict or any(not p.startswith("!") for p in poles):
        return 1
    return -1 if poles else 0


def _around(read: Frame, atom: Atom) -> frozenset[str]:
    clause = read.clauses[atom.clause]
    before = items(read, clause.start, atom.start)
    named = frozenset(name for name, _ in (*before, *items(read, atom.end, clause.end)) if _telling(name))
    if not named and atom.clause:
        earlier = read.clauses[atom.clause - 1]
        named = frozenset(n for n, _ in items(read, earlier.start, earlier.end) if _telling(n))
    return named | frozenset(_SURVIVAL[n] for n in named if n in _SURVIVAL)


def _telling(name: str) -> bool:
    axis = name.partition(":")[0]
    return axis not in _AXES and axis not in ("freq", "modality") and name != "concept:multiple_myeloma"


def exchanged_pole(
    sentence: Frame, spans: tuple[Frame, ...], turned: frozenset[str]
) -> tuple[Atom, str] | None:
    """A marker of the sentence whose things stand at the other pole in the evidence, with what is there.

    ``turned`` are the degrees of comparisons that both sides make the other way round.
    """
    known = [(span, pole) for span in spans for pole in _poles(span)]
    ours = _poles(sentence)
    for pole in ours:
        if pole.atom.strict & turned:
            continue
        alike = [
            (_nearness(pole, k, s.chinese == sentence.chinese), k.sign, s, k)
            for s, k in known
            if k.axis == pole.axis
        ]
        same = max((n for n, sign, _, _ in alike if sign == pole.sign), default=-1.0)
        other = max((n for n, sign, _, _ in alike if sign != pole.sign), default=0.0)
        # Without a rival at its own pole it takes less to see that the thing stands at the other.
        if other < (_CLEAR if same >= 0 else _CLEAR / 2) or same * 2 >= other:
            continue
        span, there = next((s, k) for n, sign, s, k in alike if sign != pole.sign and n == other)
        # Both poles may be told of one thing: then the sentence has the other one as well.
        rivals = [o for o in ours if o.axis == pole.axis and o.sign == there.sign]
        if not any(_nearness(o, there, span.chinese == sentence.chinese) >= other for o in rivals):
            return pole.atom, span.written(there.atom)
    return None


def _nearness(one: Pole, other: Pole, same_language: bool) -> float:
    shared = one.things & other.things
    names = sum(1.0 for name in shared if name.startswith(("concept:", "code:", "stage:")))
    words = sum(name.startswith("word:") for name in shared) * 0.2 if same_language else 0.0
    terms = sum(not name.startswith(("concept:", "code:", "stage:", "word:")) for name in shared)
    return names + words + terms * 0.5
