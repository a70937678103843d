from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from index.errors import IndexMismatch
from index.records import read_chunks, read_sources, write_chunks, write_sources
from ingest.types import (
    Chunk,
    Finding,
    Passage,
    Reference,
    Repair,
    RuleCount,
    Section,
    Source,
    Table,
)

TEXT = "肾功能\u2028不全。\n第二行"
# Every field has a value other than its default: one that is not stored comes back different.
SOURCE = Source(
    id="a",
    title="题",
    text=TEXT,
    sections=(
        Section("节", 2, ("章", "节"), 0, 9, "anchor", (Reference(1, "文", "1", "10.1/x", "https://x"),)),
    ),
    passages=(
        Passage(0, 7, TEXT[0:7], "row", 0, 3, "头", "小标题", ((0, 2), (2, 7)), (0,), (1, 2), ("E1",)),
    ),
    tables=(Table("表", ("甲", "乙"), (0,), (0,), 3),),
    language="zh",
    sha256="ab",
    audience="patient",
    edition="2",
    reviewed="2024-08",
    licence="CC BY 4.0",
    url="https://example.org",
    rules=(RuleCount("r", 2),),
    repairs=(Repair("r", 0, 2, "前", "后", "证据", True),),
    findings=(Finding("d", 0, 1, "m"),),
)


def test_round_trip_keeps_every_field(tmp_path: Path) -> None:
    write_sources(tmp_path / "s", [SOURCE, replace(SOURCE, id="b")])
    assert read_sources(tmp_path / "s") == [SOURCE, replace(SOURCE, id="b")]


@pytest.mark.parametrize(
    "record",
    [
        SOURCE,
        SOURCE.sections[0],
        SOURCE.sections[0].references[0],
        SOURCE.passages[0],
        SOURCE.tables[0],
        SOURCE.repairs[0],
    ],
    ids=lambda record: type(record).__name__,
)
def test_the_example_leaves_no_field_at_its_default(record: Source | Section | Passage) -> None:
    assert [f.name for f in fields(record) if getattr(record, f.name) == f.default] == []


def test_chunks_round_trip(tmp_path: Path) -> None:
    chunks = [Chunk("a", 0, 2, 1, "头", "文\n行")]
    write_chunks(tmp_path / "c", chunks)
    assert read_chunks(tmp_path / "c") == chunks


@pytest.mark.parametrize("line", ["{}", "[1]", "nonsense", '{"id": "a"}'])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "s"
    write_sources(path, [SOURCE])
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(IndexMismatch, match="line 2: not a record"):
        read_sources(path)


def test_a_passage_that_is_not_its_span_is_refused(tmp_path: Path) -> None:
    wrong = replace(SOURCE, passages=(replace(SOURCE.passages[0], text="别的"),))
    with pytest.raises(ValueError, match="a: passage 0:7 is not its span"):
        write_sources(tmp_path / "s", [wrong])
