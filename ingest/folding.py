"""A folded view of a text for matching, with the way back to the original offsets.

Folding: NFKC, lower case, traditional to simplified Chinese, one kind of hyphen, no format characters
(zero-width space, byte order mark, soft hyphen), one space for a run of white space and none beside a
Chinese character. So ``β2－微球蛋白`` and ``β2- 微球蛋白`` meet, and so do ``ＰＥＴ  CT`` and ``pet ct``; a
space between a letter and a hyphen stays (``β2 -微球蛋白``).
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

_HYPHENS = dict.fromkeys("‐‑‒–—−－", "-")
_SPACE = re.compile(r"\s+")
_BESIDE_CHINESE = re.compile("(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")
_REMEMBERED = 1000  # characters: a sentence or passage is read for many purposes, a document once
# Traditional characters that GB 2312 has as well, for names and classical texts.
_IN_BOTH = {"後": "后", "於": "于", "徵": "征", "乾": "干", "麽": "么", "夥": "伙"}


def is_chinese(char: str) -> bool:
    """Whether ``char`` is a Chinese ideograph."""
    return "\u3400" <= char <= "\u9fff"


def chinese_share(text: str) -> float:
    """Share (0..1) of Chinese ideographs among the letters of ``text``; 0 for no letters."""
    letters = [c for c in text if c.isalpha()]
    return sum(map(is_chinese, letters)) / len(letters) if letters else 0.0


@cache
def _to_simplified() -> Callable[[str, str], str]:
    from zhconv import convert

    with warnings.catch_warnings():  # zhconv leaves the file of its dictionary to the garbage collector
        warnings.simplefilter("ignore", ResourceWarning)
        convert("漢", "zh-hans")
    return cast("Callable[[str, str], str]", convert)


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    if char in _HYPHENS:
        return "-"
    if unicodedata.category(char) == "Cf":
        return ""
    folded = unicodedata.normalize("NFKC", char).lower()
    if is_chinese(char):
        # A character that GB 2312 lacks may be traditional; asking the converter only then keeps
        # its dictionary unread for simplified text.
        if char in _IN_BOTH:
            return _IN_BOTH[char]
        try:
            char.encode("gb2312")
        except UnicodeEncodeError:
            folded = _to_simplified()(char, "zh-hans")
    return folded


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is the folded text; ``offsets[i]`` the original offset of its character i.

    ``offsets`` has one entry more than ``text``: the length of the original.
    """

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Original span of the folded span ``start:end`` (``end`` > ``start``)."""
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold ``text`` and remember where each folded character came from."""
    return _fold_again(text) if len(text) <= _REMEMBERED else _fold(text)


@lru_cache(maxsize=2048)
def _fold_again(text: str) -> Folded:
    return _fold(text)


def _fold(text: str) -> Folded:
    chars: list[str] = []
    offsets: list[int] = []
    space = -1  # where the white space began that is still to be written
    for position, char in enumerate(text):
        for folded in _fold_char(char):
            if folded.isspace():
                space = position if space < 0 else space
                continue
            if space >= 0 and not (is_chinese(folded) or (chars and is_chinese(chars[-1]))):
                chars.append(" ")
                offsets.append(space)
            space = -1
            chars.append(folded)
            offsets.append(position)
    if space >= 0 and not (chars and is_chinese(chars[-1])):
        chars.append(" ")
        offsets.append(space)
    offsets.append(len(text))
    return Folded("".join(chars), tuple(offsets))


class _FoldedChars(dict[int, str]):
    """``str.translate``'s table of what each character folds to, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_char(chr(code))
        return folded


_CHARS = _FoldedChars()


@lru_cache(maxsize=4096)
def folded_text(text: str) -> str:
    """The folded text alone: ``fold(text).text``, several times as fast.

    The names of the terminology, fifteen thousand, are folded whenever a process begins to answer.
    """
    if text.isascii():  # most names of the terminology; nothing to look up in Unicode tables
        return _SPACE.sub(" ", text.lower())
    return _BESIDE_CHINESE.sub("", _SPACE.sub(" ", text.translate(_CHARS)))
