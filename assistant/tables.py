"""Which rows of a table answer a question, and in which order they are said.

A row that only names the rows below it ("肾功能正常") is their condition: it is never said without
them, and a question that names it is answered by its rows first.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from assistant.evidence import Evidence, Scored
from assistant.place import TABULAR
from assistant.question import Question
from assistant.ranking import ranking
from index.analysis import terms
from ingest.types import Source, Table

_NAMES = 0.5  # share of what tells a label from the others that a question must have to name it


def table_of(source: Source, position: int) -> Table | None:
    """The table that a row or footnote belongs to."""
    group = source.passages[position].group
    return next((t for t in source.tables if t.group == group), None)


def rows_for(evidence: Evidence, scored: Scored, table: Table, is_best: bool) -> tuple[int, ...]:
    """The row with its footnotes; the whole table where the question asks for all of it."""
    source, position = scored.source, scored.position
    labels = _labels_named(evidence.question, source, table)
    named = _rows_named(evidence, source, table, labels)
    by_caption = any(0.5 < c < 1.0 for c in scored.covered)
    wanted = bool(evidence.question.forms & (TABULAR | {"list"})) and (is_best or by_caption)
    short = sum(len(source.passages[r].text) for r in table.rows) <= ranking().longest
    below = _below(source, table, position)
    if position in table.rows and named and (labels or position in named):
        rows = named if below or position in named else [*named, position]
    elif (wanted and short and not named) or len(table.rows) == 1:
        rows = list(table.rows)
    elif position in table.rows:
        rows = below or [position]
    else:
        rows = [r for r in table.rows if position in source.passages[r].footnotes]
    notes = {n for r in rows for n in source.passages[r].footnotes} | ({position} - {*table.rows})
    return (*rows, *sorted(notes))


def in_order(question: Question, source: Source, positions: Iterable[int]) -> tuple[int, ...]:
    """Positions in one table as they stand in it, those first whose label the question names."""
    ordered = sorted(set(positions))
    table = table_of(source, ordered[0])
    labels = _labels_named(question, source, table) if table else frozenset()
    return tuple(sorted(ordered, key=lambda i: bool(labels) and source.passages[i].topic not in labels))


def is_label(source: Source, table: Table, row: int) -> bool:
    """Whether a row only names the rows below it."""
    return len(source.passages[row].cells) == 1 < len(table.header)


def _below(source: Source, table: Table, position: int) -> list[int]:
    """The rows that a label names; [] for any other passage."""
    if position not in table.rows or not is_label(source, table, position):
        return []
    after = table.rows[table.rows.index(position) + 1 :]
    return list(takewhile(lambda r: not is_label(source, table, r), after))


def _rows_named(evidence: Evidence, source: Source, table: Table, labels: frozenset[str]) -> list[int]:
    """Rows whose first cell (a stage, a response) or label the question names; [] when that is all."""
    asked = frozenset(term for u in evidence.question.units if u.is_concept for term in u.exact)
    rows = [r for r in table.rows if not is_label(source, table, r)]
    under = [r for r in rows if source.passages[r].topic in labels]
    by_cell = [
        r
        for r in under or rows
        if (cells := source.passages[r].cells)
        and not asked.isdisjoint(terms(source.text[slice(*cells[0])] + " |"))
    ]
    named = by_cell or under
    return named if len(named) < len(rows) else []


def _labels_named(question: Question, source: Source, table: Table) -> frozenset[str]:
    """Labels of a table that the question names by what the others do not have; none if it is all."""
    labels = {r: source.passages[r].text for r in table.rows if is_label(source, table, r)}
    of = {label: frozenset(terms(label)) for label in labels.values()}
    shared = frozenset.intersection(*of.values()) if len(of) > 1 else frozenset()
    named = {label for label, own in of.items() if _names(question.terms, own - shared)}
    return frozenset(named) if len(named) < len(of) or len(of) == 1 else frozenset()


def _names(asked: frozenset[str], own: frozenset[str]) -> bool:
    concepts = {term for term in own if term.startswith("c:")}
    return bool(own) and (len(own & asked) >= _NAMES * len(own) or not asked.isdisjoint(concepts))
