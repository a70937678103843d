"""Sentence boundaries in Chinese, English and mixed clinical prose."""

from __future__ import annotations

import re

from ingest.folding import is_chinese

_OPEN = "（([【〔「『“《"
_CLOSE = "）)]】〕」』”》"
_ENDS = "。！？!?"
# A full stop after these is not the end of a sentence.
_ABBREVIATIONS = frozenset({
    "al", "approx", "cf", "ca", "dr", "e.g", "esp", "etc", "i.e", "inc", "incl", "ltd", "mr", "mrs", "ms",
    "prof", "resp", "sp", "spp", "st", "vs", "u.s", "u.k", "ph.d", "m.d", "dept", "ed", "eds", "est",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
# ... and after these when a number follows: "No. 3", but "The answer was no. Then ...".
_BEFORE_NUMBER = frozenset({"no", "nos", "fig", "figs", "vol", "vols", "eq", "p", "pp", "ref", "refs", "tab"})
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z.'’]*)$")
_LONGEST_WORD = 30
_POINT = re.compile(r"\s*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})$")  # "1." before what it numbers
# A single letter before a full stop is an initial ("J. Smith"), unless it names a kind of something.
_NAMED_BY_LETTER = re.compile(
    r"\b(?:vitamin|hepatitis|influenza|stage|type|class|group|grade|factor|protein|panel|cohort|arm)"
    r"\s+[A-Z]$",
    re.IGNORECASE,
)
# "包括：(1)贫血；(2)骨痛。" counts; a "(1)" after a full stop cites.
_COUNTS = re.compile(r"(?:^|[：:；;])\s*[（(]\s*1\s*[)）]\s*\w")
_TRAILING_MARK = re.compile(r"\s*(?:[（(]\s*\d{1,3}(?:\s*[,，、–-]\s*\d{1,3})*\s*[)）]|\[\d[\d,\s–-]*\])")
# An unclosed bracket must not swallow the rest of the paragraph.
_LONGEST_BRACKET = 160


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text``, in order, without surrounding white space.

    No character other than white space lies outside the spans. Decimals, ``et al.``, initials,
    ``t(11;14)`` and whatever stands in brackets or quotes do not end a sentence.
    """
    spans: list[tuple[int, int]] = []
    counts = bool(_COUNTS.search(text))
    start = 0
    opened: list[int] = []
    i = 0
    while i < len(text):
        char = text[i]
        if opened and i - opened[0] > _LONGEST_BRACKET:
            opened.clear()
        if char in _OPEN:
            opened.append(i)
        elif char in _CLOSE:
            if opened:
                opened.pop()
            # "（……。）" at the start of a sentence is a sentence of its own.
            if not opened and i and text[i - 1] in _ENDS and text[start:i].lstrip()[:1] in _OPEN:
                i = _push(text, spans, start, i + 1, counts)
                start = i
                continue
        elif not opened and _ends_sentence(text, i) and not (char == "." and _POINT.match(text, start, i)):
            end = i + 1
            while end < len(text) and text[end] in _ENDS + _CLOSE:
                end += 1
            i = _push(text, spans, start, end, counts)
            start = i
            continue
        i += 1
    _push(text, spans, start, len(text), counts)
    return spans


def _ends_sentence(text: str, i: int) -> bool:
    char, after = text[i], text[i + 1 : i + 2]
    if char in "?!" and after.isascii() and (after.isalnum() or after in ("/", "=", "&", "%", "_", "-")):
        return False  # inside an address such as "…/page?query=x"
    return char in _ENDS or (char == "." and _is_full_stop(text, i))


def _push(text: str, spans: list[tuple[int, int]], start: int, end: int, counts: bool) -> int:
    """Add a sentence; citation marks that follow its full stop belong to it. Returns its end.

    ``counts`` says that numbers in brackets number the points of this paragraph instead.
    """
    mark = None if counts else _TRAILING_MARK.match(text, end)
    if mark and end < len(text):
        end = mark.end()
    left = start
    while left < end and text[left].isspace():
        left += 1
    right = end
    while right > left and text[right - 1].isspace():
        right -= 1
    if right > left:
        spans.append((left, right))
    return end


def _is_full_stop(text: str, i: int) -> bool:
    before, after = text[max(0, i - _LONGEST_WORD) : i], text[i + 1 : i + 3]
    if is_chinese(after[:1]) and (is_chinese(before[-1:]) or before[-1:] in ("）", "%", "％")):
        return True  # a Chinese sentence with a Western full stop
    if after[:1].isdigit() and before[-1:].isdigit():
        return False
    if after and not after[0].isspace() and after[0] not in _CLOSE:
        return False
    word = _WORD_BEFORE.search(before)
    if word:
        token = word.group(1).casefold().strip(".")
        if token in _ABBREVIATIONS or (token in _BEFORE_NUMBER and after[1:2].isdigit()):
            return False
        of_unit = before[: word.start()].endswith("/")  # "35 g/L." ends with a unit, not an initial
        if len(token) == 1 and not of_unit and not _NAMED_BY_LETTER.search(before):
            return False
    # "No. 3", "approx. 5": a lower-case continuation is no new sentence.
    return not (len(after) == 2 and after[0].isspace() and after[1].islower())
