"""Numerals in all the ways that a text has them: 12, 十二, twelve, 百分之五, "two thirds", 三成, 1 in 10."""

from __future__ import annotations

import re
from fractions import Fraction

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
NUMBER = re.compile(
    r"百分之(?P<per>\d+(?:\.\d+)?|[一二三四五六七八九十]+)"
    r"|(?P<den>[二三四五六七八九十百]+)分之(?P<num>[一二三四五六七八九]+)"
    r"|(?P<top>\d+)/(?P<bottom>\d+)(?![\d/])"
    r"|(?P<in>\d+) (?:in|out of|of) (?:every |each )(?P<of>\d+)|(?P<one_in>1) in (?P<out_of>\d+)"
    rf"|(?P<people>\d+|十|百)(?:个|名|位|例)?{_PEOPLE}(?:里|中|当中)(?:面)?"
    r"(?:就|大?约|会|便)*有(?:大?约|近)?(?P<few>\d+|[一二两三四五六七八九]+)"
    r"(?=个|名|位|例|人)(?:个|名|位|例)?人?"
    rf"|每(?P<each>\d+|[一二三四五六七八九十百]+)(?:个|名|位|例)?{_PEOPLE}?(?:里|中|当中)?(?:面)?(?:就|大?约|会|便)*"
    r"有(?:大?约|近)?(?P<some>\d+|[一二两三四五六七八九]+)(?=个|名|位|例|人)(?:个|名|位|例)?人?"
    r"|(?<![\d.])(?P<year>(?:19|20)\d\d)(?:年(?!以内|以上|以下|内|后|的?(?:生存|无进展|总))|(?=\s*[,.;()]|\s*[-~至到]\s*(?:19|20)\d\d|\s+(?:[a-z]|[\u3400-\u9fff])|$))"
    rf"|\b(?P<named>{_MONTHS})\b(?=\s*(?:\d|,|of\b))|(?P<month>\d{{1,2}})月(?!龄)"
    r"|\b(?P<first>first)\b(?= (?:year|month|week|day|hour)\b)"
    r"|(?<=more than )(?P<one>one)\b|(?<=at least )(?P<uno>one)\b"
    r"|(?P<plain>\d+(?:\.\d+)?)(?:\s*[×x*]\s*10\^(?P<times10>\d+)|\^(?P<power>-?\d+))?"
    rf"|(?<![这那该])(?P<zh>[二两三四五六七八九十]+)(?=(?:[至到][二两三四五六七八九十]+)?{_MEASURE})"
    r"|(?P<zh1>一)(?=个月|(?<=第一)[年周天]|倍|(?<![第某有同任再又后]一)次(?!性)|成(?![人骨熟分立功年]))"
    r"|\b(?P<parts>a(?= \w+ of\b| \w+[.,;)]| \w+$)|one|two|three|four)"
    r"[ -](?P<share>third|quarter|fifth|tenth)s?\b"
    r"|(?P<half>(?<!and a )\bhalf\b(?!-| life| an? )|半数|一半)"
    r"|\b(?P<once>once)(?= (?:daily|weekly|monthly|yearly|every|each|per|a (?:day|week|month|year|cycle))\b)"
    r"|(?<!the )\b(?P<en>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twice)\b",
    re.ASCII,  # a Chinese character is no letter of an English word beside it
)
_SHARES = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_PARTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}


def value_of(match: re.Match[str]) -> Fraction:
    """The value of a match of ``NUMBER``; of a share, in percent."""
    groups = match.groupdict()
    if plain := groups["plain"]:
        value = Fraction(plain)
        if groups["times10"]:
            value *= 10 ** int(groups["times10"])
        return value ** int(groups["power"]) if groups["power"] and abs(int(groups["power"])) < 20 else value
    if bottom := groups["bottom"] or groups["of"] or groups["out_of"]:
        top = groups["top"] or groups["in"] or groups["one_in"]
        return Fraction(100 * int(top), int(bottom) or 1)
    if whole := groups["each"] or groups["people"]:
        return Fraction(100 * _integer(groups["some"] or groups["few"]), _integer(whole) or 1)
    if groups["year"] or groups["month"]:
        return Fraction(groups["year"] or groups["month"])
    if groups["named"]:
        return Fraction(_NAMES_OF_MONTHS.index(groups["named"]) + 1)
    if groups["one"] or groups["uno"] or groups["first"]:
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
