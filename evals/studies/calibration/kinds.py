"""Fitting ``assistant/data/kinds.tsv``: which kinds of question are answered, from the questions alone.

What is fitted on a question knows its answer, so the judgement learns from the values that a model of the
other writers' questions gives; a new writer's questions are met in the same way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from assistant.kinds import AS_LIKELY, INTERCEPT, MEANING, WORDS, Kinds, Linear, share_of
from evals.studies.calibration.logistic import Array, Fit, Settings, logistic
from evals.studies.calibration.sufficiency import NAMES, Example

_WORDS = Settings(strength=1 / 3, negative=1.0)
_MEANING = Settings(strength=1 / 10, negative=1.0)
_RARE = 4  # questions that must have a feature; what fewer have is one writer's
_WORD_SCALE, _MEANING_SCALE = 3.0, 12.0  # of the features while fitting: how much the penalty weighs


def fit_kinds(data: Sequence[Example]) -> Kinds:
    """The models of words and, where the questions have vectors, of meaning.

    Raises:
        ValueError: all questions are answerable, or none is.
    """
    answerable = np.array([example.answerable for example in data], dtype=bool)
    if not data or answerable.all() or not answerable.any():
        raise ValueError("gold must hold answerable and unanswerable questions; add the missing kind")
    words = _words(data, answerable)
    if any(example.vector is None for example in data):
        return Kinds(words, 0.0, np.zeros(0, np.float32))
    vectors: Array = _MEANING_SCALE * np.array([example.vector for example in data], dtype=np.float64)
    model = logistic(vectors, answerable, _MEANING)
    weights = _MEANING_SCALE * np.array(model.weights)
    return Kinds(words, model.intercept, weights.astype(np.float32))


def _words(data: Sequence[Example], answerable: NDArray[np.bool_]) -> Linear:
    counted = Counter(feature for example in data for feature in example.words)
    features = sorted(feature for feature, n in counted.items() if n >= _RARE)
    if not features:
        return Linear(0.0, {})
    column = {feature: i for i, feature in enumerate(features)}
    known = [sorted(column[f] for f in example.words if f in column) for example in data]
    rows = np.repeat(np.arange(len(data)), [len(k) for k in known])
    values = np.concatenate([[_WORD_SCALE * share_of(len(k))] * len(k) for k in known])
    matrix = sparse.csr_matrix(
        (values, (rows, np.concatenate(known).astype(int))), shape=(len(data), len(features))
    )
    model: Fit = logistic(matrix, answerable, _WORDS)
    weights = (_WORD_SCALE * w for w in model.weights)
    return Linear(model.intercept, dict(zip(features, weights, strict=True)))


def with_kinds_of_others(data: Sequence[Example]) -> list[Example]:
    """The examples with the kind that a model of the other writers' questions takes them for.

    As likely as not, where those questions are all answerable or none is.
    """
    models: dict[str, Kinds | None] = {}
    for writer in {example.writer for example in data}:
        try:
            models[writer] = fit_kinds([e for e in data if e.writer != writer])
        except ValueError:
            models[writer] = None
    return [_with_kind(example, models[example.writer]) for example in data]


def _with_kind(example: Example, model: Kinds | None) -> Example:
    by_words = AS_LIKELY if model is None else model.by_words(example.words)
    by_meaning = AS_LIKELY if model is None else model.by_meaning(example.vector)
    clauses = example.clauses.copy()
    clauses[:, NAMES.index("kind_words")] = by_words
    clauses[:, NAMES.index("kind_meaning")] = by_meaning
    return replace(example, clauses=clauses)


def kinds_tsv(model: Kinds, provenance: str) -> str:
    """``assistant/data/kinds.tsv`` with these weights; ``provenance`` are comment lines."""
    words = {INTERCEPT: model.words.intercept, **model.words.weights}
    meaning = {INTERCEPT: model.intercept, **{str(i): float(w) for i, w in enumerate(model.vector)}}
    rows = [f"{WORDS}\t{feature}\t{w:.3f}" for feature, w in words.items()]
    if len(model.vector):
        rows += [f"{MEANING}\t{feature}\t{w:.3f}" for feature, w in meaning.items()]
    head = "# model, feature, weight: whether a question is of a kind that is answered (assistant/kinds.py)."
    return "\n".join([head, provenance, *rows, ""])
