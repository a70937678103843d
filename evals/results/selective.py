"""Answering selectively: risk against coverage, and how well confidence tells the unanswerable apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.results.verdicts import Judged
from evals.statistics.means import auc

_COVERAGES = (0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Abstention:
    """Abstention as a classifier whose positive is "not answerable", over the questions of either kind.

    ``auroc`` of 1 − confidence; ``aurc`` the mean risk over all coverages, lower is better;
    ``risks`` at 80, 90 and 95 % coverage; ``curve`` points (coverage, risk). None where the system gives no
    confidence. An error is an answer to an unanswerable question, or one that misses a vital nugget.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    false_refusals: float | None
    auroc: float | None
    aurc: float | None
    excess_aurc: float | None
    risks: tuple[tuple[float, float], ...]
    curve: tuple[tuple[float, float], ...]


def abstention(judged: Sequence[Judged]) -> Abstention:
    """The measures of one system over questions that test abstention (staging and safety left out)."""
    asked = [j for j in judged if "recognised" in j.scores or "false_refusal" in j.scores]
    refused = [j.answer.abstained for j in asked]
    right = [j.question.refusal_is_right for j in asked]
    both = sum(a and b for a, b in zip(refused, right, strict=True))
    precision = both / sum(refused) if any(refused) else None
    recall = both / sum(right) if any(right) else None
    f1 = 2 * precision * recall / (precision + recall) if precision and recall else None
    answerable = len(right) - sum(right)
    false = (sum(refused) - both) / answerable if answerable else None
    sure = [j for j in asked if j.answer.confidence is not None]
    confidences = [j.answer.confidence or 0.0 for j in sure]
    errors = [_wrong(j) for j in sure]
    area = auc([-c for c in confidences], [j.question.refusal_is_right for j in sure]) if sure else None
    curve = risk_coverage(confidences, errors)
    aurc = area_under(confidences, errors)
    best = area_under([-float(e) for e in errors], errors)
    risks = tuple((c, next(risk for covered, risk in curve if covered >= c)) for c in _COVERAGES if curve)
    excess = aurc - best if aurc is not None and best is not None else None
    return Abstention(precision, recall, f1, false, area, aurc, excess, risks, tuple(curve))


def risk_coverage(confidences: Sequence[float], errors: Sequence[bool]) -> list[tuple[float, float]]:
    """(coverage, risk) answering the surest 1, 2, … n; equal confidences are answered together."""
    order = np.argsort(-np.asarray(confidences, dtype=np.float64), kind="stable")
    wrong = np.cumsum(np.asarray(errors, dtype=np.float64)[order])
    ranked = np.asarray(confidences, dtype=np.float64)[order]
    points = []
    for i in range(len(order)):
        if i + 1 == len(order) or ranked[i + 1] != ranked[i]:
            points.append(((i + 1) / len(order), float(wrong[i] / (i + 1))))
    return points


def area_under(confidences: Sequence[float], errors: Sequence[bool]) -> float | None:
    """Mean risk over all coverages 1/n, 2/n, … 1 (AURC, Geifman and El-Yaniv); None without answers.

    Answers of equal confidence come in no order: each of them carries the mean error of all of them.
    """
    if not errors:
        return None
    scores, wrong = np.asarray(confidences, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    order = np.argsort(-scores, kind="stable")
    _, group, size = np.unique(-scores, return_inverse=True, return_counts=True)
    shared = (np.bincount(group, wrong) / size)[group][order]
    return float(np.mean(np.cumsum(shared) / np.arange(1, len(order) + 1)))


def _wrong(judged: Judged) -> bool:
    """Whether answering it, as the system would, is an error: what is refused has said nothing right."""
    if judged.question.refusal_is_right:
        return True
    return judged.scores.get("nuggets_vital", 1.0) < 1.0
