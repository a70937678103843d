"""Text of a document as Markdown: cleaned for reading, and safe."""

from __future__ import annotations

import re
from collections.abc import Collection

from ingest.references import without_marks

_CJK_SPACE = re.compile(r"(?<=[\u3400-\u9fff，。；：、（）]) +| +(?=[\u3400-\u9fff，。；：、（）])")
_MARKDOWN = re.compile(r"[\\`*_\[\]]")
# What would make a line a heading, a quotation (and swallow "> 60%") or a list.
_LINE_START = re.compile(r"^(?=[#>+=-])|^\d{1,9}(?=[.)](?:\s|$))")
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")


def readable(text: str, marks: Collection[int] = ()) -> str:
    """A quotation for reading: the citation marks of the references ``marks`` and stray spaces
    inside Chinese removed."""
    return _CJK_SPACE.sub("", " ".join(without_marks(text, marks).split()))


def escape(text: str) -> str:
    """Text from a document made safe inside Markdown, with as few changes as a reader may notice.

    A tilde between numbers would strike text through and has a full-width twin; emphasis, links,
    code, tags and what starts a block are escaped.
    """
    text = text.replace("~", "～")
    text = _MARKDOWN.sub(r"\\\g<0>", text)
    text = _LINE_START.sub(r"\g<0>\\", text)
    return _TAG.sub("&lt;", text)
