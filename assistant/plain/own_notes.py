"""Explanations that a text itself gives, in brackets right behind a term: "溶骨性病变（骨头上的洞）".

An edition for patients explains a term wherever it stands. In an answer once is enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.terminology import Mention, default_terminology

_BRACKET = re.compile(r"（([^（）\dA-Za-z]{2,24})）| \(([a-z][^()\d]{3,64})\)")
# A condition, a choice, a list, or how a drug is given: that states something.
_STATES = re.compile(
    r"^(?:如|例|或|含|除|仅|若|须|需|应|可|必要|不计|已|通常|特别|尤其|排除|不是|与)|[时者后前中等]$|、|口服|皮下|静脉|允许|联合"
    r"|^(?:if|or|and|but|e\.g|such as|for example|including|especially|mainly|usually|not|no|except|unless"
    r"|only|when|with|without|oral|intravenous|subcutaneous|in|of|at|after|before|during)\b",
)


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A bracket (``start``, ``end``) that explains the ``mention`` that it stands behind."""

    mention: Mention
    start: int
    end: int
    meaning: str


def own_notes(text: str) -> Iterator[OwnNote]:
    """The brackets of ``text`` that explain a term; those that state something are none."""
    behind = {m.end: m for m in default_terminology().mentions(text)}
    for match in _BRACKET.finditer(text):
        mention = behind.get(match.start())
        meaning = match.group(1) or match.group(2)
        if mention is None or _STATES.search(meaning):
            continue
        # What is said behind "del(1p32)" may tell one change from another of the same name.
        if default_terminology().concepts[mention.concept].category != "cytogenetics":
            yield OwnNote(mention, *match.span(), meaning)


def without(text: str, is_needless: Callable[[OwnNote], bool]) -> str:
    """``text`` without its own explanations that are needless.

    >>> without("骨髓瘤患者常有贫血（血红蛋白低）。", lambda note: note.mention.concept == "anaemia")
    '骨髓瘤患者常有贫血。'
    """
    for note in reversed([*own_notes(text)]):
        if is_needless(note):
            text = text[: note.start] + text[note.end :]
    return text
