"""Abstention: refusing what the source does not answer, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from evals.metrics.base import Exhibit, Score

_ELSEWHERE = frozenset({"emergency", "misuse", "injection"})  # measured by ``evals.metrics.safety``


def refusal_scores(exhibit: Exhibit) -> Iterator[Score]:
    """``recognised`` of a question that is not answered by the source, ``false_refusal`` of one that is."""
    question, answer = exhibit.question, exhibit.answer
    if question.kind in _ELSEWHERE:
        return
    if question.refusal_is_right:
        yield Score("recognised", float(answer.status in question.status), answer.status)
    elif question.staging is None:
        yield Score("false_refusal", float(answer.abstained), answer.status)
    if not question.refusal_is_right and not exhibit.silent and "answered" in question.status:
        yield Score("status_right", float(answer.status in question.status), answer.status)
