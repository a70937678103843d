"""Numbers, units and reference limits in the words behind the name of a laboratory test."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.staging.findings import Relation
from assistant.staging.reading.lexicon import lexicon
from assistant.staging.reading.lines import SOFT

_NUMBER = re.compile(
    r"(?P<thousands>\d{1,3}(?:,\d{3})+(?:\.\d+)?)(?![\d.,]*\d|\s*[-~]\s*\d)"
    r"|(?P<comma>\d+,\d{1,2})(?![.,]?\d|\s*[-~]\s*\d)"
    r"|(?P<bad>\d+(?:\.\d+){2,}|(?<![.\d])\.\d+(?:\.\d+)+|\d+\s?\.\s\d+|\d+\s\.\d+|\d+,\d+\.\d+)"
    r"|(?P<plain>(?<![.\d])\.\d+|\d+\.\d+|\d+)"
)
_BEFORE_UNIT = re.compile(
    rf"(?:\s?[,{SOFT}](?=\s?(?:[a-zμ]{{1,4}}/|毫|微|纳|克|单位)))?[\s↑↓*)|\[\x00]*(?:\(?[hl]{{1,2}}\)?\s)?\(?(?:[,{SOFT}]?单位(?:都)?[是为:]?)?\(?"
)
_CODE = re.compile(r"[a-zα-ω]-?$")
_RELATION: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (">=", re.compile(r"(?:>=|≥|大于(?:或|和)?等于|不低于|不小于|不少于|至少|at least)\s?$")),
    ("<=", re.compile(r"(?:<=|≤|小于(?:或|和)?等于|不超过|不高于|不大于|最多|at most|up to)\s?$")),
    (">", re.compile(r"(?:>|大于|高于|超过|超出|above|over|(?:greater|more|higher) than|exceeds)\s?$")),
    ("<", re.compile(r"(?:<|小于|低于|不到|不足|未到|below|under|less than|lower than)\s?$")),
)
_AFTER_RELATION: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (">=", re.compile(r"\s?(?:(?:及|或|和)?以上|or (?:more|above|higher))")),
    ("<=", re.compile(r"\s?(?:(?:及|或|和)?以下|or (?:below|less|lower))")),
)
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
class Number:
    """A number with what stands around it. ``value`` None: it cannot be read ("5.6.1")."""

    value: Decimal | None
    unit: tuple[int, int] | None
    relation: Relation
    start: int
    end: int
    negated: bool = False
    trend: bool = False


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
    if match := _TIMES.search(text):
        figure = next((g for g in match.groups() if g and g[0].isdigit()), None)
        times = _figure(figure) if figure else Decimal(2)  # in words it is more than once
        text, end = _blank(text, match), match.end()
    if match := _RANGE.search(text):
        low, high = _figure(match.group(1)), _figure(match.group(2))
        text, end = _blank(text, match), match.end()
    elif match := _UPPER_BEHIND.search(text) or _UPPER.search(text) or _UPPER_INSIDE.search(text):
        high = _figure(match.group(1))
        text, end = _blank(text, match), match.end()
        other = _UPPER.search(text)
        if other and _figure(other.group(1)) != high:
            high = None  # "上限250，外院上限280": which of the two, only the writer knows
    return Limits(text, low, high, times, end)


def read_bare_limit(text: str) -> tuple[Decimal, int] | None:
    """The limit that stands alone behind a value: "310/250", "310 (250)"."""
    match = _BARE_LIMIT.match(text)
    return (_figure(match.group(1)), match.end()) if match else None


def _figure(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _blank(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + "\x00" * (match.end() - match.start()) + text[match.end() :]


def numbers(text: str) -> list[Number]:
    """Every number that may be a laboratory value; ages, dates, counts and parts of names are not."""
    found: list[Number] = []
    values = lexicon().values
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        before = text[:start]
        if _CODE.search(before) and not re.search(r"(?:^|[^a-z])(?:is|was|of|at|x)-?$", before):
            continue
        signed = before.endswith("-") and re.search(r"(?:^|[\s:=为是])-$", before) is not None
        if (before.endswith(("-", "/", ":")) and re.search(r"\d\s?[-/:]$", before)) or before.endswith("^"):
            continue
        if values["counter"].match(text, end):
            continue
        unit_at = _BEFORE_UNIT.match(text, end)
        unit = values["unit"].match(text, unit_at.end() if unit_at else end)
        lead = before[:-1] if signed else before
        relation: Relation = next((r for r, p in _RELATION if p.search(lead)), "=")
        behind = unit.end() if unit else end
        relation = next((r for r, p in _AFTER_RELATION if p.match(text, behind)), relation)
        lead = re.sub(r"[><=≥≤\s]+$", "", lead)
        found.append(
            Number(
                None if match.group("bad") or _dotted(text, match) else _decimal(match, signed),
                unit.span() if unit else None,
                relation,
                start - signed,
                behind,
                values["negated"].search(lead) is not None
                or values["negated_behind"].match(text, behind) is not None,
                values["trend"].search(lead[-12:]) is not None and bool(found),
            )
        )
    return found


def _dotted(text: str, match: re.Match[str]) -> bool:
    """A point between a name and its number: "ALB.35" may be 35 and may be 0.35."""
    return match.group().startswith(".") and (match.start() == 0 or text[match.start() - 1].isalpha())


def _decimal(match: re.Match[str], signed: bool) -> Decimal:
    text = match.group().replace(",", "" if match.group("thousands") else ".")
    return -Decimal(text) if signed else Decimal(text)
