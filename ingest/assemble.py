"""Cleaned blocks → the text of a source with its sections, passages, tables and references."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.blocks import Grid, Heading, ItemList, Paragraph
from ingest.cleaning import Cleaned
from ingest.document_builder import ANCHOR, DocumentBuilder
from ingest.lists import write_items, write_references
from ingest.paragraphs import write_paragraph
from ingest.references import is_reference_heading
from ingest.tables import write_footnote, write_table
from ingest.types import Passage, Section, Table


@dataclass(frozen=True, slots=True)
class Assembled:
    """The text of a source and what stands where in it."""

    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]


def assemble(cleaned: Cleaned, title: str) -> Assembled:
    """Write the blocks out as one text; the spans of everything are offsets in it."""
    b = DocumentBuilder(title)
    blocks = cleaned.blocks
    in_references = False
    table_section = False
    for i, block in enumerate(blocks):
        is_note = isinstance(block, Paragraph) and b.after_table_mark(block.inline.text)
        if table_section and not isinstance(block, Grid) and not is_note:
            table_section = False
            b.close_sections(b.sections[b.open[-1]].level)
        match block:
            case Heading():
                text = ANCHOR.sub("", block.inline.text.strip())
                in_references = is_reference_heading(text)
                b.last_lead = ""
                b.open_section(block)
                titles_table = i + 1 < len(blocks) and isinstance(blocks[i + 1], Grid)
                table_section = titles_table and i in cleaned.captions
                b.caption = text if titles_table else ""
            case Paragraph():
                after = blocks[i + 1] if i + 1 < len(blocks) else None
                if is_note:
                    write_footnote(b, block.inline.text.strip())
                else:
                    # Text after the list ends it; text between its heading and it does not.
                    in_references = in_references and not isinstance(blocks[i - 1], ItemList)
                    write_paragraph(b, block, i in cleaned.meta, after)
            case ItemList():
                if in_references:
                    write_references(b, block)
                else:
                    write_items(b, block)
            case Grid():
                write_table(b, block)
    b.close_sections(0)
    return Assembled("".join(b.pieces), tuple(b.sections), tuple(_valid_marks(b)), tuple(b.tables))


def _valid_marks(b: DocumentBuilder) -> list[Passage]:
    """A number in brackets is a citation only if the list of its section has that number."""
    return [
        replace(
            p,
            references=tuple(
                n for n in p.references if any(r.number == n for r in b.sections[p.section].references)
            ),
        )
        for p in b.passages
    ]
