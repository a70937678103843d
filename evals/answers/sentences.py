"""The sentences of a free text and the citation marks behind them, Chinese and English."""

from __future__ import annotations

import re

from evals.answers.stored import Said
from ingest.sentences import sentence_spans

# [1], [1,2], [1-3], 【1】, [^1]; more than 99 sources are no marks but numbers.
_MARK = re.compile(r"\s*[\[【]\^?(\d{1,2}(?:\s*[,，、;–-]\s*\d{1,2})*)[\]】]")
_MARKS_AFTER_STOP = re.compile(r"([。！？!?.])((?:\s*[\[【]\^?\d{1,2}(?:\s*[,，、;–-]\s*\d{1,2})*[\]】])+)")
_DECORATION = re.compile(r"^\s*(?:[-•·]|\*(?!\*)|\d{1,2}[.、)）](?!\d)|#{1,6})\s*|\*\*|__")
_LEAD_IN = re.compile(r"[:：]\s*$")


def said(text: str) -> tuple[Said, ...]:
    """Sentences of a Markdown text, in order, with the numbers that they cite.

    Every line is looked at on its own, so lists are not lost; a line that only introduces others (it
    ends with a colon and cites nothing) states nothing. Marks may stand before or behind the full stop.
    """
    found = []
    for line in text.split("\n"):
        # A mark behind the full stop belongs to the sentence before it.
        moved = _MARKS_AFTER_STOP.sub(r"\2\1", _DECORATION.sub("", line)).strip()
        for start, end in sentence_spans(moved):
            sentence = moved[start:end]
            marks = tuple(dict.fromkeys(n for m in _MARK.finditer(sentence) for n in numbers(m[1])))
            bare = _MARK.sub("", sentence).strip()
            if not any(c.isalnum() for c in bare) or (not marks and _LEAD_IN.search(bare)):
                continue
            found.append(Said(bare, marks))
    return tuple(found)


def numbers(written: str) -> list[int]:
    """The numbers of a mark: "1, 3-5" → 1, 3, 4, 5. A range that is too long or reversed is its ends."""
    found: list[int] = []
    for part in re.split(r"\s*[,，、;]\s*", written):
        ends = [int(n) for n in re.split(r"\s*[–-]\s*", part)]
        # A range such as [1-99] names no sources.
        wide = len(ends) == 2 and 0 < ends[1] - ends[0] < 10
        found += range(ends[0], ends[1] + 1) if wide else ends
    return found


def without_marks(text: str) -> str:
    """The text without citation marks."""
    return _MARK.sub("", text)
