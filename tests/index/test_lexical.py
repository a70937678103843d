from __future__ import annotations

from math import log

import bm25s
import numpy as np
import pytest

from index.lexical import K1, B, LexicalIndex, Vocabulary, build_lexical, idf

CHUNKS = [["肾", "损伤"], ["肾", "补液"], ["血型", "抗体"]]


@pytest.fixture
def lexical() -> LexicalIndex:
    return build_lexical(Vocabulary(sorted({t for terms in CHUNKS for t in terms})), CHUNKS)


def test_scores_by_hand(lexical: LexicalIndex) -> None:
    # All chunks have the same length, so the length factor is 1 and a term that occurs once
    # scores idf / (1 + k1); "肾" is in 2 of 3 chunks, "损伤" in 1 of 3.
    kidney = log(1 + 1.5 / 2.5) / (1 + K1)
    damage = log(1 + 2.5 / 1.5) / (1 + K1)
    assert lexical.scores(["肾", "损伤"]).tolist() == pytest.approx([kidney + damage, kidney, 0])


def test_search_leaves_out_what_shares_no_term(lexical: LexicalIndex) -> None:
    assert lexical.search(["肾", "补液", "没有的词"], 10) == [1, 0]
    assert lexical.search(["肾"], 1) == [0]
    assert lexical.search([], 10) == []
    assert lexical.search(["没有的词"], 10) == []


def test_agrees_with_bm25s() -> None:
    random = np.random.default_rng(0)
    chunks = [[f"t{n}" for n in random.integers(0, 40, size=random.integers(1, 30))] for _ in range(60)]
    reference = bm25s.BM25(k1=K1, b=B, method="lucene")
    reference.index(chunks, show_progress=False)
    ours = build_lexical(Vocabulary(sorted({t for terms in chunks for t in terms})), chunks)
    for query in (["t1"], ["t3", "t7", "t7"], ["t0", "t39", "t20"]):
        np.testing.assert_allclose(ours.scores(query), reference.get_scores(query), rtol=1e-5)


def test_arrays_round_trip(lexical: LexicalIndex) -> None:
    again = LexicalIndex.from_arrays(lexical.vocabulary, lexical.arrays(), lexical.chunks)
    assert np.array_equal(again.scores(["肾"]), lexical.scores(["肾"]))


@pytest.mark.parametrize(("frequency", "expected"), [(0, log(22)), (5, log(2)), (10, log(1 + 0.5 / 10.5))])
def test_idf_by_hand(frequency: int, expected: float) -> None:
    assert idf(frequency, 10) == pytest.approx(expected)
