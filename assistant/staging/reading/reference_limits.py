"""Reference limits in the words behind the name of a laboratory test."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.staging.reading.lines import SOFT

_N = r"(\d+(?:\.\d+|,\d{1,2}(?![\d,]))?)"
_REF = (
    r"(?:参考(?:值|范围|区间)?|正常(?:参考)?(?:值|范围|区间)?(?:是|为)?|范围"
    r"|ref(?:erence)?(?: range| interval)?|normal(?: range| values?)?|nr|rr|nl|(?<![a-z])n)"
)
_TO = r"(?:[-~至到–]{1,2}|(?<=\d\s)to(?=\s))"
_RANGE = re.compile(rf"(?<![\d.]){_N}\s*[a-z/]{{0,4}}\s*{_TO}\s*{_N}(?!\d|[-/.]\d)")
_UPPER = re.compile(
    r"(?:(?:\b(?:uln|upper (?:reference |normal )?limit(?: of normal)?|upper normal"
    r"|(?:against|with|versus|vs\.?) (?:a|an|the|our)(?: \w+)? limit)\b"
    r"|(?:正常|参考)?(?:值|范围)?(?:的)?[上高]限(?:值)?)\s?(?:\(uln\))?\s?(?:of|is|was|also|just|only|exactly|:|=|为|是|在|就|也|才|只有|正好|恰好|刚好|同样|大概|约|\s)*\s?"
    rf"|{_REF}\s?(?:is|:|=|为|是)?\s?(?:<=?|≤|up to|小于|低于|不超过|0\s?-)\s?"
    r"|(?<=[(\[|])\s?(?:<=?|≤)\s?)" + _N
)
# Limits for another age group: "儿童参考120-300", "120-300 (paediatric)".
_CHILD_WORD = (
    r"(?:儿童|小儿|儿科|婴幼?儿|新生儿|青少年"
    r"|p(?:a?e)diatric|child(?:ren)?(?:'s)?|infants?|neonatal)"
)
_PLAIN = _N.replace("(", "(?:", 1)
_SPAN = rf"(?:<=?|≤)?\s?{_PLAIN}(?:\s*{_TO}\s*{_PLAIN})?"
_CHILD = re.compile(
    rf"{_CHILD_WORD}[^\d,;。¦]{{0,16}}{_SPAN}"
    rf"|{_SPAN}\s?(?:i?u/l)?\s?[(,¦]?\s?(?:为|是|for |in )?{_CHILD_WORD}"
    r"(?![^\d)]{0,16}\d)"
)
# A second limit behind the first: "上限250，有的280", "ULN 250 (some labs 280)".
_ANOTHER = re.compile(
    rf"^\s?(?:i?u/l)?[\s,;(/¦]*(?:而|但|也|又|but|and)?\s?"
    r"(?:有[的些]|别的|其他|其它|另一?[家个种些]?|外院|我院|本院|或者?|others?|another|some|elsewhere|or)"
    rf"[^\d,;。¦]{{0,12}}?(?:{_N}\s*{_TO}\s*)?{_N}(?!\d|\s?[x×*倍%])"
)
_UPPER_BEHIND = re.compile(
    rf"(?:正常|参考)(?:值|范围|区间)?\s?(?:是|为|:|在|应|都|要)*\s?{_N}\s?(?:i?u/l)?\s?(?:以下|以内|之内)"
)
_UPPER_INSIDE = re.compile(rf"[,{SOFT}]\s?(?:<=?|≤|>)\s?{_N}\s?(?:i?u/l)?\s?(?=[)\]])")
_BARE_LIMIT = re.compile(
    r"^[\s↑↓*]*(?:[hl](?=[\s(])\s?)?"
    rf"[/(\[]\s?{_N}\s*(?:i?u/l)?\s*[)\]]?(?![\d.~%-]|\s?[-~/]\s?\d)"
)
_ULN = r"(?:uln|正常(?:值)?(?:的)?上限|上限|upper limit)"
_NORMAL = r"(?:正常(?:人|值|高限)?(?!范围)|normal(?! range))"
_TIMES = re.compile(
    rf"{_N}\s?(?:[x×*]|倍|-?fold|times)?\s?(?:的|the\s)?\s?{_ULN}|(?:uln|上限)的?\s?{_N}\s?倍"
    rf"|{_N}\s?(?:[x×*]|倍|-?fold|times)\s?(?:的|于|the\s)?\s?{_NORMAL}"
    rf"|{_NORMAL}的?\s?{_N}\s?倍"
    r"|(?:[两二三数]|好几|twice|double|triple|(?:two|three|several) times)倍?"
    rf"(?:于|的|the|\s)*(?:{_ULN}|{_NORMAL})"
    rf"|(?:{_ULN}|{_NORMAL})的?(?:好几|[两二三数])倍"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Reference limits, and the text without them (same length), so that they are not taken for values."""

    rest: str
    low: Decimal | None = None
    high: Decimal | None = None
    times: Decimal | None = None
    end: int = 0


def read_limits(text: str) -> Limits:
    """Take the laboratory's own limits out of a text: (120-250), ULN 250, 正常<250, 310/250, 1.5×ULN."""
    low = high = times = None
    end = 0
    while match := _CHILD.search(text):
        text = _blank(text, match)
    if match := _TIMES.search(text):
        figure = next((g for g in match.groups() if g and g[0].isdigit()), None)
        times = _figure(figure) if figure else Decimal(2)  # in words it is more than once
        text, end = _blank(text, match), match.end()
    if match := _RANGE.search(text):
        low, high = _figure(match.group(1)), _figure(match.group(2))
        text, end = _blank(text, match), match.end()
        if another_limit(text[end:], high, of_range=True):
            low = high = None
    elif match := _UPPER_BEHIND.search(text) or _UPPER.search(text) or _UPPER_INSIDE.search(text):
        high = _figure(match.group(1))
        text, end = _blank(text, match), match.end()
        other = _UPPER.search(text)
        if (other and _figure(other.group(1)) != high) or another_limit(text[end:], high):
            high = None  # "上限250，外院上限280": which of the two, only the writer knows
    return Limits(text, low, high, times, end)


def another_limit(text: str, high: Decimal | None, of_range: bool = False) -> bool:
    """Whether a text that follows an upper limit gives another one: "，有的280"."""
    match = _ANOTHER.match(text)
    if match is None or high is None or (of_range and not match.group(1)):
        return False
    figure = _figure(match.group(2))
    return figure != high and high / 2 < figure < high * 2


def read_bare_limit(text: str) -> tuple[Decimal, int] | None:
    """The limit that stands alone behind a value: "310/250", "310 (250)"."""
    match = _BARE_LIMIT.match(text)
    return (_figure(match.group(1)), match.end()) if match else None


def _figure(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _blank(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + "\x00" * (match.end() - match.start()) + text[match.end() :]
