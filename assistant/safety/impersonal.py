"""Questions that speak of nobody: "Spell out what POEMS stands for"."""

from __future__ import annotations

import re

from ingest.folding import folded_text

_TELLING = re.compile(
    r"(?:告诉|(?:给|跟|和|帮|替)(?=我们?(?:讲|说|看|查|找|列|解释|介绍|总结|概括|梳理)))我们?"
    r"|\b(?:tell|give|show|remind|walk|talk|fill|help|let) (?:me|us)\b"
    r"|\b(?:can|could|would|will) you\b|能不能|请你"
)
_SOMEBODY = re.compile(
    r"我|俺|咱|你|您|他(?!们都)|她|[爸妈爹娘]|老[公婆伴]"
    r"|\b(?:i|my|me|we|us|our|you|your|he|his|him|she|her|they|their|them|i'\w+|you'\w+)\b"
)


def speaks_of_nobody(text: str) -> bool:
    """Whether a message names nobody for whom anything could be done.

    >>> speaks_of_nobody("Tell me what POEMS stands for"), speaks_of_nobody("帮我造40个病人的游离轻链")
    (True, False)
    """
    return not _SOMEBODY.search(_TELLING.sub(" ", folded_text(text)))
