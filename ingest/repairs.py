"""Repairs of damage that the document itself lets us prove; everything else is only marked.

One kind of damage is common enough on converted pages to be worth a rule: an inequality that an
HTML parser took for a tag, ``<3.5mcg>< 297="">`` for ``<3.5 mcg/mL (<297 nmol/L)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.blocks import Block, Grid, Heading, Inline, ItemList, Paragraph

_EATEN = re.compile(
    r"<\s*(?P<a>\d+(?:\.\d+)?)\s*(?P<unit>[A-Za-zµμ]+)\s*>\s*<\s*(?P<b>\d+(?:\.\d+)?)\s*=\s*\"\"\s*>"
)
_PAIR = re.compile(
    r"[≥>≤<]\s*(?P<a>\d+(?:\.\d+)?)\s*(?P<unit>[A-Za-zµμ]+/[A-Za-z]+)\s*[(（]\s*[≥>≤<]\s*"
    r"(?P<b>\d+(?:\.\d+)?)\s*(?P<unit2>[A-Za-zµμ]+/[A-Za-z]+)\s*[)）]"
)


@dataclass(frozen=True, slots=True)
class BlockRepair:
    """A repair before the text has offsets."""

    rule: str
    before: str
    after: str
    evidence: str
    proven: bool


def repair_blocks(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[BlockRepair, ...]]:
    """Blocks with proven damage put right, and what was found, in reading order."""
    texts = [inline.text for block in blocks for inline in _inlines(block)]
    if not any(_EATEN.search(text) for text in texts):
        return blocks, ()
    pairs = [m for text in texts for m in _PAIR.finditer(text)]
    found: list[BlockRepair] = []

    def mend(inline: Inline) -> Inline:
        def put_right(match: re.Match[str]) -> str:
            repair = _mend(match, pairs)
            found.append(repair)
            return repair.after

        text = _EATEN.sub(put_right, inline.text)
        return inline if text == inline.text else Inline(text)

    return tuple(_map_inlines(block, mend) for block in blocks), tuple(found)


def _mend(match: re.Match[str], pairs: list[re.Match[str]]) -> BlockRepair:
    rule, before = "inequality_read_as_tag", match.group()
    for pair in pairs:
        if pair["unit"].startswith(match["unit"] + "/") and _same_factor(match, pair):
            after = f"<{match['a']} {pair['unit']} (<{match['b']} {pair['unit2']})"
            evidence = (
                f"{pair.group()} in the same document: {match['a']} and {match['b']} stand in the "
                f"same ratio as {pair['a']} and {pair['b']} within rounding"
            )
            return BlockRepair(rule, before, after, evidence, True)
    return BlockRepair(rule, before, before, "no second limit in the document proves the units", False)


def _same_factor(first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether one conversion factor explains both printed pairs, given their rounding."""
    lows, highs = [], []
    for pair in (first, second):
        a, b = Decimal(pair["a"]), Decimal(pair["b"])
        half = Decimal(1).scaleb(int(b.as_tuple().exponent)) / 2
        lows.append((b - half) / a)
        highs.append((b + half) / a)
    return max(lows) <= min(highs)


def _inlines(block: Block) -> list[Inline]:
    match block:
        case Heading(inline=inline) | Paragraph(inline=inline):
            return [inline]
        case ItemList(items=items):
            return [item.inline for item in items]
        case Grid(header=header, rows=rows):
            return [cell for row in (header, *rows) for cell in row]


def _map_inlines(block: Block, change: Callable[[Inline], Inline]) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, inline=change(block.inline))
        case ItemList(items=items):
            return ItemList(tuple(replace(i, inline=change(i.inline)) for i in items))
        case Grid(header=header, rows=rows):
            return Grid(tuple(change(c) for c in header), tuple(tuple(change(c) for c in r) for r in rows))
