"""TREC run and qrels: ``qid Q0 docid rank score tag`` and ``qid 0 docid rel``.

A document is a span of a source, ``source:start-end``; white space in ids becomes an underscore. A system
retrieves chunks of its own size, gold names facts: in a run that is written a chunk stands for the facts
that it newly covers, as in ``evals.metrics.retrieval``, so that trec_eval finds the numbers of the report.
A run that is read names spans, for instance documents of the BEIR export; it has rankings and no answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evals.answers.stored import Retrieved, StoredAnswer
from evals.gold.questions import GoldQuestion, Span
from evals.metrics.retrieval import ranking, units

Judgements = dict[str, dict[str, int]]
Rankings = dict[str, dict[str, float]]


class BadTrec(ValueError):
    """A line is not of the format; the message has its number."""


def document_id(source_id: str, start: int, end: int) -> str:
    """The id of a span."""
    return f"{_plain(source_id) or 'text'}:{start}-{end}"


def write_run(answered: Iterable[tuple[GoldQuestion, StoredAnswer]], tag: str) -> str:
    """What was retrieved for each question, best first; the score falls by one from rank to rank."""
    lines = []
    for question, answer in answered:
        wanted = units(question)
        for rank, (name, score) in enumerate(ranking(wanted, answer.retrieved).items(), 1):
            found = _fact(wanted, name) if name in wanted else _other(answer, name)
            lines.append(f"{_plain(question.id)} Q0 {found} {rank} {score:g} {_plain(tag)}\n")
    return "".join(lines)


def write_qrels(questions: Iterable[GoldQuestion]) -> str:
    """Every fact of gold that has spans, as a relevant document under its first span."""
    return "".join(
        f"{_plain(q.id)} 0 {_fact(units(q), name)} 1\n" for q in questions for name in units(q)
    )


def _fact(wanted: Mapping[str, tuple[Span, ...]], name: str) -> str:
    span = wanted[name][0]
    # Two facts may stand in one span.
    return f"{document_id(span.source_id, span.start, span.end)}#{name}"


def _other(answer: StoredAnswer, name: str) -> str:
    rank = int(name.rpartition("-")[2])
    item = answer.retrieved[rank]
    return document_id(item.source_id, item.start, item.end) if item.source_id else f"text:{rank}"


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


def answers_of(text: str) -> list[StoredAnswer]:
    """The rankings of a run as answers without a text, to be judged by what they retrieved.

    Raises:
        BadTrec: a line is not of the format.
    """
    return [
        StoredAnswer(
            query, "answered", "",
            retrieved=tuple(Retrieved("", *place_of(d)) for d, _ in sorted(found.items(), key=_falling)),
        )
        for query, found in read_run(text).items()
    ]  # fmt: skip


def _falling(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]


def place_of(id_: object) -> tuple[str, int, int]:
    """ "source:12-40" as ``document_id`` makes it, with or without a fact; ("", -1, -1) for any other id."""
    source, _, span = str(id_).partition("#")[0].rpartition(":")
    start, dash, end = span.partition("-")
    if source and dash and start.isdigit() and end.isdigit():
        return source, int(start), int(end)
    return "", -1, -1


def _lines(text: str, fields: int) -> list[tuple[int, list[str]]]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split()
        if parts and len(parts) != fields:
            raise BadTrec(f"line {number}: {len(parts)} fields, not {fields}")
        if parts:
            found.append((number, parts))
    return found


def _plain(text: str) -> str:
    return "_".join(text.split())
