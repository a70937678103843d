"""How a text is compared with what gold names: its spelling, and the way to a section."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# What counts of an answer: about what a reader reads before deciding.
MAX_CHINESE, MAX_ENGLISH = 600, 1500
_CJK_SPACE = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")


def normalise(text: str) -> str:
    """NFKC, and no white space beside Chinese characters."""
    return _CJK_SPACE.sub("", unicodedata.normalize("NFKC", text))


def along(fragments: Sequence[str], path: Sequence[str]) -> bool:
    """Whether the title fragments occur along the path, in order."""
    position = 0
    for fragment in fragments:
        while position < len(path) and fragment not in path[position]:
            position += 1
        if position == len(path):
            return False
    return True
