"""Numbers and units in the words behind the name of a laboratory test."""

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
_ABOUT = re.compile(
    r"(?:[约≈~]|大概|差不多|接近|将近"
    r"|(?<![a-z])(?:about|approx(?:imate(?:ly)?)?\.?|around|roughly|nearly|circa|ca\.?))"
    r"(?:有|是|在|为|就|of|is|was|at|\s){0,3}$"
)
_ABOUT_BEHIND = re.compile(
    r"\s?(?:左右|上下|前后|or so(?![a-z])|-?ish(?![a-z])"
    r"|,? (?:approx(?:imately)?|roughly|give or take)(?![a-z]))"
)
_AFTER_RELATION: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (">=", re.compile(r"\s?(?:(?:及|或|和)?以上|or (?:more|above|higher))")),
    ("<=", re.compile(r"\s?(?:(?:及|或|和)?以下|or (?:below|less|lower))")),
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
        about = _ABOUT.search(lead) or _ABOUT_BEHIND.match(text, behind) or _ABOUT_BEHIND.match(text, end)
        relation = "~" if relation == "=" and about else relation
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
