"""Lists → items that can be cited with their lead-in, and reference lists."""

from __future__ import annotations

from dataclasses import replace

from ingest.blocks import ItemList
from ingest.document_builder import AFTER_TABLE, DocumentBuilder
from ingest.references import parse_reference
from ingest.types import Reference


def write_items(b: DocumentBuilder, block: ItemList) -> None:
    section = b.section()
    b.group += 1
    lead = b.last_lead if b.last_lead != AFTER_TABLE else ""
    lead = lead or b.sections[section].title
    outer: dict[int, str] = {}  # depth → the item under which deeper ones stand
    for item in block.items:
        text = " ".join(item.inline.text.split())
        start = b.write("  " * item.depth) + 2 * item.depth
        start += len(marker := "- " if item.number is None else f"{item.number}. ")
        b.write(marker + text + "\n")
        above = [outer[depth] for depth in sorted(outer) if depth < item.depth]
        b.add(start, text, "item", lead=" ".join([lead, *above]))
        outer = {depth: outer[depth] for depth in outer if depth < item.depth} | {item.depth: text}
    b.write("\n")
    b.last_lead = ""


def write_references(b: DocumentBuilder, block: ItemList) -> None:
    goes_on = b.without_references == len(b.sections)  # the list above, in another form
    known = b.sections[-1].references if goes_on else ()
    references: list[Reference] = []
    for position, item in enumerate(block.items, len(known) + 1):
        reference = parse_reference(item, position)
        if any(r.number == reference.number for r in (*known, *references)):  # numbered anew from 1
            reference = replace(reference, number=position)
        references.append(reference)
        b.write(f"{reference.number}. {reference.text}\n")
    b.write("\n")
    start = b.list_from if goes_on else b.without_references
    for i in range(start, len(b.sections)):
        b.sections[i] = replace(b.sections[i], references=(*known, *references))
    b.list_from, b.without_references = start, len(b.sections)
