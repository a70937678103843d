"""Figures written out in Chinese, as dictated: "四点六毫克每升", "三十八克每升", "百分之十五".

Only where a unit or the end of a phrase follows, so that "一点四肢麻木" or "三个拷贝" stay words.
"""

from __future__ import annotations

import re

_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2", "兩": "2"}
_SCALES = "十百千"
_ZH = "[零〇一二两兩三四五六七八九十百千]+"
_WHOLE = rf"(?:\d+|{_ZH})"
_ONE = "[一二两兩三四五六七八九]"
_INTEGER = re.compile(
    rf"(?:(?P<thousands>{_ONE})千)?(?:(?P<hundreds>{_ONE})百)?(?:零?(?P<tens>{_ONE})?(?P<ten>十))?"
    rf"(?P<zero>[零〇])?(?P<ones>{_ONE})?"
)
_PLACES = (("thousands", 1000), ("hundreds", 100), ("tens", 10))
_UNIT = (
    r"\s*(?:毫克|微克|纳克|克|毫摩尔?|微摩尔?|纳摩尔?|国际单位|单位|單位|[mμµun]?g|nmol|i?u)\s*(?:每|/|／|per)"
)
_ENDS = r"(?:\s*(?:[,，。;；、()（）!！?？¦\n]|$|左右|上下|吧|呢|啊|哦|哈|的))"
_SPELLED = re.compile(
    rf"(?P<share>百分之)(?P<of>{_WHOLE}(?:[点點][零〇一二三四五六七八九\d]{{1,4}})?)"
    rf"|(?<![有高低差好大小多少早晚前后快第\d.])(?P<whole>{_WHOLE})[点點](?P<part>[零〇一二两三四五六七八九]{{1,4}}|\d{{1,4}})"
    rf"(?={_UNIT}|{_ENDS})"
    rf"|(?<![第点點\d.])(?P<int>{_ZH})(?={_UNIT})"
    rf"|(?<=[白酶限H是为:：])(?P<end>{_ZH})(?={_ENDS})",
    re.IGNORECASE,
)


def figures(text: str, places: list[int]) -> tuple[str, list[int]]:
    """The text with such figures as digits, and the place of each of its characters."""
    parts: list[str] = []
    found: list[int] = []
    done = 0
    for match in _SPELLED.finditer(text):
        written = _written(match)
        if written is None:
            continue
        start, end = match.span()
        parts += [text[done:start], written]
        found += places[done:start]
        # The last digit stands for the end of the words, the others for their beginning.
        found += [places[start]] * (len(written) - 1) + [places[end - 1]]
        done = end
    return "".join([*parts, text[done:]]), [*found, *places[done:]]


def _written(match: re.Match[str]) -> str | None:
    if match["share"]:
        whole, _, part = match["of"].replace("點", "点").partition("点")
        number = _number(whole, part)
        return number and number + "%"
    return _number(match["whole"] or match["int"] or match["end"], match["part"] or "")


def _number(whole: str, part: str) -> str | None:
    value = whole if whole.isascii() else _integer(whole)
    if value is None:
        return None
    decimals = "".join(_DIGITS.get(c, c) for c in part)
    return f"{value}.{decimals}" if decimals else value


def _integer(words: str) -> str | None:
    """A whole number; "二百六" is 260, "二四零" is 240; None for what is neither.

    >>> _integer("三十八"), _integer("十"), _integer("二百零五"), _integer("三百二"), _integer("百十")
    ('38', '10', '205', '320', None)
    """
    if not any(c in _SCALES for c in words):
        return "".join(_DIGITS[c] for c in words)
    match = _INTEGER.fullmatch(words)
    if match is None:
        return None
    total = sum(int(_DIGITS[match[key]]) * scale for key, scale in _PLACES if match[key])
    if match["ten"] and not match["tens"]:
        total += 10
    # "三百二" is 320; with "零" or "十" before it a last digit counts ones.
    last = int(_DIGITS[match["ones"] or "零"])
    if not (match["zero"] or match["ten"]):
        last *= 10 if match["hundreds"] else 100 if match["thousands"] else 1
    return str(total + last)
