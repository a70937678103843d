"""The text that the verifier reads: folded like the index, but with its capitals and without [1]."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.verification.rewrites import rewritten
from ingest.folding import fold, is_chinese

# The markers of an answer; "[45-80]" is a range of values.
_MARKERS = re.compile(r"\[\d{1,3}(?:\s*[,，、]\s*\d{1,3})*\]")
# A raised figure after a word or a stop is a citation; after a digit it is an exponent.
_RAISED = re.compile(r"(?<=[\u3400-\u9fff。，,.;；%％）)])[⁰¹²³⁴-⁹]+")
_EXPONENT = re.compile(r"(?<=\d)[⁻⁺]?[⁰¹²³⁴-⁹]+")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")
_ENUMERATOR = re.compile(r"[①-⑳]|[*_`†‡§]+|^\s*[-•]\s+", re.MULTILINE)
_SIGNS = str.maketrans(
    {
        "≧": "≥",
        "⩾": "≥",
        "≦": "≤",
        "⩽": "≤",
        "∼": "~",
        "〜": "~",
        "�": " ",
        "—": "~",
        "\n": "。",
    }
)
_ASCII_SIGNS = (("> =", "≥"), ("< =", "≤"), (">=", "≥"), ("<=", "≤"))


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """``text`` ready for reading; every position of the result also is one of its lower-case form."""
    text = _RAISED.sub("", _MARKERS.sub("", text))
    text = _EXPONENT.sub(lambda m: "^" + m.group().translate(_PLAIN_DIGITS), text)
    text = _THOUSANDS.sub(lambda m: m.group().replace(",", ""), text)
    text = _ENUMERATOR.sub(" ", text).translate(_SIGNS)
    for written, sign in _ASCII_SIGNS:
        text = text.replace(written, sign)
    folded = fold(text.strip())
    # Capitals come back where folding changed nothing else: CR and Cr are two things.
    chars = (
        text_char if text_char.lower() == char else char
        for char, text_char in zip(
            folded.text, map(text.strip().__getitem__, folded.offsets[:-1]), strict=True
        )
    )
    return rewritten("".join(chars))


def chinese(text: str) -> bool:
    """Whether ``text`` is to be read as Chinese: an ideograph for every four Latin letters or more."""
    ideographs = sum(map(is_chinese, text))
    return ideographs * 4 >= sum(c.isascii() and c.isalpha() for c in text) and ideographs > 0
