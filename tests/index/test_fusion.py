from __future__ import annotations

import pytest

from index.fusion import reciprocal_rank_fusion


def test_scores_by_hand() -> None:
    fused = reciprocal_rank_fusion([[7, 3], [3, 5]])
    assert [position for position, _ in fused] == [3, 7, 5]
    assert [score for _, score in fused] == pytest.approx([1 / 62 + 1 / 61, 1 / 61, 1 / 62])


def test_equal_scores_come_in_order_of_position() -> None:
    assert [position for position, _ in reciprocal_rank_fusion([[9, 4], [4, 9]])] == [4, 9]


def test_nothing_found() -> None:
    assert reciprocal_rank_fusion([[], []]) == []
