"""One turn of a conversation, folded for matching, with the way back to what was typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assistant.staging.reading.fish.iscn import in_words
from assistant.staging.reading.lexicon import lexicon
from assistant.staging.reading.numerals import figures
from ingest.folding import fold

SOFT = "¦"
"""Stands for the Chinese comma, which separates and is never a decimal comma: "230，120-250"."""

# Folding would join these to the digits beside them: 5½ → 51/2, 5.6² → 5.62, ①5.6 → 15.6.
_FRACTIONS = re.compile("[¼-¾⅐-⅞↉]")
_RAISED = re.compile("(?<=[0-9０-９])[²³¹⁰⁴-⁹]")
_FULL_THOUSANDS = re.compile("(?<=[０-９])，(?=[０-９]{3}\\s?(?:[nｎ][gｇ]|[μµｕu][gｇ]/?[lｌLＬ]))")
_LISTED = re.compile("[①-⓿❶-➓㈠-㊿]")
_LEADER = re.compile(r"(?<=[A-Za-z)\]])(?:\s*[.·…_]){2,}(?=\s*[<>≤≥]?\s?\d)")
LIMIT = 8_000
"""Characters of one turn that are read; a longer one is a document, not a message."""


@dataclass(frozen=True, slots=True)
class Line:
    """A folded turn; ``offsets[i]`` is where character i of ``text`` stands in ``raw``."""

    raw: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``raw`` behind a folded span."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1

    def blank_before(self, at: int) -> bool:
        """Whether a blank was typed before a place; folding drops those beside a Chinese character."""
        typed = self.raw[self.offsets[at - 1] + 1 : self.offsets[at]] if 0 < at < len(self.offsets) else ""
        return bool(typed) and typed.isspace()

    def typed(self, start: int, end: int) -> str:
        """What was typed behind a folded span."""
        first, last = self.span(start, end)
        return self.raw[first:last]


@lru_cache(maxsize=16)  # a turn is read several times on the way to one answer
def prepare(raw: str) -> Line:
    """Fold a turn. Invisible characters go; line breaks end a statement; Chinese commas stay apart."""
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(raw[:LIMIT]):
        if unicodedata.category(char) in ("Cf", "Cs") or "\ufe00" <= char <= "\ufe0f":
            continue
        kept.append(char)
        places.append(place)
    text = "".join(kept)
    text = _FRACTIONS.sub("\ufffd", text)
    text = _LISTED.sub(";", _RAISED.sub("^", text))
    text = re.sub(r"[\r\n\v\f\u2028\u2029]", ";", text)
    text = _FULL_THOUSANDS.sub(",", text)
    text = re.sub("[，﹐､]", SOFT, text).replace("．", ".").replace("∶", ":").replace("﹣", "-")
    text = text.replace("⁻", "-").replace("⋅", "·").replace("・", "·")
    text = re.sub(r"[≧⩾]", "≥", re.sub(r"[≦⩽]", "≤", text))
    # "ALBUMIN ... 36 g/L": dots that lead from a name to its value end no sentence.
    text = _LEADER.sub(lambda m: " " * len(m.group()), text)
    text, places = in_words(text, places)
    text, places = figures(text, places)
    folded = fold(text)
    offsets = tuple(places[o] if o < len(places) else len(raw) for o in folded.offsets)
    return Line(raw, _without_typos(folded.text), offsets)


def _without_typos(text: str) -> str:
    for wrong, right in lexicon().typos:
        mended = wrong.sub(right, text)
        # The offsets of a line count characters, so a correction must not change their number.
        text = mended if len(mended) == len(text) else text
    return text
