"""FISH results in a table: a header that names the columns, and a lesion with its figures in each row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.staging.reading.lexicon import Name, lexicon


@dataclass(frozen=True, slots=True)
class Row:
    """The figures behind a lesion: the share of cells and the limit for it, in percent."""

    share: str
    limit: str
    end: int


def rows(text: str, names: list[Name]) -> dict[int, Row]:
    """The rows of a table, by the end of the name of their lesion."""
    report = lexicon().report
    found: dict[int, Row] = {}
    share_first: bool | None = None
    start = 0
    for line in _masked(text, names).split(";"):
        end = start + len(line)
        lesions = [n for n in names if n.kind == "lesion" and start <= n.start < end]
        if not lesions:
            share, limit = report["share_column"].search(line), report["limit_column"].search(line)
            if share and limit and not re.search(r"\d", line):
                share_first = share.start() < limit.start()
        elif share_first is not None and len({n.what for n in lesions}) == 1:
            last = lesions[-1].end
            match = report["figures"].match(text, last)
            if match:
                one, two = match["one"], match["two"]
                share_of, limit_of = (one, two) if share_first else (two, one)
                found[last] = Row(share_of, limit_of, match.end())
        start = end + 1
    return found


def _masked(text: str, names: list[Name]) -> str:
    """The text without the ";" inside names such as t(4;14), which parts no lines."""
    for name in names:
        inside = text[name.start : name.end].replace(";", "_")
        text = text[: name.start] + inside + text[name.end :]
    return text
