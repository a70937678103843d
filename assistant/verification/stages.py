"""Stages, and the staging system that each belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SYSTEMS = frozenset({"iss", "riss", "r2iss", "durie_salmon"})
_ROMAN = re.compile(r"(?<![a-z0-9])(iv|i{1,3})([ab]?)(?![a-z0-9])")
_ARABIC = re.compile(
    r"(?:stages?\s*(?=[1-4])|第(?=.\s*期))([1-4一二三四])(?:\s*期)?(?![\d.%])|(?<![\d.])([1-4])\s*期(?!临床|试验)"
)
_LEADS = re.compile(r"(?:stages?|分期|期)\s*(?:is|为|:|是)?\s*$")
_LINK = re.compile(r"\s*(?:[/、,~-]|or|and|或|和|至|到|to|vs|比|期[、,和或与至]?)\s*$")
_NUMERAL = {"1": "I", "2": "II", "3": "III", "4": "IV", "一": "I", "二": "II", "三": "III", "四": "IV"}


@dataclass(frozen=True, slots=True)
class Stage:
    """``system`` is the concept id of the staging system, "" when the text does not name one."""

    name: str
    system: str
    start: int
    end: int


def stages(lower: str, systems: Sequence[tuple[int, int, str]]) -> Iterator[Stage]:
    """Stages of a lower-case text; ``systems`` are the spans that name a staging system."""
    previous = -1
    tokens = [(m.start(), m.end(), m.group(1).upper() + m.group(2).upper()) for m in _ROMAN.finditer(lower)]
    tokens = [t for t in tokens if not any(s <= t[0] and t[1] <= e for s, e, _ in systems)]
    for index, (start, end, name) in enumerate(tokens):
        following = tokens[index + 1 :]
        if (
            _stands_for_stage(lower, start, end, systems)
            or (previous >= 0 and _LINK.fullmatch(lower[previous:start]))
            or (
                following
                and _LINK.fullmatch(lower[end : following[0][0]])
                and _stands_for_stage(lower, following[0][0], following[0][1], systems)
            )
        ):
            previous = end
            yield Stage(name, _system(start, end, lower, systems), start, end)
    for match in _ARABIC.finditer(lower):
        name = _NUMERAL[match.group(1) or match.group(2)]
        yield Stage(name, _system(match.start(), match.end(), lower, systems), match.start(), match.end())


def _stands_for_stage(lower: str, start: int, end: int, systems: Sequence[tuple[int, int, str]]) -> bool:
    if re.match(r"\s*期|\s*[|:]", lower[end : end + 3]) or _LEADS.search(lower[max(0, start - 12) : start]):
        return True
    return any(0 <= start - stop <= 2 for _, stop, _ in systems)


def _system(start: int, end: int, lower: str, systems: Sequence[tuple[int, int, str]]) -> str:
    before = [s for s in systems if s[1] <= start]
    if before:
        return before[-1][2]
    after = [s for s in systems if 0 <= s[0] - end <= 12 and "。" not in lower[end : s[0]]]
    return after[0][2] if after else ""
