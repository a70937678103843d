"""Reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009)."""

from __future__ import annotations

from collections.abc import Sequence

# The constant of the paper: how little the difference between the first ranks counts.
K = 60


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[int]], weights: Sequence[float] | None = None
) -> list[tuple[int, float]]:
    """Merge rankings of positions into one: ``sum(weight / (K + rank))``, ranks from 1.

    ``weights`` has one for each ranking, > 0; all are 1 if None. Returns (position, score), best first,
    higher is better; equal scores in order of position. A position that a ranking lacks gets nothing
    from it.

    >>> reciprocal_rank_fusion([[7, 3], [3]])[0][0]
    3
    """
    scores: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for rank, position in enumerate(ranking, 1):
            scores[position] = scores.get(position, 0.0) + weight / (K + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
