"""Numbers as quantities: an interval, a unit, and how it is bounded."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.verification.changes import Role, role
from assistant.verification.units import COUNT, Unit, interchangeable, read_unit

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "twice": 2,
}
_MEASURE = r"(?:年|个月|周(?!围)|天(?!然)|日|小时|倍|次|种|例|位|名|岁|药|成(?![人骨熟分立功年])|个|项|类|处)"
_PEOPLE = r"(?:人|患者|病人|骨髓瘤患者|骨髓瘤病人)"
_NAMES_OF_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS = "|".join(m for m in _NAMES_OF_MONTHS if m != "may") + r"|may(?= (?:19|20)\d\d)"
_NUMBER = re.compile(
    r"百分之(?P<per>\d+(?:\.\d+)?|[一二三四五六七八九十]+)"
    r"|(?P<den>[二三四五六七八九十百]+)分之(?P<num>[一二三四五六七八九]+)"
    r"|(?P<top>\d+)/(?P<bottom>\d+)(?![\d/])"
    r"|(?P<in>1) in (?P<of>\d+)"
    rf"|每(?P<each>\d+|[一二三四五六七八九十百]+)(?:个|名|位|例)?{_PEOPLE}?(?:里|中|当中)?(?:面)?(?:就|大?约|会|便)*"
    r"有(?:大?约|近)?(?P<some>\d+|[一二两三四五六七八九]+)(?=个|名|位|例|人)(?:个|名|位|例)?人?"
    r"|(?<![\d.])(?P<year>(?:19|20)\d\d)(?:年(?!以内|以上|以下|内|后|的?(?:生存|无进展|总))|(?=\s*[,.;()]|\s*[-~至到]\s*(?:19|20)\d\d|\s+(?:[a-z]|[\u3400-\u9fff])|$))"
    rf"|\b(?P<named>{_MONTHS})\b(?=\s*(?:\d|,|of\b))|(?P<month>\d{{1,2}})月(?!龄)"
    r"|(?<=more than )(?P<one>one)\b|(?<=at least )(?P<uno>one)\b"
    r"|(?P<plain>\d+(?:\.\d+)?)(?:\s*[×x*]\s*10\^(?P<times10>\d+)|\^(?P<power>-?\d+))?"
    rf"|(?<![这那该])(?P<zh>[二两三四五六七八九十]+)(?=(?:[至到][二两三四五六七八九十]+)?{_MEASURE})"
    r"|(?P<zh1>一)(?=个月|倍|(?<![第某有同任再又后]一)次(?!性)|成(?![人骨熟分立功年]))"
    r"|\b(?P<parts>a(?= \w+ of\b| \w+[.,;)]| \w+$)|one|two|three|four)"
    r"[ -](?P<share>third|quarter|fifth|tenth)s?\b"
    r"|(?P<half>(?<!and a )\bhalf\b(?!-| life| an? )|半数|一半)"
    r"|\b(?P<once>once)(?= (?:daily|weekly|monthly|yearly|every|each|per|a (?:day|week|month|year|cycle))\b)"
    r"|(?<!the )\b(?P<en>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twice)\b",
    re.ASCII,  # a Chinese character is no letter of an English word beside it
)
_SHARES = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_PARTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_TO = re.compile(r"\s*(?:-|~|至|到|to|and)\s*(?=\d|[二两三四五六七八九十])")
_CONVERTED = re.compile(r"\s*\(\s*(?:即|相当于|也就是|=|i\.e\.,?)?\s*")
_LISTED = re.compile(r"\s*(?:,|、|和|及|或|/|and|or|,\s*(?:and|or))\s*")
_RATE = re.compile(
    r"\s*(?:/\s*(?:24\s*(?:h|小时|hours)|d(?:ay)?|天|日)(?![a-z])|per\s+(?:24 hours|day)|a day)"
)
# What may stand between a bound and its number: 至少用满12个月.
_FILLER = (
    r"(?:大?约(?:占|为)?|近|为|是|有|达到?|用满|满|持续|间隔|相隔|相距|维持|需要?|使用|用"
    r"|about|around|approximately|roughly|nearly|some|~|of|the|an?)"
)
_BEFORE = re.compile(
    r"(?:(?P<ge>≥|≮|大于(?:或|和)?等于|不小于|不低于|不少于|不得低于|至少|at least|minimum of"
    r"|(?:no|not) (?:less|fewer|lower) than|(?:greater|more) than or equal to)"
    r"|(?P<le>≤|≯|小于(?:或|和)?等于|不超过|不高于|不大于|不多于|最多|至多|高达|多达|at most|up to"
    r"|maximum of|within|(?:no|not) (?:more|greater|higher) than|(?:does |do )?not exceed(?:ing)?"
    r"|less than or equal to)"
    r"|(?P<gt>>|超过|超出|大于|高于|高出|多于|高过|above|over|exceed(?:s|ed|ing)?|in excess of"
    r"|(?:more|greater|higher|longer|older|larger) than)"
    r"|(?P<lt><|低于|小于|少于|不足|不到|未达到?|未满|短于|below|under"
    r"|(?:less|fewer|lower|shorter|younger|smaller) than))"
    rf"\s*(?:{_FILLER}\s*)*+$"
)
_AFTER = re.compile(
    r"\s*(?:(?P<ge>[及或和与]以上|or (?:more|higher|greater|above|older|over)|and (?:above|over|older))"
    r"|(?P<le>[及或和与]以下|or (?:less|lower|fewer|below|younger)|之?以?内(?!分)|within)"
    r"|(?P<up>以上)|(?P<down>以下))"
)
# 以上 takes its limit in or leaves it out, by habit of the writer; it agrees with both signs.
_REACHED = re.compile(r"达到?(?:大?约)?\s*$")
_COUNTING = frozenset({"", "times", "fold", "occasion"})
_DATES = frozenset({"year", "month of the year"})
_FROM_TO = ("from", "to")
_CONTRADICTION = frozenset({"?"})
_SIGNS = {"up": frozenset({"ge", "gt"}), "down": frozenset({"le", "lt"})}


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
    while match := _NUMBER.search(lower, position):
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
    low = _value(match)
    unit, end = _unit_after(lower, match)
    high = low
    reach = _TO.match(lower, end)
    between = lower[max(0, match.start() - 8) : match.start()].endswith("between ")
    if reach and role(lower, match.start(), match.end())[0] == "from":
        reach = None  # "rose from 40% to 60%" has two numbers, "from 40% to 60%" is a range
    if reach and (between or "and" not in reach.group()) and not masked[reach.end()]:
        second = _NUMBER.match(lower, reach.end())
        if second and (second.group("plain") or second.group("zh")):
            whole, stop = _unit_after(lower, second)
            # "50倍~55%" is no range.
            if unit is COUNT or unit.dimension == whole.dimension:
                low = low * unit.factor / whole.factor if unit is not COUNT else low
                high = _value(second)
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
    dated = unit.dimension in _DATES
    signs, start, end = (frozenset(), match.start(), end) if dated else _signs(lower, match.start(), end)
    part, told = role(lower, start, end)
    return Quantity(
        low * unit.factor, high * unit.factor, unit, signs, (low, high), start, end, part, min(told, start)
    )


def _unit_after(lower: str, match: re.Match[str]) -> tuple[Unit, int]:
    end = match.end()
    if any(match.group(name) for name in ("per", "den", "share", "half", "bottom", "of", "each")):
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


def _value(match: re.Match[str]) -> Fraction:
    groups = match.groupdict()
    if plain := groups["plain"]:
        value = Fraction(plain)
        if groups["times10"]:
            value *= 10 ** int(groups["times10"])
        return value ** int(groups["power"]) if groups["power"] and abs(int(groups["power"])) < 20 else value
    if groups["bottom"] or groups["of"]:
        top, bottom = groups["top"] or groups["in"], groups["bottom"] or groups["of"]
        return Fraction(100 * int(top), int(bottom) or 1)
    if groups["each"]:
        return Fraction(100 * _integer(groups["some"]), _integer(groups["each"]) or 1)
    if groups["year"] or groups["month"]:
        return Fraction(groups["year"] or groups["month"])
    if groups["named"]:
        return Fraction(_NAMES_OF_MONTHS.index(groups["named"]) + 1)
    if groups["one"] or groups["uno"]:
        return Fraction(1)
    if groups["den"]:
        return Fraction(100 * _chinese_number(groups["num"]), _chinese_number(groups["den"]))
    if per := groups["per"]:
        return Fraction(per) if per[0].isdigit() else Fraction(_chinese_number(per))
    if groups["share"]:
        return Fraction(100 * _PARTS[groups["parts"]], _SHARES[groups["share"]])
    if groups["half"] or groups["once"]:
        return Fraction(50 if groups["half"] else 1)
    if groups["en"]:
        return Fraction(_WORDS[groups["en"]])
    return Fraction(_chinese_number(groups["zh"] or groups["zh1"]))


def _integer(text: str) -> int:
    return int(text) if text.isdigit() else _chinese_number(text)


def _chinese_number(text: str) -> int:
    """Value of a numeral below 1000, such as 二十四 or 百."""
    if text == "百":
        return 100
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS.get(c, 0)) for c in text))
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _signs(lower: str, start: int, end: int) -> tuple[frozenset[str], int, int]:
    signs: frozenset[str] = frozenset()
    edge = max(0, start - 32)
    before = _BEFORE.search(lower[edge:start])
    if before and before.lastgroup:
        signs, start = frozenset({before.lastgroup}), edge + before.start()
    after = _AFTER.match(lower, end)
    if after and after.lastgroup:
        both = _SIGNS.get(after.lastgroup, frozenset({after.lastgroup}))
        if after.lastgroup == "up" and _REACHED.search(lower[edge:start]):
            both = frozenset({"ge"})
        # Two bounds that contradict each other agree with nothing.
        signs, end = (signs & both or _CONTRADICTION if signs else both), after.end()
    return signs, start, end
