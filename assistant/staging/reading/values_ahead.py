"""Values that stand before the name of their test: "6.4 mg/L B2M; 33 g/L albumin", "5499 ng/mL for B2M"."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from assistant.staging.reading.lexicon import Name
from assistant.staging.reading.lines import SOFT
from assistant.staging.reading.values import Number, numbers
from assistant.staging.units import unit_tables

_PART = re.compile(rf"[;。!?{SOFT}]|,(?!\d{{3}}(?!\d))|\.(?=\s|$)")
_JOIN = re.compile(r"\s?\(?\s?(?:of|for|的|was|is|是)?\s?(?:the|her|his)?\s?")
_NEAR = 60  # characters around a name in which its value may stand
_TESTS = ("b2m", "albumin", "ldh")


def values_ahead(text: str, names: list[Name]) -> dict[int, Number]:
    """The number before each name that has its value there, by the start of the name.

    The number opens its part of the sentence, as far as names go, has a unit of the test, and no number
    stands behind the name.
    """
    found: dict[int, Number] = {}
    starts = [0, *(m.end() for m in _PART.finditer(text))]
    for at, name in enumerate(names):
        if name.kind != "lab" or name.what not in _TESTS:
            continue
        start = starts[bisect_right(starts, name.start) - 1]
        if at and names[at - 1].start >= start:
            continue
        part = text[max(start, name.start - _NEAR) : name.start]
        before = numbers(part)
        if not before or before[-1].unit is None or not _JOIN.fullmatch(part[before[-1].end :]):
            continue
        number = _shifted(before[-1], name.start - len(part))
        assert number.unit is not None
        known = unit_tables()[name.what].to_base(text[slice(*number.unit)])
        usual = known is not None and not (name.what == "b2m" and known[1] > 100)
        behind = _PART.split(text[name.end : name.end + _NEAR], maxsplit=1)[0]
        if usual and number.value is not None and not any(n.unit for n in numbers(behind)):
            found[name.start] = number
    return found


def _shifted(number: Number, by: int) -> Number:
    unit = (number.unit[0] + by, number.unit[1] + by) if number.unit else None
    return replace(number, unit=unit, start=number.start + by, end=number.end + by)
