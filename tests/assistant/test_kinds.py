"""The kinds of questions: features and values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assistant.kinds import kinds, parse_kinds, words_of
from assistant.question import analyse

TABLE = """# a comment
words\t*\t0.5
words\t#\t-1
words\t<drug>\t2
words\tcost\t-3
meaning\t*\t1
meaning\t0\t2
meaning\t1\t-4
"""


def test_features_hide_the_name_and_keep_how_it_is_asked() -> None:
    assert words_of(analyse("硼替佐米怎么来")) == {
        "<drug>", "怎", "么", "来", "怎么", "么来", "怎么来",
    }  # fmt: skip
    english = words_of(analyse("Does bortezomib smell of 300 roses?"))
    assert {"<drug>", "smell", "#", "does <drug>", "<drug> smell", "of roses"} <= english
    assert not any("bortezomib" in feature for feature in english)


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))


def test_the_values_of_both_models() -> None:
    model = parse_kinds(TABLE)
    # Three features are known, each counts 1 / sqrt(3); the odds are those of half the log odds.
    found = frozenset({"<drug>", "cost", "#", "never seen"})
    assert _log_odds(model.by_words(found)) == pytest.approx((0.5 + (2 - 3 - 1) / math.sqrt(3)) / 2)
    assert _log_odds(model.by_words(frozenset())) == pytest.approx(0.5 / 2)
    assert _log_odds(model.by_meaning(np.array([0.6, 0.8], np.float32))) == pytest.approx((1 + 1.2 - 3.2) / 2)
    assert model.by_meaning(None) == 0.5
    assert model.by_meaning(np.zeros(3, np.float32)) == 0.5  # of another sentence model


def test_what_is_rarely_told_looks_so_without_evidence() -> None:
    def value(text: str) -> float:
        return kinds().by_words(words_of(analyse(text)))

    pairs = [
        ("硼替佐米一支多少钱，医保能报吗", "骨髓瘤有哪些症状"),
        ("How many milligrams of bortezomib should I take each week?", "What are the symptoms of myeloma?"),
    ]
    for open_one, told in pairs:
        assert value(open_one) < 0.5 < value(told), (open_one, told)
