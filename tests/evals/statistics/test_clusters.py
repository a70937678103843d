"""Intervals, tests and corrections; by hand or by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from evals.statistics.clusters import FLIPS, clustered_means, holm, paired_difference, sign_flip


def test_items_of_a_cluster_are_drawn_together() -> None:
    values: list[float | None] = [0.0, 0.0, 1.0, 1.0]
    together = clustered_means({"m": values}, ["a", "a", "b", "b"])["m"]
    assert together is not None
    # Two clusters: the mean is 0, 1/2 or 1, the outer ones a quarter of the time each.
    assert (together.n, together.value, together.low, together.high) == (4, 0.5, 0.0, 1.0)


def test_what_does_not_apply_is_left_out_and_counted_out() -> None:
    means = clustered_means({"m": [1.0, None, 0.0], "none": [None, None, None]}, [1, 2, 3])
    assert means["none"] is None
    assert means["m"] is not None
    assert (means["m"].n, means["m"].value) == (2, 0.5)


def test_none_of_few_is_no_certainty() -> None:
    columns: dict[str, list[float | None]] = {"a": [1.0] * 4, "b": [0.0] * 4, "c": [0.0, None, 0.0, None]}
    means = clustered_means(columns, [1, 1, 2, 3], shares=["a", "b", "c"])
    # 0 of 3 clusters: 1 - 0.025 ** (1 / 3) = 0.7076; of 2: 1 - 0.025 ** (1 / 2) = 0.8419.
    ends = {name: (m.low, m.high) for name, m in means.items() if m}
    assert ends["a"] == pytest.approx((0.2924, 1.0), abs=1e-4)
    assert ends["b"] == pytest.approx((0.0, 0.7076), abs=1e-4)
    assert ends["c"] == pytest.approx((0.0, 0.8419), abs=1e-4)
    plain = clustered_means({"a": [0.0, 0.0]}, [1, 2])["a"]
    assert plain is not None
    assert (plain.low, plain.high) == (0.0, 0.0)


def test_holm_by_hand() -> None:
    # Times 3, 2, 1 in rising order, never falling, at most 1; in the order given.
    assert holm({"a": 0.04, "b": 0.01, "c": 0.03}) == pytest.approx({"a": 0.06, "b": 0.03, "c": 0.06})
    assert holm({"a": 0.9, "b": 0.8}) == {"a": 1.0, "b": 1.0}


def test_the_sign_flip_test_of_few() -> None:
    # Of 2^4 signings two are as extreme: 1/8; Monte Carlo is within three standard errors.
    error = 3 * (0.125 * 0.875 / FLIPS) ** 0.5
    assert sign_flip(np.array([1.0, 1.0, 1.0, 1.0])) == pytest.approx(0.125, abs=error)
    assert sign_flip(np.zeros(5)) == 1.0


def test_a_difference_and_what_could_be_seen() -> None:
    ours, theirs = [1.0, 1.0, 0.0, 1.0] * 25, [0.0, 1.0, 0.0, 1.0] * 25
    found = paired_difference(ours, theirs, range(100))
    assert found is not None
    assert found.mean.value == 0.25
    assert found.p < 0.001
    # 2.80 standard errors; a share of 1/4 over 100 has one of 0.0435.
    assert found.detectable == pytest.approx(2.8016 * 0.04352, abs=1e-3)


def test_two_runs_of_one_system_differ_by_chance_in_one_of_twenty() -> None:
    rng = np.random.default_rng(7)
    trials = 500
    false = 0
    for _ in range(trials):
        skill = np.repeat(rng.uniform(0.5, 0.95, 60), 2)  # 60 pairs of translations, alike in difficulty
        a, b = (np.clip(skill + rng.normal(0, 0.2, 120), 0, 1) for _ in range(2))
        gaps = (a - b).reshape(60, 2).sum(axis=1)
        false += sign_flip(gaps) < 0.05
    assert 0.03 <= false / trials <= 0.07
