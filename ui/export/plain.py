"""One answer as plain text with its sources, for the clipboard."""

from __future__ import annotations

from itertools import groupby

from assistant.types import Citation, ErratumNote
from ui.state import Exchange, citations_of
from ui.strings import Texts


def plain_text(exchange: Exchange, texts: Texts) -> str:
    """The answer, then where each marker comes from, then what it is not."""
    if exchange.answer is None:
        return texts("error_ask")
    lines = [unescaped(exchange.answer.text)]
    for place, cited in groupby(citations_of(exchange), key=place_of):
        lines.append("".join(f"[{c.marker}]" for c in cited) + f" {place}")
    return "\n".join([*lines[:1], *([""] if lines[1:] else []), *lines[1:], "", texts("disclaimer")])


def place_of(citation: Citation) -> str:
    """Title and section path of a citation."""
    return " › ".join((citation.title, *citation.section_path))


def erratum_text(note: ErratumNote, texts: Texts) -> str:
    """A known error in one line."""
    return f"{texts('erratum_confirmed' if note.confirmed else 'erratum_unconfirmed')} {note.right}"


def unescaped(markdown: str) -> str:
    """Markdown without the backslashes that keep its characters from meaning something."""
    kept: list[str] = []
    escaped = False
    for char in markdown:
        if char == "\\" and not escaped:
            escaped = True
            continue
        kept.append("\\" + char if escaped and char.isalnum() else char)
        escaped = False
    return "".join(kept)
