"""Sources and chunks as JSON lines: written and parsed here, typed everywhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from index.errors import IndexMismatch
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

T = TypeVar("T")
# JSON values: typed nowhere but checked by the constructors below, a wrong one is a broken file.
Json = Any


def write_sources(path: Path, sources: Iterable[Source]) -> None:
    """One source a line."""
    _write(path, (_source_to_json(source) for source in sources))


def read_sources(path: Path) -> list[Source]:
    """Read what ``write_sources`` wrote.

    Raises:
        IndexMismatch: a line is not a source.
    """
    return _read(path, _source_from_json)


def write_chunks(path: Path, chunks: Iterable[Chunk]) -> None:
    """One chunk a line."""
    _write(path, ([c.source_id, c.first, c.last, c.section, c.lead, c.text] for c in chunks))


def read_chunks(path: Path) -> list[Chunk]:
    """Read what ``write_chunks`` wrote.

    Raises:
        IndexMismatch: a line is not a chunk.
    """
    return _read(path, lambda row: Chunk(*row))


def _write(path: Path, values: Iterable[Json]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for value in values:
            file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def _read(path: Path, parse: Callable[[Json], T]) -> list[T]:
    result: list[T] = []
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            try:
                result.append(parse(json.loads(line)))
            except (ValueError, TypeError, KeyError, IndexError) as error:
                raise IndexMismatch(f"{path}, line {number}: not a record of this index ({error})") from error
    return result


def _source_to_json(source: Source) -> Json:
    return {
        "id": source.id,
        "title": source.title,
        "text": source.text,
        "sections": [
            [s.title, s.level, s.path, s.start, s.end, s.anchor, [_reference(r) for r in s.references]]
            for s in source.sections
        ],
        "passages": [_passage_to_json(source, p) for p in source.passages],
        "tables": [[t.caption, t.header, t.rows, t.footnotes, t.group] for t in source.tables],
        "language": source.language,
        "sha256": source.sha256,
        "audience": source.audience,
        "edition": source.edition,
        "reviewed": source.reviewed,
        "licence": source.licence,
        "url": source.url,
        "rules": [[r.rule, r.count] for r in source.rules],
        "repairs": [
            [r.rule, r.start, r.end, r.before, r.after, r.evidence, r.proven] for r in source.repairs
        ],
        "findings": [[f.detector, f.start, f.end, f.message] for f in source.findings],
    }


def _source_from_json(value: Json) -> Source:
    text = value["text"]
    return Source(
        id=value["id"],
        title=value["title"],
        text=text,
        sections=tuple(_section_from_json(*row) for row in value["sections"]),
        passages=tuple(_passage_from_json(text, *row) for row in value["passages"]),
        tables=tuple(
            Table(caption, tuple(header), tuple(rows), tuple(footnotes), group)
            for caption, header, rows, footnotes, group in value["tables"]
        ),
        language=value["language"],
        sha256=value["sha256"],
        audience=value["audience"],
        edition=value["edition"],
        reviewed=value["reviewed"],
        licence=value["licence"],
        url=value["url"],
        rules=tuple(RuleCount(*row) for row in value["rules"]),
        repairs=tuple(Repair(*row) for row in value["repairs"]),
        findings=tuple(Finding(*row) for row in value["findings"]),
    )


def _reference(reference: Reference) -> Json:
    return [reference.number, reference.text, reference.pmid, reference.doi, reference.url]


def _section_from_json(
    title: str, level: int, path: list[str], start: int, end: int, anchor: str, references: list[Json]
) -> Section:
    return Section(
        title, level, tuple(path), start, end, anchor, tuple(Reference(*row) for row in references)
    )


def _passage_to_json(source: Source, passage: Passage) -> Json:
    # The text is not stored twice; the invariant of ingest.types gives it back.
    if source.text[passage.start : passage.end] != passage.text:
        raise ValueError(f"{source.id}: passage {passage.start}:{passage.end} is not its span of the text")
    return [
        passage.start,
        passage.end,
        passage.kind,
        passage.section,
        passage.group,
        passage.lead,
        passage.topic,
        passage.cells,
        passage.footnotes,
        passage.references,
        passage.errata,
    ]


def _passage_from_json(
    text: str,
    start: int,
    end: int,
    kind: Json,
    section: int,
    group: int,
    lead: str,
    topic: str,
    cells: list[Json],
    footnotes: list[int],
    references: list[int],
    errata: list[str],
) -> Passage:
    return Passage(
        start,
        end,
        text[start:end],
        kind,
        section,
        group,
        lead,
        topic,
        tuple((left, right) for left, right in cells),
        tuple(footnotes),
        tuple(references),
        tuple(errata),
    )
