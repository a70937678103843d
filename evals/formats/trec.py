"""TREC run and qrels: ``qid Q0 docid rank score tag`` and ``qid 0 docid rel``.

A document is a span of a source, ``source:start-end``; white space in ids becomes an underscore.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.answers.stored import Retrieved, StoredAnswer
from evals.gold.questions import GoldQuestion

Judgements = dict[str, dict[str, int]]
Rankings = dict[str, dict[str, float]]


class BadTrec(ValueError):
    """A line is not of the format; the message has its number."""


def document_id(source_id: str, start: int, end: int) -> str:
    """The id of a span."""
    return f"{_plain(source_id) or 'text'}:{start}-{end}"


def write_run(answers: Sequence[StoredAnswer], tag: str) -> str:
    """What was retrieved for each question, best first; the score falls by one from rank to rank."""
    lines = []
    for answer in answers:
        for rank, item in enumerate(answer.retrieved, 1):
            score = len(answer.retrieved) - rank + 1
            lines.append(f"{_plain(answer.id)} Q0 {_document(item, rank)} {rank} {score} {_plain(tag)}\n")
    return "".join(lines)


def write_qrels(questions: Sequence[GoldQuestion]) -> str:
    """Every span of gold as a relevant document."""
    return "".join(
        f"{_plain(q.id)} 0 {document_id(s.source_id, s.start, s.end)} 1\n"
        for q in questions
        for s in q.evidence
    )


def read_run(text: str) -> Rankings:
    """Scores by query and document.

    Raises:
        BadTrec: a line has not six fields, or a score that is no number.
    """
    found: Rankings = {}
    for number, fields in _lines(text, 6):
        try:
            found.setdefault(fields[0], {})[fields[2]] = float(fields[4])
        except ValueError as error:
            raise BadTrec(f"line {number}: {error}") from error
    return found


def read_qrels(text: str) -> Judgements:
    """Relevance by query and document.

    Raises:
        BadTrec: a line has not four fields, or a relevance that is no whole number.
    """
    found: Judgements = {}
    for number, fields in _lines(text, 4):
        try:
            found.setdefault(fields[0], {})[fields[2]] = int(fields[3])
        except ValueError as error:
            raise BadTrec(f"line {number}: {error}") from error
    return found


def _lines(text: str, fields: int) -> list[tuple[int, list[str]]]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split()
        if parts and len(parts) != fields:
            raise BadTrec(f"line {number}: {len(parts)} fields, not {fields}")
        if parts:
            found.append((number, parts))
    return found


def _document(item: Retrieved, rank: int) -> str:
    return document_id(item.source_id, item.start, item.end) if item.source_id else f"text:{rank}"


def _plain(text: str) -> str:
    return "_".join(text.split())
