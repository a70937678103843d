"""Cleaning by named rules. Each rule says how often it acted; nothing else here drops text.

The readers before it do: ``ingest.html`` leaves behind what stands outside the article, and pictures.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from ingest.blocks import Block, Grid, Heading, Inline, ItemList, Paragraph
from ingest.folding import is_chinese
from ingest.types import RuleCount

_MONTH = re.compile(r"(\d{1,2})\s*月\s*(\d{4})|(\d{4})\s*年?[-/ ]?\s*(\d{1,2})(?!\d)")
_ENGLISH_MONTH = re.compile(r"\b([A-Z][a-z]{2})[a-z]*\.?\s+(\d{4})")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_HEAD = 8  # blocks at the top of a page among which author and review date stand
_FOOTER = 12  # blocks; what follows a copyright line for longer than this is no page footer
_META_LENGTH = 160  # characters; a line that names an author or a date is shorter
_TABLE_NUMBER = re.compile(r"(?:表|Table)\s*\d", re.IGNORECASE)
_FULL_WIDTH = frozenset("，。、；：？！（）《》「」『』【】“”‘’…—")
_CONNECTOR = re.compile(r"^(?:和|或|和/或|and|or|and/or)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _FurnitureRule:
    name: str
    equals: frozenset[str]
    contains: tuple[str, ...]
    starts: tuple[str, ...]
    to_end: bool

    def matches(self, text: str) -> bool:
        squeezed = _squeeze(text)
        return (
            squeezed in self.equals
            or any(_squeeze(part) in squeezed for part in self.contains)
            or any(squeezed.startswith(_squeeze(start)) for start in self.starts)
        )


@dataclass(frozen=True, slots=True)
class _Furniture:
    rules: tuple[_FurnitureRule, ...]
    author: re.Pattern[str]
    reviewed: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Blocks after cleaning; ``meta`` are positions of the paragraphs that say who wrote and
    reviewed the document, ``reviewed`` is the month they name; ``captions`` are positions of the
    headings that title a table and nothing else."""

    blocks: tuple[Block, ...]
    rules: tuple[RuleCount, ...]
    meta: frozenset[int]
    reviewed: str
    captions: frozenset[int] = frozenset()


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


@cache
def _furniture() -> _Furniture:
    data = tomllib.loads((files("ingest") / "data" / "furniture.toml").read_text("utf-8"))
    rules = tuple(
        _FurnitureRule(
            name,
            frozenset(_squeeze(entry) for entry in rule.get("equals", ())),
            tuple(rule.get("contains", ())),
            tuple(rule.get("starts", ())),
            bool(rule.get("to_end", False)),
        )
        for name, rule in data["rules"].items()
    )
    author, reviewed = (re.compile("|".join(data["metadata"][k])) for k in ("author", "reviewed"))
    return _Furniture(rules, author, reviewed)


