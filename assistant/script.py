"""Traditional characters for a question in traditional characters.

An answer is made in simplified characters and converted once, at the end. Only the characters change:
no word is replaced by that of another region, so every name folds back to what it was. What is quoted
from a source stays as the source has it.
"""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.types import Answer
from ingest.folding import folded_text, is_chinese


@dataclass(frozen=True, slots=True)
class _Spelling:
    """``words`` go before the converter's dictionary; ``variants`` are put right after it."""

    words: dict[str, str]
    variants: dict[int, str]


@cache
def _spelling() -> _Spelling:
    data = tomllib.loads((files("assistant") / "data" / "script.toml").read_text("utf-8"))
    return _Spelling(data["words"], str.maketrans(data["variants"]))


def is_traditional(texts: Sequence[str]) -> bool:
    """Whether the last of ``texts`` that tells is written in traditional characters.

    A text tells if it has characters that only one of the two scripts has; the more frequent script
    counts, for a simplified text may hold a variant or a name in the other.
    """
    for text in reversed(texts):
        chinese = [char for char in text if is_chinese(char)]
        # A character that folding changes is traditional, one that Big5 lacks is simplified.
        traditional = sum(folded_text(char) != char for char in chinese)
        simplified = sum(map(_is_simplified, chinese))
        if traditional or simplified:
            return traditional > simplified
    return False


def to_simplified(text: str) -> str:
    """``text`` with each traditional character as its simplified one; nothing else changes."""
    return "".join(folded_text(char) if is_chinese(char) else char for char in text)


def to_traditional(text: str) -> str:
    """``text`` in traditional characters. Letters, digits and markers are not touched."""
    from zhconv import convert

    with warnings.catch_warnings():  # zhconv leaves the file of its dictionary to the garbage collector
        warnings.simplefilter("ignore", ResourceWarning)
        converted: str = convert(text, "zh-hant", _spelling().words)
    return converted.translate(_spelling().variants)


def in_script_of(answer: Answer, questions: Sequence[str]) -> Answer:
    """A Chinese answer in the script of the conversation (its ``questions``, the newest last)."""
    if answer.language != "zh" or not is_traditional(questions):
        return answer
    return replace(
        answer,
        text=to_traditional(answer.text),
        standalone=to_traditional(answer.standalone),
        sentences=tuple(replace(s, text=to_traditional(s.text)) for s in answer.sentences),
        notices=tuple(replace(n, text=to_traditional(n.text)) for n in answer.notices),
    )


def _is_simplified(char: str) -> bool:
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return True
    return False
