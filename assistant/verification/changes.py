"""What a number is to a change: how much it is (减少25%), where it ends (减至25%), where it starts."""

from __future__ import annotations

import re
from typing import Literal

Role = Literal["", "by", "to", "from"]

_ZH = r"(?:[减降升增][少低高加多大]?|提[高升]|[上下]升|下降|下调|上调|延长|缩短|减量|加量|调整|缩小)"
_EN = (
    r"\b(?:reduc|decreas|increas|rais|ris|rose|fell|fall|lower|drop|declin|improv|cut|grew|grow|prolong"
    r"|shorten|extend|lengthen|adjust)[a-z]*"
)
_ABOUT = r"(?:\s|大?约|近|了|~|about|around|approximately|roughly|nearly)*"
# A few words may stand between an English verb and its preposition: "reduced in such patients to".
_WORDS = r"(?:\s+[a-z0-9%./()-]+){0,7}?"
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("to", re.compile(rf"(?P<at>{_ZH}[至到为成]){_ABOUT}$", re.ASCII)),
    ("by", re.compile(rf"(?P<at>{_ZH}){_ABOUT}$", re.ASCII)),
    ("from", re.compile(rf"{_EN}{_WORDS}\s+(?P<at>from){_ABOUT}$", re.ASCII)),
    ("by", re.compile(rf"{_EN}{_WORDS}\s+(?P<at>by){_ABOUT}$", re.ASCII)),
    ("to", re.compile(rf"{_EN}{_WORDS}\s+(?P<at>to){_ABOUT}$", re.ASCII)),
)
_START = re.compile(rf"(?P<at>[由从自]){_ABOUT}$")
_THEN = re.compile(rf"[^,。;|]{{0,8}}?{_ZH}[至到为]")
# What ends a change; the full stop of a number does not.
_STOP = re.compile(r"[,;。|]|\.\s")
_REACH = 64


def role(lower: str, start: int, end: int) -> tuple[Role, int]:
    """The role of the number at ``start``..``end``, and where the word that gives it begins."""
    edge = max(0, start - _REACH)
    before = lower[edge:start]
    for name, pattern in _ROLES:
        if (match := pattern.search(before)) and not _STOP.search(match.group()):
            return name, edge + match.start("at")
    if (match := _START.search(before)) and _THEN.match(lower, end):
        return "from", edge + match.start("at")
    return "", start
