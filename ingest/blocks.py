"""Blocks: the neutral form between a parser (Markdown, HTML) and the cleaned text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a run of text; ``start``/``end`` are offsets in that run."""

    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of plain text with what its markup said: bold spans and links."""

    text: str
    strong: tuple[tuple[int, int], ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    inline: Inline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; lines inside it are separated by a newline only where the author broke them."""

    inline: Inline


@dataclass(frozen=True, slots=True)
class Item:
    """A list item; ``depth`` counts from 0, ``number`` is None in a bullet list."""

    inline: Inline
    depth: int
    number: int | None


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list with its nested items flattened in reading order."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: header cells and body rows, each cell a run of text."""

    header: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]


Block = Heading | Paragraph | ItemList | Grid
