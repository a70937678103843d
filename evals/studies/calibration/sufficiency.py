"""Fitting the judgement of ``assistant.sufficiency``: signals of gold questions → weights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import weigh
from assistant.kinds import words_of
from assistant.question import analyse
from assistant.selection import select
from assistant.signals import Signals, signals_of
from evals.statistics.means import auc
from evals.studies.benchmark.cases import Asked
from evals.studies.calibration.logistic import Array, Fit, Settings, logistic, with_weights
from index import Index

SETTINGS = Settings(strength=3.0, negative=1.5)
"""An answer that should have been a refusal costs half as much again as a refusal too many."""
NAMES = tuple(field.name for field in fields(Signals))
_ROUNDS = 50  # far more than the choice of clauses has ever needed to settle


@dataclass(frozen=True, slots=True)
class Example:
    """A question: its signals, (clauses, len(NAMES)), and whether refusing it is wrong; who wrote it (its
    gold file), and in which language; the features of its ``words`` and its ``vector`` by the sentence
    model, if there is one (see ``assistant.kinds``)."""

    id: str
    clauses: Array
    answerable: bool
    writer: str = ""
    language: str = ""
    words: frozenset[str] = frozenset()
    vector: NDArray[np.float32] | None = None


def confidence(model: Fit, example: Example) -> float:
    """Confidence (0..1) in the best clause; 0 where there are no signals, as in the assistant."""
    if not len(example.clauses):
        return 0.0
    return float(1 / (1 + np.exp(-model.logits(example.clauses).max())))


def examples(index: Index, questions: Sequence[Asked], writer: str = "") -> list[Example]:
    """The signals of single-turn questions; what a later turn asks is not in its words alone."""
    return [_example(index, asked, writer) for asked in questions if len(asked.question.turns) == 1]


def _example(index: Index, asked: Asked, writer: str) -> Example:
    question = analyse(asked.question.turns[0])
    evidence = weigh(index, question)
    found = signals_of(index, evidence, select(index, evidence))
    rows = np.asarray([astuple(signals) for signals in found.values()], dtype=np.float64)
    language = asked.question.language[:2]  # traditional Chinese is Chinese
    return Example(
        asked.question.id,
        rows.reshape(-1, len(NAMES)),
        asked.answerable,
        writer,
        language,
        words_of(question),
        index.meaning(question.text),
    )


def fit(data: Sequence[Example], settings: Settings = SETTINGS) -> Fit:
    """Fit to the clause of each question that speaks most for an answer, chosen again until it stays.

    Questions without signals are refused without asking the model: nothing to learn from them.

    Raises:
        ValueError: all questions are answerable, or none is.
    """
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


def area(model: Fit, data: Sequence[Example]) -> float | None:
    """AUC of the confidence over all questions; None if all are of one kind."""
    return auc([confidence(model, e) for e in data], [e.answerable for e in data])


def out_of_writer(data: Sequence[Example], settings: Settings = SETTINGS) -> list[float]:
    """The confidence in each question of a model fitted without its writer's questions.

    What is fitted on a writer's own questions knows that writer's manner; this is nearer to what a new one
    would meet, though the patterns that the signals rest on have seen them all.

    Raises:
        ValueError: the questions of all other writers are answerable, or none of them is.
    """
    models = {w: fit([e for e in data if e.writer != w], settings) for w in {e.writer for e in data}}
    return [confidence(models[e.writer], e) for e in data]


def threshold_table(sure: Sequence[float], data: Sequence[Example]) -> str:
    """What each threshold would recognise and refuse, with AUC, in all and by language."""
    slices = ("", *sorted({e.language for e in data}))
    picked = [[i for i, e in enumerate(data) if not s or e.language == s] for s in slices]
    lines = [f"threshold  unanswerable recognised, false refusals; {', '.join(s or 'all' for s in slices)}"]
    for percent in range(20, 85, 5):
        shares = "".join(
            f"{_below(sure, data, which, percent, answerable=False):10.3f}"
            f"{_below(sure, data, which, percent, answerable=True):7.3f}"
            for which in picked
        )
        lines.append(f"{percent / 100:9.2f}{shares}")
    areas = (auc([sure[i] for i in which], [data[i].answerable for i in which]) for which in picked)
    told = "".join(f"{'–' if a is None else f'{a:.4f}':>10}{'':7}" for a in areas)
    return "\n".join([*lines, f"      AUC{told}".rstrip()])


def _below(
    sure: Sequence[float], data: Sequence[Example], which: Sequence[int], percent: int, *, answerable: bool
) -> float:
    """The share of the answerable or unanswerable questions among ``which`` that a threshold refuses."""
    kind = [sure[i] < percent / 100 for i in which if data[i].answerable == answerable]
    return sum(kind) / len(kind) if kind else float("nan")


def sufficiency_toml(text: str, model: Fit, threshold: float | None, provenance: str) -> str:
    """``text`` of the file with other weights, another provenance and, unless None, another threshold."""
    new = with_weights(text, model, NAMES, provenance)
    if threshold is None:
        return new
    return re.sub(r"^threshold = \S+", f"threshold = {threshold:g}", new, flags=re.MULTILINE)
