"""Treatment that has begun, told in any words: "外院已给过一程BD方案", "he got four days of dex".

A list of wordings is never whole, so this goes by parts: the name of a treatment, a sign that it was given,
nothing that denies it or puts it ahead. What it finds gives the values of the message their time point.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from assistant.staging.reading.lines import SOFT

_PART = re.compile(rf"[,;。!?{SOFT}]|\.(?=\s|$)")
_AHEAD, _BEHIND = 40, 24  # characters around the name of a treatment in which its sign may stand


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((files("assistant.staging.reading") / "data" / "treatment.toml").read_text("utf-8"))
    return {key: re.compile(pattern) for key, pattern in data.items()}


def begun(text: str) -> Iterator[re.Match[str]]:
    """The names of treatments that were given, and what is said of the disease after treatment.

    >>> [m.group() for m in begun("已用硼替佐米一周")], [m.group() for m in begun("拟行自体移植")]
    (['硼替佐米'], [])
    """
    patterns = _patterns()
    masked = patterns["other_noun"].sub(lambda m: "\x01" * len(m.group()), text)
    for match in patterns["noun"].finditer(masked):
        before, behind = _around(masked, match)
        if patterns["denied"].search(before) or patterns["denied_behind"].search(behind):
            continue
        if patterns["given_before"].search(before) or patterns["given_behind"].search(behind):
            yield match
    for match in patterns["course"].finditer(masked):
        before, _ = _around(masked, match)
        if not patterns["denied"].search(before):
            yield match


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    """What stands before and behind a match in its part of the sentence."""
    starts = [m.end() for m in _PART.finditer(text, 0, match.start())]
    stop = _PART.search(text, match.end())
    first = max(starts[-1] if starts else 0, match.start() - _AHEAD)
    last = min(stop.start() if stop else len(text), match.end() + _BEHIND)
    return text[first : match.start()], text[match.end() : last]
