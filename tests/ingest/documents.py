"""Small documents for the tests, and the promises that every parsed document keeps."""

from __future__ import annotations

from pathlib import Path

from ingest.load import build_source
from ingest.readers import RawDocument
from ingest.types import Passage, Source


def source_of(text: str, name: str = "doc.md") -> Source:
    """``text`` taken apart as if it were a file of that name."""
    return build_source(RawDocument(Path(name), text, name.endswith(".html"), "0" * 64))


def passages_of(text: str, name: str = "doc.md") -> tuple[Passage, ...]:
    return source_of(text, name).passages


def texts_of(text: str, kind: str = "", name: str = "doc.md") -> list[str]:
    """Texts of the passages, of one kind if named."""
    return [p.text for p in passages_of(text, name) if kind in ("", p.kind)]


def rules_of(source: Source) -> dict[str, int]:
    return {rule.rule: rule.count for rule in source.rules}


def squeezed(text: str) -> str:
    return "".join(text.split())


def uncovered(source: Source) -> str:
    """What stands in ``source.text`` outside headings, passages, table headers, list markers and
    reference lists; white space apart it must be nothing."""
    text = source.text
    covered = bytearray(len(text))

    def cover(start: int, end: int) -> None:
        covered[start:end] = b"\1" * (end - start)

    for section in source.sections:
        heading = "#" * section.level + " " + section.title + "\n"
        if text.startswith(heading, section.start):
            cover(section.start, section.start + len(heading))
    for passage in source.passages:
        cover(passage.start, passage.end)
        if passage.kind == "item":  # its marker and indentation
            cover(text.rfind("\n", 0, passage.start) + 1, passage.start)
    cursor = 0
    for table in source.tables:
        header = " | ".join(table.header) + "\n"
        limit = source.passages[table.rows[0]].start if table.rows else len(text)
        at = text.rfind(header, cursor, limit) if table.rows else text.find(header, cursor)
        assert at >= 0, f"the header {table.header} is not in the text"
        cover(at, at + len(header))
        ends = (source.passages[i].end for i in (*table.rows, *table.footnotes))
        cursor = max(at + len(header), *ends) if table.rows else at + len(header)
    entries = {f"{r.number}. {r.text}" for s in source.sections for r in s.references}
    start = 0
    for line in text.split("\n"):
        if line in entries:
            cover(start, start + len(line))
        start += len(line) + 1
    return "".join(char for char, seen in zip(text, covered, strict=True) if not seen).strip()


def check_promises(source: Source) -> None:
    """The promises of ``ingest.types``: spans, order, sections, nothing lost between passages."""
    edge = 0
    for passage in source.passages:
        assert source.text[passage.start : passage.end] == passage.text
        assert passage.text.strip() == passage.text != ""
        assert passage.start >= edge, f"{passage.text!r} overlaps what stands before it"
        edge = passage.end
        section = source.sections[passage.section]
        assert section.start <= passage.start
        assert passage.end <= section.end
        inside = [s.title for s in source.sections if passage.start < s.start < passage.end]
        assert not inside, f"{passage.text!r} runs into the section {inside}"
        # No deeper section that is open here: the passage belongs to the innermost one.
        deeper = [
            s.title
            for s in source.sections
            if s is not section and s.start >= section.start and s.start <= passage.start < s.end
        ]
        assert not deeper, f"{passage.text!r} stands in {deeper}, not in {section.title}"
        for start, end in passage.cells:
            assert passage.start <= start <= end <= passage.end
        for note in passage.footnotes:
            assert source.passages[note].kind == "footnote"
            assert source.passages[note].group == passage.group
    assert uncovered(source) == ""
