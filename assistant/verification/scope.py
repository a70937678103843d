"""What a negator denies: it turns the marker that it governs into its opposite."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.verification.atoms import Atom
from assistant.verification.lexicon import negated

# A negator reaches over an adverb to the marker that it really denies: "not routinely recommended".
_PASSED_OVER = frozenset({"freq", "speed", "only", "total", "course"})
_REACH_ZH, _REACH_EN = 8, 30
_UNIVERSAL = frozenset({"freq:all", "freq:always"})
# Words that may stand between a negator and what it denies, and markers that are things, not claims.
_LIGHT = frozenset({"term:show", "term:use", "term:have", "term:occur", "term:routine", "term:define"})
_NOT_DENIED = frozenset({"route", "specimen", "site", "group", "interval", "time", "upper", "malignant"})
# A bracket that closes, and a relative clause that ends, end what a negator denies: 没有用过的有效药物.
_CLOSED = re.compile(r"^[^(]*\)|[过到了]的")


def negate(atoms: list[Atom], lower: str) -> list[Atom]:
    """Let every negator act on the marker it governs; it stays an atom where it governs none."""
    result = list(atoms)
    gone: set[int] = set()
    for index, atom in enumerate(atoms):
        if atom.kind != "negation":
            continue
        target = _modal_before(atoms, index, lower)
        if target is None:
            target = _marker_after(result, index, lower)
        if target is None:
            continue
        # "should not avoid": what is denied is the avoiding.
        after = max(target, index) + 1
        edge = atoms[after - 1].end
        if after < len(atoms) and "advise:-" in atoms[after].strict and atoms[after].start - edge <= 5:
            target = after
        marker = result[target]
        result[target] = replace(
            marker,
            start=min(atom.start, marker.start),
            end=max(atom.end, marker.end),
            values=negated(marker.values),
            flipped=not marker.flipped,
        )
        gone.add(index)
    return sorted((a for i, a in enumerate(result) if i not in gone), key=lambda a: (a.start, a.end))


def _modal_before(atoms: list[Atom], index: int, lower: str) -> int | None:
    """ "should not", "must not": the negator stands behind the modal verb."""
    if index == 0:
        return None
    before = atoms[index - 1]
    modal = before.kind == "marker" and before.values & {"modality:should", "modality:must"}
    return index - 1 if modal and not lower[before.end : atoms[index].start].strip() else None


def _marker_after(atoms: list[Atom], index: int, lower: str) -> int | None:
    negator = atoms[index]
    reach = _REACH_EN if lower[negator.start].isascii() else _REACH_ZH
    adverb: int | None = None
    for position in range(index + 1, len(atoms)):
        atom = atoms[position]
        between = lower[negator.end : atom.start]
        if atom.clause != negator.clause or len(between) > reach or _CLOSED.search(between):
            break
        if atom.kind == "marker":
            axes = {v.partition(":")[0] for v in atom.strict}
            if axes <= _PASSED_OVER and not atom.strict & _UNIVERSAL:
                adverb = position if adverb is None else adverb
                continue
            if axes & _NOT_DENIED:
                break
            return position
        if atom.kind != "term" or not atom.values & _LIGHT:
            break
    return adverb
