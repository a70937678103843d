"""Grouping of passages into chunks, the unit that is embedded and retrieved."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ingest.types import Chunk, Passage, Source

# Characters; about a paragraph.
TARGET = 240


def chunks_of(source: Source) -> tuple[Chunk, ...]:
    """Chunks of a source in reading order.

    A chunk never crosses a section. A table stays in one piece with its header and footnotes, a
    list with its lead-in; paragraphs are joined up to about ``TARGET`` characters.
    """
    return tuple(
        chunk
        for _, run in groupby(range(len(source.passages)), lambda i: source.passages[i].section)
        for chunk in _section_chunks(source, list(run))
    )


def _section_chunks(source: Source, positions: list[int]) -> Iterator[Chunk]:
    current: list[int] = []
    for group in _units(source, positions):
        size = sum(len(source.passages[i].text) for i in (*current, *group))
        if current and size > TARGET:
            yield _chunk(source, current)
            current = []
        current += group
    if current:
        yield _chunk(source, current)


def _units(source: Source, positions: list[int]) -> Iterator[list[int]]:
    """Passages that must stay together: a table with its footnotes, a list with its lead-in."""
    passages = source.passages
    unit: list[int] = []
    for i in positions:
        previous = passages[unit[-1]] if unit else None
        if previous is not None and not _belongs(previous, passages[i]):
            yield unit
            unit = []
        unit.append(i)
    if unit:
        yield unit


def _belongs(previous: Passage, passage: Passage) -> bool:
    if passage.kind in ("row", "footnote"):
        return previous.kind == "caption" or (
            previous.kind in ("row", "footnote") and previous.group == passage.group
        )
    if passage.kind == "item":
        is_lead_in = previous.kind == "sentence" and passage.lead.endswith(previous.text)
        return is_lead_in or (previous.kind == "item" and previous.group == passage.group)
    return False


def _chunk(source: Source, positions: list[int]) -> Chunk:
    first, last = positions[0], positions[-1]
    passage = source.passages[first]
    path = [source.title] if source.title not in source.sections[passage.section].path else []
    leads = [*path, *source.sections[passage.section].path]
    for i in positions:
        p = source.passages[i]
        for extra in (p.topic, p.lead):
            if extra and extra not in leads:
                leads.append(extra)
    text = "\n".join(source.passages[i].text for i in positions)
    return Chunk(source.id, first, last, passage.section, " / ".join(leads), text)