def clean(blocks: tuple[Block, ...]) -> Cleaned:
    """Apply every rule in turn and count what it did."""
    counts: Counter[str] = Counter()
    kept = _drop_furniture(list(blocks), counts)
    kept = _drop_link_lists(kept, counts)
    kept, titles = _drop_repeated_captions(kept, counts)
    kept = [_clean_grid(b, counts) if isinstance(b, Grid) else b for b in kept]
    kept = [_join_lines(b) for b in kept if not _is_empty(b, counts)]
    furniture = _furniture()
    meta: set[int] = set()
    reviewed = ""
    for i, block in enumerate(kept[:_HEAD]):
        if not isinstance(block, Paragraph) or _is_prose(block.inline.text):
            continue
        if furniture.author.match(block.inline.text):
            meta.add(i)
        elif furniture.reviewed.match(block.inline.text):
            meta.add(i)
            reviewed = reviewed or review_month(block.inline.text)
    return Cleaned(
        tuple(kept),
        tuple(RuleCount(rule, n) for rule, n in sorted(counts.items())),
        frozenset(meta),
        reviewed,
        frozenset(i for i, block in enumerate(kept) if _titles_table(block, titles)),
    )


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence rather than the name of an author or a date."""
    return len(text) > _META_LENGTH or text.rstrip().endswith(("。", ".", "！", "？", "!", "?"))


def review_month(text: str) -> str:
    """The month that a review line names, "YYYY-MM", or ""."""
    match = _MONTH.search(text)
    if match:
        month, year, year2, month2 = match.groups()
        return f"{year or year2}-{int(month or month2):02d}"
    match = _ENGLISH_MONTH.search(text)
    if match and match.group(1) in _MONTHS:
        return f"{match.group(2)}-{_MONTHS.index(match.group(1)) + 1:02d}"
    return ""


def _text(block: Block) -> str:
    return block.inline.text if isinstance(block, Heading | Paragraph) else ""


def _drop_furniture(blocks: list[Block], counts: Counter[str]) -> list[Block]:
    kept: list[Block] = []
    for i, block in enumerate(blocks):
        rule = None
        if isinstance(block, Paragraph):
            rule = next((r for r in _furniture().rules if r.matches(block.inline.text)), None)
        if rule is None:
            kept.append(block)
        elif not rule.to_end:
            counts[rule.name] += 1
        elif len(blocks) - i > _FOOTER or any(isinstance(later, Heading) for later in blocks[i:]):
            kept.append(block)
        else:
            counts[rule.name] += len(blocks) - i
            break
    return kept


def _drop_link_lists(blocks: list[Block], counts: Counter[str]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        if (
            isinstance(block, ItemList)
            and block.items
            and all(
                item.inline.links
                and all(link.href.startswith("#") for link in item.inline.links)
                and len(item.inline.text.strip(" |")) <= sum(k.end - k.start for k in item.inline.links) + 2
                for item in block.items
            )
        ):
            counts["in_page_links"] += len(block.items)
        else:
            kept.append(block)
    return kept


def _titles_table(block: Block, repeated: set[str]) -> bool:
    """Whether a heading before a table is the table's title, not that of a section.

    A page that prints the title as a label above the table as well, or numbers its tables, says so.
    """
    text = _text(block)
    return isinstance(block, Heading) and (_squeeze(text) in repeated or bool(_TABLE_NUMBER.match(text)))


def _drop_repeated_captions(blocks: list[Block], counts: Counter[str]) -> tuple[list[Block], set[str]]:
    kept: list[Block] = []
    titles: set[str] = set()
    for i, block in enumerate(blocks):
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        if (
            isinstance(block, Paragraph)
            and isinstance(following, Heading)
            and i + 2 < len(blocks)
            and isinstance(blocks[i + 2], Grid)
            and _squeeze(block.inline.text) == _squeeze(following.inline.text)
        ):
            counts["repeated_caption"] += 1
            titles.add(_squeeze(block.inline.text))
        else:
            kept.append(block)
    return kept, titles


def _clean_grid(grid: Grid, counts: Counter[str]) -> Grid:
    def cell(inline: Inline) -> Inline:
        text = inline.text
        if text.startswith("\\"):
            counts["doubled_escape"] += 1
            text = text.lstrip("\\")
        if "\n" not in text:
            return inline if text == inline.text else Inline(text)
        counts["cell_line_breaks"] += text.count("\n")
        joined = ""
        for line in (part.strip() for part in text.split("\n")):
            if not line:
                continue
            if not joined:
                joined = line
            elif _CONNECTOR.match(line) or _CONNECTOR.match(joined.rsplit(" ", 1)[-1]):
                joined += " " + line
            else:
                joined += "；" + line
        return Inline(joined)

    return Grid(tuple(cell(c) for c in grid.header), tuple(tuple(cell(c) for c in row) for row in grid.rows))


def _is_empty(block: Block, counts: Counter[str]) -> bool:
    match block:
        case Grid(header=header, rows=rows):
            empty = not any(c.text.strip() for row in (header, *rows) for c in row)
            rule = "empty_table"
        case ItemList(items=items):
            empty, rule = not items, "empty_list"
        case _:
            empty, rule = not _text(block).strip(), "empty_paragraph"
    if empty:
        counts[rule] += 1
    return empty


def _join_lines(block: Block) -> Block:
    """Join the lines of a run of text: no space inside Chinese, one space elsewhere."""
    match block:
        case Heading() | Paragraph():
            return replace(block, inline=_joined(block.inline))
        case ItemList(items=items):
            return ItemList(tuple(replace(item, inline=_joined(item.inline)) for item in items))
        case Grid():
            return block


def _joined(inline: Inline) -> Inline:
    if "\n" not in inline.text:
        return inline
    text = ""
    moved: list[int] = []  # new offset of each old one, so that bold text and links stay in place
    for i, char in enumerate(inline.text):
        moved.append(len(text))
        if char != "\n":
            text += char
        elif _need_space(text[-1:], inline.text[i + 1 : i + 2]):
            text += " "
    moved.append(len(text))
    return Inline(
        text,
        tuple((moved[start], moved[end]) for start, end in inline.strong),
        tuple(replace(link, start=moved[link.start], end=moved[link.end]) for link in inline.links),
    )


def _need_space(before: str, after: str) -> bool:
    """Whether joined lines need a space: not between Chinese, not beside full-width punctuation."""
    if any(char and char in _FULL_WIDTH for char in (before, after)):
        return False
    return not (is_chinese(before) and is_chinese(after))
