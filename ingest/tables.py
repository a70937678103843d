"""Tables and their footnotes → rows that can be cited."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.blocks import Grid
from ingest.document_builder import AFTER_TABLE, FOOTNOTE_MARK, DocumentBuilder
from ingest.types import Passage, Table


def write_footnote(b: DocumentBuilder, text: str) -> None:
    """A paragraph below a table that starts with a footnote mark."""
    start = b.write(text + "\n")
    note = b.add(start, text, "footnote", lead=b.tables[-1].caption)
    b.tables[-1] = replace(b.tables[-1], footnotes=(*b.tables[-1].footnotes, note))
    _link_footnotes(b)


def write_table(b: DocumentBuilder, grid: Grid) -> None:
    b.section()
    b.group += 1
    caption = b.caption or b.sections[b.section()].title
    header = tuple(c.text.strip() for c in grid.header)
    b.write(" | ".join(header) + "\n")
    lead = f"{caption}（{' | '.join(h for h in header if h)}）" if any(header) else caption
    rows: list[int] = []
    notes: list[int] = []
    label = ""  # a row that only names the rows below it
    texts = [[c.text.strip() for c in row] for row in grid.rows]
    texts = [row for row in texts if any(row)]
    last_full = max((i for i, row in enumerate(texts) if sum(map(bool, row)) > 1), default=len(texts))
    for i, row in enumerate(texts):
        alone = sum(map(bool, row)) == 1 and len(row) > 1 and bool(row[0])
        is_note = alone and (i > last_full or bool(rows and FOOTNOTE_MARK.match(row[0])))
        cells: list[tuple[int, int]] = []
        begin = b.length
        filled = max(position for position, text in enumerate(row) if text)
        line = ""
        for position, text in enumerate(row[:1] if alone else row):
            if position:
                # A passage begins and ends with a visible character, also where its outer cells are empty.
                line += (" |" if line else "|") + (" " if position <= filled else "")
            cells.append((begin + len(line), begin + len(line) + len(text)))
            line += text
        b.write(line + "\n")
        text = line
        if is_note:
            notes.append(b.add(begin, text, "footnote", lead=caption))
        else:
            if alone:
                label = text
            topic = "" if alone else label
            rows.append(b.add(begin, text, "row", lead=lead, topic=topic, cells=tuple(cells)))
    b.write("\n")
    b.tables.append(Table(caption, header, tuple(rows), tuple(notes), b.group))
    _link_footnotes(b)
    b.caption, b.last_lead = "", AFTER_TABLE


def _link_footnotes(b: DocumentBuilder) -> None:
    """Give each row the footnotes whose mark it carries."""
    table = b.tables[-1]
    marks = {note: m.group() for note in table.footnotes if (m := _mark_of(b.passages[note]))}
    for row in table.rows:
        passage = b.passages[row]
        shown = {m.group() for m in FOOTNOTE_MARK.finditer(passage.text)}
        marked = tuple(note for note, mark in marks.items() if mark in shown)
        b.passages[row] = replace(passage, footnotes=marked)


def _mark_of(note: Passage) -> re.Match[str] | None:
    return FOOTNOTE_MARK.match(note.text)
