"""A long English sentence as short ones, cut where no clause loses what it hangs on."""

from __future__ import annotations

import re

LONG = 18
"""Words from which a sentence is cut if it can be."""

_LEAST = 4  # words of a piece
_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_JOINT = re.compile(
    r";\s+|\s+[–—]\s+"
    r"|,\s+(?:and|but|so)\s+(?=(?:it|they|this|these|the|he|she|patients|people|there)\b)"
)
_BUT = re.compile(r"[,;]\s+but\s+")
# Conditions that may reach over a joint from either side, and what holds for all that comes after it.
_REACHES = re.compile(r"\b(?:if|unless|only|provided|except|in case|until)\b", re.IGNORECASE)
_HOLDS_ON = re.compile(
    r"\b(?:when|(?:for|in) (?:patients|people|those)|because|although|while|whereas|since|after|before"
    r"|during)\b",
    re.IGNORECASE,
)


def short_english(text: str) -> tuple[str, ...]:
    """The sentences of an English text; a long one without conditions is cut at its main joints."""
    found: list[str] = []
    for sentence in _STOP.split(text):
        found += _cut(sentence)
    return tuple(s if i == 0 else f" {s}" for i, s in enumerate(found))


def _cut(sentence: str) -> list[str]:
    if len(sentence.split()) <= LONG or _REACHES.search(sentence):
        return [sentence]
    pieces: list[str] = []
    start = 0
    for match in _JOINT.finditer(sentence):
        piece = sentence[start : match.start()]
        if len(piece.split()) < _LEAST or len(sentence[match.end() :].split()) < _LEAST:
            continue
        if piece.count("(") != piece.count(")") or _HOLDS_ON.search(sentence[: match.start()]):
            continue
        pieces.append(piece)
        start = match.end()
        if _BUT.match(match.group()):
            start = match.end() - len("but ")
    pieces.append(sentence[start:])
    return [_capital(p) + ("" if p[-1] in ".!?" else ".") for p in pieces] if len(pieces) > 1 else [sentence]


def _capital(piece: str) -> str:
    return piece[:1].upper() + piece[1:]
