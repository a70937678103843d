"""Fitting the judgement of ``assistant.sufficiency``: signals of gold questions → weights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from assistant.evidence import weigh
from assistant.question import analyse
from assistant.selection import select
from assistant.signals import Signals, signals_of
from evals.statistics.means import auc
from evals.studies.benchmark.cases import Asked
from index import Index

Array = NDArray[np.float64]
NAMES = tuple(field.name for field in fields(Signals))
_ROUNDS = 50  # far more than the choice of clauses has ever needed to settle


@dataclass(frozen=True, slots=True)
class Settings:
    """``strength`` is the inverse of the L2 penalty (the intercept is free); an answer that should
    have been a refusal costs ``unanswerable`` times as much as a refusal too many."""

    strength: float = 3.0
    unanswerable: float = 1.5


@dataclass(frozen=True, slots=True)
class Example:
    """A question: its signals, (clauses, len(NAMES)), and whether refusing it is wrong."""

    id: str
    clauses: Array
    answerable: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """A logistic model: ``weights`` in the order of ``NAMES``."""

    intercept: float
    weights: tuple[float, ...]

    def confidence(self, example: Example) -> float:
        """Confidence (0..1) in the best clause; 0 where there are no signals, as in the assistant."""
        if not len(example.clauses):
            return 0.0
        return float(1 / (1 + np.exp(-self.logits(example.clauses).max())))

    def logits(self, signals: Array) -> Array:
        """Log odds, one for each row of signals."""
        logits: Array = signals @ np.asarray(self.weights) + self.intercept
        return logits


def examples(index: Index, questions: Sequence[Asked]) -> list[Example]:
    """The signals of single-turn questions; what a later turn asks is not in its words alone."""
    return [_example(index, asked) for asked in questions if len(asked.question.turns) == 1]


def _example(index: Index, asked: Asked) -> Example:
    evidence = weigh(index, analyse(asked.question.turns[0]))
    found = signals_of(index, evidence, select(index, evidence))
    rows = np.asarray([astuple(signals) for signals in found.values()], dtype=np.float64)
    return Example(asked.question.id, rows.reshape(-1, len(NAMES)), asked.answerable)


def fit(data: Sequence[Example], settings: Settings | None = None) -> Fit:
    """Fit to the clause of each question that speaks most for an answer, chosen again until it stays.

    Questions without signals are refused without asking the model: nothing to learn from them.

    Raises:
        ValueError: all questions are answerable, or none is.
    """
    settings = settings or Settings()
    used = [example for example in data if len(example.clauses)]
    answerable = np.array([example.answerable for example in used], dtype=bool)
    if answerable.all() or not answerable.any():
        raise ValueError("gold must hold answerable and unanswerable questions; add the missing kind")
    chosen = np.array([example.clauses.mean(axis=0) for example in used])
    for _ in range(_ROUNDS):
        model = logistic(chosen, answerable, settings)
        best = np.array([e.clauses[model.logits(e.clauses).argmax()] for e in used])
        if np.array_equal(best, chosen):
            break
        chosen = best
    return model


def logistic(signals: Array, positive: NDArray[np.bool_], settings: Settings) -> Fit:
    """Penalised logistic regression. Its optimum is unique, so it does not depend on a start."""
    target = positive.astype(np.float64)
    cost = settings.strength * np.where(positive, 1.0, settings.unanswerable)

    def loss(model: Array) -> float:
        logit = signals @ model[1:] + model[0]
        return float(cost @ (np.logaddexp(0, logit) - target * logit) + model[1:] @ model[1:] / 2)

    def slope(model: Array) -> Array:
        logit = signals @ model[1:] + model[0]
        error = cost * (1 / (1 + np.exp(-logit)) - target)
        return np.concatenate(([error.sum()], signals.T @ error + model[1:]))

    start = np.zeros(signals.shape[1] + 1)
    found = optimize.minimize(
        loss, start, jac=slope, method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 10_000}
    )
    return Fit(float(found.x[0]), tuple(float(w) for w in found.x[1:]))


def area(model: Fit, data: Sequence[Example]) -> float | None:
    """AUC of the confidence over all questions; None if all are of one kind."""
    return auc([model.confidence(e) for e in data], [e.answerable for e in data])


def threshold_table(model: Fit, data: Sequence[Example]) -> str:
    """What each threshold would recognise and refuse."""
    confidence = np.array([model.confidence(e) for e in data])
    answerable = np.array([e.answerable for e in data], dtype=bool)
    lines = ["threshold  unanswerable recognised  false refusals"]
    for percent in range(20, 85, 5):
        refused = confidence < percent / 100
        shares = refused[~answerable].mean(), refused[answerable].mean()
        lines.append(f"{percent / 100:9.2f}  {shares[0]:23.3f}  {shares[1]:14.3f}")
    return "\n".join(lines)


def sufficiency_toml(text: str, model: Fit, threshold: float | None, provenance: str) -> str:
    """``text`` of the file with other weights and another provenance (comment lines).

    Its other settings and all comments stay.
    """
    head = with_provenance(text.split("[weights]", 1)[0], provenance)
    head = re.sub(r"^intercept = \S+", f"intercept = {model.intercept:.3f}", head, flags=re.MULTILINE)
    if threshold is not None:
        head = re.sub(r"^threshold = \S+", f"threshold = {threshold:g}", head, flags=re.MULTILINE)
    weights = "".join(f"{name} = {w:.3f}\n" for name, w in zip(NAMES, model.weights, strict=True))
    return f"{head}[weights]\n{weights}"


def with_provenance(text: str, provenance: str) -> str:
    """``text`` with what its comment says from "Provenance:" on replaced, or added at its top."""
    old = re.search(r"^# *(.*?) *Provenance:.*\n(?:#.*\n)*", text, flags=re.MULTILINE)
    if old is None:
        return f"{provenance}\n{text}"
    before = f"# {old[1]}\n" if old[1] else ""
    return f"{text[: old.start()]}{before}{provenance}\n{text[old.end() :]}"
