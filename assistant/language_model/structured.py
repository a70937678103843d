"""An answer in JSON, complete or broken off, as lines of text with its citations as markers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

# How such an answer begins; in quotation marks the whole of it is one string.
STARTS = ("{", '["', "[{", "[ {", "[\n", '"')
_TEXT = re.compile(
    r'"(?:text|sentence|statement|content|claim|answer|句子|内容|回答|答案)"\s*:\s*"((?:[^"\\]|\\.)*)"?'
    r'(?:\s*,\s*"(?:citations?|cites?|sources?|passages?|refs?|引用|来源)"\s*:\s*(\[[^\]]*\]?|"[^"]*"|\d+))?'
)


def lines_of(text: str) -> Iterator[str]:
    """The lines that ``text`` says; of what is no answer in JSON none."""
    if text.startswith('"'):
        yield from _of_string(text)
        return
    for match in _TEXT.finditer(text):
        try:
            said = json.loads(f'"{match.group(1)}"', strict=False)
        except ValueError:
            continue
        numbers = re.findall(r"\d+(?:\s*-\s*\d+)?", match.group(2) or "")
        for line in said.splitlines():
            yield f"{line}{''.join(f'[{n}]' for n in numbers)}"


def _of_string(text: str) -> Iterator[str]:
    """The lines of a string; a text that only begins with a quotation is its own lines."""
    try:
        said = json.loads(text, strict=False)
    except ValueError:
        said = text
    yield from said.splitlines()
