"""Roundabout phrases in one wording, and the openings of an answer left out, from ``data/rewrites.tsv``.

A row is a trigger (a lower-case string that must be in the text, so that most rows cost nothing), a regular
expression over the folded text, and what stands in its place. Evidence and sentence are rewritten alike.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def _rows() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    table = (files("assistant.verification") / "data" / "rewrites.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return tuple((trigger, re.compile(pattern, re.IGNORECASE), new) for trigger, pattern, new in rows)


def rewritten(folded: str) -> str:
    """``folded`` in the wording that the lexicon knows.

    >>> rewritten("根据资料,早期治疗未必获益。")
    '早期治疗可能不获益。'
    """
    lower = folded.lower()
    for trigger, pattern, new in _rows():
        if trigger in lower:
            changed = pattern.sub(new, folded)
            if changed != folded:
                folded, lower = changed, changed.lower()
    return folded
