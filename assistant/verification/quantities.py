"""Numbers as quantities: an interval, a unit, and how it is bounded."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.verification.bounds import signs_of
from assistant.verification.changes import Role, role
from assistant.verification.numerals import NUMBER, value_of
from assistant.verification.units import COUNT, Unit, interchangeable, read_unit

_TO = re.compile(r"\s*(?:-|~|至|到|to|and)\s*(?=\d|[二两三四五六七八九十])")
_CONVERTED = re.compile(r"\s*\(\s*(?:即|相当于|也就是|=|i\.e\.,?)?\s*")
_LISTED = re.compile(r"\s*(?:,|、|和|及|或|/|and|or|,\s*(?:and|or))\s*")
_RATE = re.compile(
    r"\s*(?:/\s*(?:24\s*(?:h|小时|hours)|d(?:ay)?|天|日)(?![a-z])|per\s+(?:24 hours|day)|a day)"
)
_COUNTING = frozenset({"", "times", "fold", "occasion"})
# "Aged 50", "median age was 66 years": what is counted are years of life.
_AGED = re.compile(
    r"\baged?\b(?: (?:was|is|of|over|under|above|below|at|least|about|the))*\s?$|年龄[为是约在]*$"
)
_YEARS = Unit("month", Fraction(12))
# Groups of a numeral that is a share.
_OF_A_WHOLE = ("per", "den", "share", "half", "bottom", "of", "out_of", "each", "people")
_DATES = frozenset({"year", "month of the year"})
_FROM_TO = ("from", "to")


@dataclass(frozen=True, slots=True)
class Quantity:
    """``low``..``high`` in ``unit.dimension`` (factor applied); ``signs`` is empty for an exact value.

    ``role`` is what the number is to a change, and ``told`` where the word begins that says so.
    """

    low: Fraction
    high: Fraction
    unit: Unit
    signs: frozenset[str]
    raw: tuple[Fraction, Fraction]
    start: int
    end: int
    role: Role = ""
    told: int = 0

    @property
    def counts(self) -> bool:
        """Whether it counts, in whatever words: 2, two, twice, 两次, 2倍."""
        return self.unit.dimension in _COUNTING

    @property
    def once(self) -> bool:
        """One time, which a regular "weekly" means without saying it."""
        return self.unit.dimension in ("times", "occasion") and self.low == self.high == 1

    def same_value(self, other: Quantity) -> bool:
        """Equal numbers in the same dimension, whatever bounds them."""
        if self.unit.dimension == other.unit.dimension:
            return self.low == other.low and self.high == other.high
        return self.raw == other.raw and interchangeable(self.unit, other.unit)

    def agrees(self, other: Quantity) -> bool:
        """The same value, bounded in the same way, in no other role."""
        bounded = self.signs == other.signs or bool(self.signs & other.signs)
        other_role = self.role and other.role and self.role != other.role
        return self.same_value(other) and bounded and not other_role


def quantities(lower: str, masked: bytearray) -> list[Quantity]:
    """Quantities of a lower-case text, outside the characters that ``masked`` marks as names."""
    found: list[Quantity] = []
    position = 0
    while match := NUMBER.search(lower, position):
        position = match.end()
        if any(masked[match.start() : match.end()]) or _part_of_code(lower, match):
            continue
        quantity = _quantity(lower, match, masked)
        if quantity is None:
            continue
        # "≥ 3.5 g/dL (35 g/L)": the bound holds for the converted value too.
        if found and not quantity.signs and _CONVERTED.fullmatch(lower, found[-1].end, quantity.start):
            quantity = replace(quantity, signs=found[-1].signs)
        found.append(quantity)
        position = max(position, quantity.end)
    return _with_shared_units(found, lower)


def _with_shared_units(found: list[Quantity], lower: str) -> list[Quantity]:
    """ "62, 44 and 29 months": the unit at the end of a list is that of all its numbers."""
    for index in range(len(found) - 2, -1, -1):
        one, after = found[index], found[index + 1]
        listed = _LISTED.fullmatch(lower, one.end, after.start)
        # So is that of the end of a change: "from 20 to 40 months".
        if one.unit is COUNT and after.unit is not COUNT and (listed or (one.role, after.role) == _FROM_TO):
            factor = after.unit.factor
            found[index] = replace(one, low=one.low * factor, high=one.high * factor, unit=after.unit)
    return found


def _part_of_code(lower: str, match: re.Match[str]) -> bool:
    start = match.start()
    if not lower[start].isdigit():
        return False
    if lower[start - 1 : start] == "-" and lower[match.end() : match.end() + 1] == "-":
        return True  # the 6 of 葡萄糖-6-磷酸
    before = lower[max(0, start - 2) : start]
    if re.search(r"[a-zα-ω_.^]$|[a-zα-ω]-$|\d\.$", before) and not re.search(r"[\u3400-\u9fff]$", before):
        return not re.search(r"(?:^|[^a-z])x$", before)
    return False


def _quantity(lower: str, match: re.Match[str], masked: bytearray) -> Quantity | None:
    low = value_of(match)
    unit, end = _unit_after(lower, match)
    high = low
    reach = _TO.match(lower, end)
    between = lower[max(0, match.start() - 8) : match.start()].endswith("between ")
    if reach and role(lower, match.start(), match.end())[0] == "from":
        reach = None  # "rose from 40% to 60%" has two numbers, "from 40% to 60%" is a range
    if reach and (between or "and" not in reach.group()) and not masked[reach.end()]:
        second = NUMBER.match(lower, reach.end())
        if second and (second.group("plain") or second.group("zh")):
            whole, stop = _unit_after(lower, second)
            # "50倍~55%" is no range.
            if unit is COUNT or unit.dimension == whole.dimension:
                low = low * unit.factor / whole.factor if unit is not COUNT else low
                high = value_of(second)
                unit, end = whole, stop
    if (
        match.group("plain")
        and unit is COUNT
        and lower[end : end + 1].isascii()
        and lower[end : end + 1].isalpha()
    ):
        return None
    if rate := _RATE.match(lower, end):
        end = rate.end()
    if unit in (COUNT, _YEARS) and _AGED.search(lower, max(0, match.start() - 24), match.start()):
        unit = Unit("age")
    dated = unit.dimension in _DATES
    signs, start, end = (frozenset(), match.start(), end) if dated else signs_of(lower, match.start(), end)
    part, told = role(lower, start, end)
    return Quantity(
        low * unit.factor, high * unit.factor, unit, signs, (low, high), start, end, part, min(told, start)
    )


def _unit_after(lower: str, match: re.Match[str]) -> tuple[Unit, int]:
    end = match.end()
    if any(match.group(name) for name in _OF_A_WHOLE):
        return Unit("%"), end
    if match.group("named") or match.group("month"):
        return Unit("month of the year"), end
    if match.group("year"):
        unit, stop = read_unit(lower, end + 1 if lower[end : end + 1] == " " else end)
        return (Unit("year"), end) if unit is COUNT else (unit, stop)
    if match.group("en") == "twice" or match.group("once"):
        return Unit("times"), end
    at = end + 1 if lower[end : end + 1] == " " else end
    unit, stop = read_unit(lower, at)
    return (unit, stop) if stop > at else (COUNT, end)
