"""Reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009)."""

from __future__ import annotations

from collections.abc import Sequence

# The constant of the paper: how little the difference between the first ranks counts.
K = 60


def reciprocal_rank_fusion(rankings: Sequence[Sequence[int]]) -> list[tuple[int, float]]:
    """Merge rankings of positions into one: ``sum(1 / (K + rank))``, ranks from 1.

    Returns (position, score), best first, higher is better; equal scores in order of position.
    A position that a ranking lacks gets nothing from it.

    >>> reciprocal_rank_fusion([[7, 3], [3]])[0][0]
    3
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, position in enumerate(ranking, 1):
            scores[position] = scores.get(position, 0.0) + 1 / (K + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
