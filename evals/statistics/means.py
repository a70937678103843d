"""Means with intervals, percentiles, AUC. Everything here is deterministic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

RESAMPLES = 2000
SEED = 20261122
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over ``n`` values with its bootstrap interval (``LEVEL``, percentile method)."""

    n: int
    value: float
    low: float
    high: float


def mean_of(values: Sequence[float], seed: int = SEED) -> Mean | None:
    """The mean of values; None where there are none, so that nobody reads 0 for "not asked"."""
    if not values:
        return None
    array = np.asarray(values, dtype=np.float64)
    # A fixed seed: the same answers in the same order give the same interval, to the last digit.
    picks = np.random.default_rng(seed).integers(0, len(array), (RESAMPLES, len(array)))
    low, high = np.quantile(array[picks].mean(axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Mean(len(array), float(array.mean()), float(low), float(high))


def difference_of(ours: Sequence[float], theirs: Sequence[float], seed: int = SEED) -> Mean | None:
    """Mean of ours − theirs, question by question (paired: both were asked the same)."""
    return mean_of([a - b for a, b in zip(ours, theirs, strict=True)], seed)


def upper_bound(found: int, n: int) -> float:
    """One-sided 95 % bound of a rate of which ``found`` in ``n`` were seen (Clopper and Pearson).

    None found does not mean none there: 0 of 60 still allows 4.9 %.
    """
    if found >= n:
        return 1.0
    return float(stats.beta.ppf(LEVEL, found + 1, n - found))


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest value that at least ``share`` (0..1) of all values do not exceed; None for none."""
    return float(np.quantile(values, share, method="inverted_cdf")) if values else None


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float | None:
    """How often a positive scores above a negative (ties count half); None if either is missing."""
    array, positive = np.asarray(scores, dtype=np.float64), np.asarray(labels, dtype=bool)
    if positive.all() or not positive.any():
        return None
    gaps = array[positive][:, None] - array[~positive][None, :]
    return float(((gaps > 0) + 0.5 * (gaps == 0)).mean())
