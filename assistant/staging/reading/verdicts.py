"""The report's own word on a laboratory value: high, normal, low, or not to be told."""

from __future__ import annotations

import re
from typing import Literal

from assistant.staging.findings import Verdict
from assistant.staging.reading.lexicon import lexicon, only_filler

Unsure = Literal["unsure"]
# Negated words first: "不高于正常上限" holds both 高于正常 and 正常.
_VERDICTS: tuple[tuple[Verdict, str], ...] = (
    ("normal", "not_high"),
    ("high", "high"),
    ("normal", "normal"),
    ("low", "low"),
)


# A negation or a comparison before a verdict that no pattern above took with it: "不算正常".
_TURNED = re.compile(
    r"[不没未无非超过]|(?<![a-z])(?:not|no|never|hardly|barely|nearly|almost|far|anything|other)(?![a-z])"
)


def read_verdict(text: str) -> Verdict | Unsure | None:
    """The report's own word on a value; "unsure" when it is asked for, pending or contradicts itself.

    >>> read_verdict("310 u/l 升高"), read_verdict("不高于正常上限"), read_verdict("310 心电图正常")
    ('high', 'normal', None)
    """
    values = lexicon().values
    if values["unsure"].search(text):
        return "unsure"
    rest = text
    seen: list[tuple[int, Verdict]] = []
    for verdict, key in _VERDICTS:
        seen += [(match.start(), verdict) for match in values[key].finditer(rest)]
        rest = values[key].sub(lambda m: "\x01" * len(m.group()), rest)
    if not seen or not only_filler(text[: min(seen)[0]]):
        return None
    if _TURNED.search(rest[: min(seen)[0]]):
        return "unsure"
    return min(seen)[1] if len({verdict for _, verdict in seen}) == 1 else "unsure"
