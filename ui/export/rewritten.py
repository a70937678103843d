"""The Markdown of an answer written anew: its plain structure, and every other character as a character.

What a document or a language model put into an answer must not become a link, a picture or a tag in
whatever program opens the exported file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.markdown import escape
from ui.chat.answer_html import tokens_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_MARKS = {"strong_open": "**", "strong_close": "**", "em_open": "*", "em_close": "*"}


def rewritten(markdown: str) -> str:
    """The answer as safe Markdown."""
    return "\n".join(_lines(tokens_of(markdown))).strip()


def _lines(tokens: list[Token]) -> Iterator[str]:
    lists: list[str] = []  # the marks of the lists that are open
    row: list[str] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append("- " if token.type == "bullet_list_open" else "1. ")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
            if not lists:
                yield ""
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield "| " + " | ".join(row) + " |"
        elif token.type == "thead_close":
            yield "| --- " * len(row) + "|"
        elif token.type == "table_close":
            yield ""
        elif token.type == "inline" and token.level >= 4 and not lists:  # table › part › row › cell
            row.append(_inline(token, " ").replace("|", "\\|"))
        elif token.type == "inline" and lists:
            indent = "   " * (len(lists) - 1)
            yield indent + lists[-1] + _inline(token, "\n" + indent + "  ")
        elif token.type == "inline":
            yield _inline(token, "\n")
            yield ""


def _inline(inline: Token, line_break: str) -> str:
    parts: list[str] = []
    for token in inline.children or []:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(line_break)
        else:
            parts.append(_MARKS.get(token.type) or escape(token.content))
    return "".join(parts)
