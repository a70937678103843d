"""Means and differences with intervals, where items that belong together are resampled together.

A question and its translation are one cluster ("Adding Error Bars to Evals", arXiv 2411.00640): two answers
to one question are not two independent observations.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from evals.statistics.means import LEVEL, SEED, Mean

RESAMPLES = 1000
FLIPS = 5000
POWER = 0.8

Array = NDArray[np.float64]


def clustered_means(
    columns: Mapping[str, Sequence[float | None]],
    clusters: Sequence[Hashable],
    seed: int = SEED,
    shares: Collection[str] = (),
) -> dict[str, Mean | None]:
    """The mean of each column over the items that have a value, with a cluster bootstrap interval.

    ``columns`` and ``clusters`` are item by item; None where a measure does not apply. ``shares`` are columns
    of values of 0..1: where all of them are 0, or all 1, a bootstrap has nothing to draw from and would claim
    certainty, so the interval reaches as far as Clopper and Pearson's for 0 of so many clusters.
    """
    numbers: dict[Hashable, int] = {}
    rows = np.asarray([numbers.setdefault(c, len(numbers)) for c in clusters], dtype=np.intp)
    size = len(numbers)
    weights = _weights(size, seed)
    means: dict[str, Mean | None] = {}
    for name, values in columns.items():
        array = np.asarray([np.nan if v is None else v for v in values], dtype=np.float64)
        there = ~np.isnan(array)
        if not there.any():
            means[name] = None
            continue
        sums = np.bincount(rows[there], array[there], minlength=size)
        counts = np.bincount(rows[there], minlength=size).astype(np.float64)
        drawn = weights @ counts
        resampled = (weights @ sums)[drawn > 0] / drawn[drawn > 0]
        low, high = np.quantile(resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        if name in shares:
            unseen = 1 - ((1 - LEVEL) / 2) ** (1 / int((counts > 0).sum()))
            low = 1 - unseen if (array[there] == 1).all() else low
            high = unseen if (array[there] == 0).all() else high
        means[name] = Mean(int(there.sum()), float(array[there].mean()), float(low), float(high))
    return means


def _weights(size: int, seed: int) -> Array:
    """(RESAMPLES, size): how often each cluster is drawn in each resample."""
    drawn = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), RESAMPLES)
    return drawn.astype(np.float64)


@dataclass(frozen=True, slots=True)
class Difference:
    """B minus A on the items that both have.

    ``p`` is two-sided, of the sign-flip test over clusters; ``detectable`` the smallest difference that
    this many clusters would show with 80 % power at 5 %.
    """

    mean: Mean
    p: float
    detectable: float


def paired_difference(
    ours: Sequence[float], theirs: Sequence[float], clusters: Sequence[Hashable], seed: int = SEED
) -> Difference | None:
    """The paired difference ours − theirs; None where there is nothing to compare.

    Sign-flip (Fisher) randomisation of the sums of clusters: under no difference, each is as likely with the
    other sign. Exact but for Monte Carlo, whatever the distribution.
    """
    if not ours:
        return None
    gaps = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    mean = clustered_means({"gap": gaps.tolist()}, clusters, seed)["gap"]
    if mean is None:
        return None
    numbers: dict[Hashable, int] = {}
    rows = np.asarray([numbers.setdefault(c, len(numbers)) for c in clusters], dtype=np.intp)
    sums: Array = np.bincount(rows, gaps).astype(np.float64)
    error = float(np.sqrt(((sums - sums.mean()) ** 2).sum() * len(sums) / max(1, len(sums) - 1)) / len(gaps))
    factor = float(stats.norm.ppf((1 + LEVEL) / 2) + stats.norm.ppf(POWER))
    return Difference(mean, sign_flip(sums, seed), factor * error)


def sign_flip(sums: Array, seed: int = SEED) -> float:
    """Two-sided p of the randomisation test that the sums are symmetric about 0."""
    moved = sums[sums != 0]
    if not len(moved):
        return 1.0
    # A hair of tolerance: sums of floats in another order are not the same float.
    reached = np.abs(_signs(len(moved), seed) @ moved) >= abs(moved.sum()) - 1e-9
    return float((reached.sum() + 1) / (FLIPS + 1))


@lru_cache(maxsize=4)
def _signs(size: int, seed: int) -> Array:
    """(FLIPS, size) of +1 and -1."""
    drawn = np.random.default_rng(seed).integers(0, 2, (FLIPS, size))
    return (drawn * 2 - 1).astype(np.float64)


def holm(ps: Mapping[str, float]) -> dict[str, float]:
    """P values corrected for their number after Holm (1979): step down, never smaller than before."""
    corrected: dict[str, float] = {}
    running = 0.0
    for rank, (name, p) in enumerate(sorted(ps.items(), key=lambda item: (item[1], item[0]))):
        running = max(running, min(1.0, p * (len(ps) - rank)))
        corrected[name] = running
    return {name: corrected[name] for name in ps}
