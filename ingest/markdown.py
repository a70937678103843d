"""Markdown → blocks, through markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.blocks import Block, Grid, Heading, Inline, Item, ItemList, Link, Paragraph

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# "> 60%" at the head of a line or list item is an inequality; "> 1. text" and "> 2024年" are quotations.
_INEQUALITY = re.compile(
    r"^([ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?)>(?=[ \t]*\d+(?:\.\d+)?(?![\d.)、]|[ \t]*年))"
)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# HTML stays text: in clinical prose "<3.5 mg/L" is an inequality far more often than a tag.
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Front matter (scalar values as text) and the body; ({}, text) where there is none.

    Front matter that is not valid YAML is treated as part of the body: nothing is lost.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    try:
        loaded: Any = yaml.safe_load(match.group(1))
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date that does not exist
        return {}, text
    if not isinstance(loaded, dict):
        return {}, text
    return {str(k): str(v) for k, v in loaded.items() if v is not None}, text[match.end() :]


def parse_markdown(body: str) -> tuple[Block, ...]:
    """Blocks of a Markdown body in reading order."""
    return tuple(_blocks(_PARSER.parse(_with_inequalities(body.replace("\x00", "")))))


def without_comments(body: str) -> tuple[str, int]:
    """``body`` without its HTML comments, which no reader sees, and how many there were."""
    return _COMMENT.subn("", body)


def _with_inequalities(body: str) -> str:
    """Escape a ">" that compares, so that it is not lost as the mark of a quotation."""
    lines = body.split("\n")
    for i, line in enumerate(lines):
        in_quotation = i > 0 and lines[i - 1].lstrip().startswith(">")
        if ">" in line and not in_quotation:
            lines[i] = _INEQUALITY.sub(r"\1\\>", line)
    return "\n".join(lines)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    i = 0
    table: Grid | None = None  # the block just before, if it is a table
    while i < len(tokens):
        token, before, table = tokens[i], table, None
        if token.type == "heading_open":
            yield Heading(int(token.tag[1]), _inline(tokens[i + 1]))
            i += 3
        elif token.type == "paragraph_open":
            yield Paragraph(_inline(tokens[i + 1]))
            i += 3
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            end = _closing(tokens, i)
            items = tuple(_items(tokens[i : end + 1]))
            if token.markup == "*" and before is not None and _bears_asterisk(before):
                # "* note" below a table that bears the mark is its footnote, not a list
                yield from (Paragraph(_shifted("* ", item.inline)) for item in items)
            else:
                yield ItemList(items)
            i = end + 1
        elif token.type == "table_open":
            end = _closing(tokens, i)
            table = _grid(tokens[i : end + 1])
            yield table
            i = end + 1
        elif token.type in ("fence", "code_block"):
            yield Paragraph(Inline(token.content.strip("\n")))
            i += 1
        else:
            i += 1


def _bears_asterisk(grid: Grid) -> bool:
    return any("*" in cell.text for row in (grid.header, *grid.rows) for cell in row)


def _shifted(prefix: str, inline: Inline) -> Inline:
    n = len(prefix)
    return Inline(
        prefix + inline.text,
        tuple((start + n, end + n) for start, end in inline.strong),
        tuple(Link(link.start + n, link.end + n, link.href) for link in inline.links),
    )


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Position of the token that closes the one at ``start``."""
    for i in range(start + 1, len(tokens)):
        if tokens[i].level == tokens[start].level and tokens[i].nesting == -1:
            return i
    return len(tokens) - 1


def _items(tokens: Sequence[Token]) -> Iterator[Item]:
    depth = -1
    ordered: list[int | None] = []
    for i, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
            start = token.attrGet("start")
            first = int(start) if start is not None else 1
            ordered.append(first - 1 if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            ordered.pop()
        elif token.type == "list_item_open":
            counter = ordered[-1]
            if counter is not None:
                ordered[-1] = counter + 1
        elif token.type == "inline":
            inline = _inline(token)
            if inline.text.strip():
                yield Item(inline, max(depth, 0), ordered[-1])
        elif token.type in ("fence", "code_block") and token.content.strip():
            yield Item(Inline(tokens[i].content.strip()), max(depth, 0), None)


def _grid(tokens: Sequence[Token]) -> Grid:
    rows: list[tuple[Inline, ...]] = []
    cells: list[Inline] = []
    header: tuple[Inline, ...] = ()
    for token in tokens:
        if token.type == "inline":
            cells.append(_inline(token))
        elif token.type == "tr_close":
            rows.append(tuple(cells))
            cells = []
        elif token.type == "thead_close":
            header, rows = rows[0], []
    return Grid(header, tuple(rows))


def _inline(token: Token) -> Inline:
    text = ""
    strong: list[tuple[int, int]] = []
    links: list[Link] = []
    open_strong: list[int] = []
    open_link: list[tuple[int, str]] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline", "text_special"):
            text += child.content
        elif child.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif child.type == "strong_open":
            open_strong.append(len(text))
        elif child.type == "strong_close" and open_strong:
            strong.append((open_strong.pop(), len(text)))
        elif child.type == "link_open":
            open_link.append((len(text), str(child.attrGet("href") or "")))
        elif child.type == "link_close" and open_link:
            start, href = open_link.pop()
            links.append(Link(start, len(text), href))
        elif child.type == "image":
            text += child.content  # the alternative text; the picture itself is never fetched
    if _LINE_BREAK.search(text):
        return _with_breaks(text)
    return Inline(text, tuple(strong), tuple(links))


def _with_breaks(text: str) -> Inline:
    """A cell with ``<br>``: its lines separated by newlines (markup offsets are given up)."""
    return Inline("\n".join(line.strip() for line in _LINE_BREAK.split(text)))
