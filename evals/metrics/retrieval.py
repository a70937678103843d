"""Retrieval, judged on spans of the source, so that chunks may change: recall@k, nDCG@10, MRR@10.

The unit is the gold fact with its alternative spans. What was retrieved is read from the top; an item
stands for the facts that it newly covers (at least half of one of their spans), or for nothing. On that
list of facts the usual measures are computed by ir-measures, the only place of the project that imports it.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evals.answers.stored import Retrieved
from evals.gold.questions import GoldQuestion, Span
from evals.metrics.base import Exhibit, Score

INSTALL = 'pip install -e ".[evals]"'
MEASURES = {"recall_5": "R@5", "recall_10": "R@10", "ndcg_10": "nDCG@10", "mrr_10": "RR@10"}
_COVERED = 0.5
_SHINGLE = 6

Judgements = Mapping[str, Mapping[str, int]]
Rankings = Mapping[str, Mapping[str, float]]


class MeasuresUnavailable(Exception):
    """ir-measures is not installed; the message has the command."""


def retrieval_scores(exhibits: Sequence[Exhibit]) -> Iterator[tuple[str, Score]]:
    """(id, score) for every question whose gold has spans, if the system ever says what it retrieved.

    A question that it failed at, or found nothing for, counts 0.

    Raises:
        MeasuresUnavailable: ir-measures is not installed.
    """
    if not any(e.answer.retrieved for e in exhibits):
        return
    asked = [e for e in exhibits if units(e.question)]
    judgements = {e.question.id: dict.fromkeys(units(e.question), 1) for e in asked}
    rankings = {e.question.id: ranking(units(e.question), e.answer.retrieved) for e in asked}
    for id_, measured in measure(judgements, rankings).items():
        yield from ((id_, Score(name, value)) for name, value in measured.items())


def units(question: GoldQuestion) -> dict[str, tuple[Span, ...]]:
    """What has to be found, by a name, with the spans that are each enough."""
    facts = {f"fact-{n}": fact.spans for n, fact in enumerate(question.facts) if fact.spans}
    return facts or ({"answer": question.spans} if question.spans else {})


def ranking(wanted: Mapping[str, tuple[Span, ...]], found: Sequence[Retrieved]) -> dict[str, float]:
    """The facts that were found and the items that are beside the point, with falling scores."""
    order: list[str] = []
    seen: set[str] = set()
    for rank, item in enumerate(found):
        covered = [name for name, spans in wanted.items() if any(covers(item, s) for s in spans)]
        if not covered:
            order.append(f"other-{rank}")
        # What only repeats a fact neither helps nor stands in the way.
        order += [name for name in covered if name not in seen]
        seen.update(covered)
    return {name: float(len(order) - i) for i, name in enumerate(order)}


def covers(item: Retrieved, span: Span) -> bool:
    """Whether at least half of the span is in the item: by place, or by words where it has no place."""
    if item.source_id:
        overlap = min(item.end, span.end) - max(item.start, span.start)
        return item.source_id == span.source_id and overlap >= _COVERED * (span.end - span.start)
    wanted, there = _shingles(span.quote), _shingles(item.text)
    return len(wanted & there) >= _COVERED * len(wanted)


def _shingles(text: str) -> frozenset[str]:
    letters = "".join(c for c in text.lower() if c.isalnum())
    return frozenset(letters[i : i + _SHINGLE] for i in range(max(1, len(letters) - _SHINGLE + 1)))


def measure(judgements: Judgements, rankings: Rankings) -> dict[str, dict[str, float]]:
    """Every measure of every judged query, by query; a query without a ranking scores 0.

    Raises:
        MeasuresUnavailable: ir-measures is not installed.
    """
    if not judgements:
        return {}
    library = _library()
    names = {str(library.parse_measure(text)): name for name, text in MEASURES.items()}
    found: dict[str, dict[str, float]] = {id_: dict.fromkeys(MEASURES, 0.0) for id_ in judgements}
    measures = [library.parse_measure(text) for text in MEASURES.values()]
    for result in library.iter_calc(measures, judgements, rankings):
        found[result.query_id][names[str(result.measure)]] = float(result.value)
    return found


def _library() -> Any:
    try:
        return importlib.import_module("ir_measures")
    except ImportError as error:
        raise MeasuresUnavailable(f"measures of retrieval need ir-measures: {INSTALL}") from error
