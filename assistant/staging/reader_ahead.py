"""Values that stand before the name of their test: "6.4 mg/L B2M; 33 g/L albumin", "5499 ng/mL for B2M"."""

from __future__ import annotations

import re

from assistant.staging.reader_lexicon import Name
from assistant.staging.reader_text import SOFT
from assistant.staging.reader_values import Number, numbers
from assistant.staging.units import unit_tables

_PART = re.compile(rf"[,;。!?{SOFT}]|\.(?=\s|$)")
_JOIN = re.compile(r"\s?\(?\s?(?:of|for|的|was|is|是)?\s?(?:the|her|his)?\s?")
_TESTS = ("b2m", "albumin", "ldh")


def values_ahead(text: str, names: list[Name]) -> dict[int, Number]:
    """The number before each name that has its value there, by the start of the name.

    The number opens its part of the sentence, as far as names go, has a unit of the test, and no number
    stands behind the name.
    """
    found: dict[int, Number] = {}
    for name in (n for n in names if n.kind == "lab" and n.what in _TESTS):
        start = max((m.end() for m in _PART.finditer(text, 0, name.start)), default=0)
        before = [n for n in numbers(text) if start <= n.start and n.end <= name.start]
        if not before or any(start <= other.start < name.start for other in names):
            continue
        number = before[-1]
        if number.unit is None or not _JOIN.fullmatch(text[number.end : name.start]):
            continue
        known = unit_tables()[name.what].to_base(text[slice(*number.unit)])
        usual = known is not None and not (name.what == "b2m" and known[1] > 100)
        stop = _PART.search(text, name.end)
        behind = text[name.end : stop.start() if stop else len(text)]
        if usual and number.value is not None and not any(n.unit for n in numbers(behind)):
            found[name.start] = number
    return found
