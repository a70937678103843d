"""Numbers that can be checked in one's head."""

from __future__ import annotations

import pytest

from evals.statistics.means import Mean, auc, difference_of, mean_of, percentile, upper_bound


def test_a_mean_with_its_interval() -> None:
    # Two values have three resampled means, 0, 1/2 and 1; the outer ones come a quarter of the time.
    assert mean_of([0, 1]) == Mean(2, 0.5, 0.0, 1.0)
    assert mean_of([1, 1, 1]) == Mean(3, 1.0, 1.0, 1.0)
    assert mean_of([]) is None


def test_the_interval_is_the_same_every_time_and_belongs_to_its_seed() -> None:
    values = [i % 7 / 7 for i in range(40)]
    assert mean_of(values) == mean_of(values)
    assert mean_of(values, seed=1) != mean_of(values, seed=2)


def test_the_interval_is_about_two_standard_errors_wide() -> None:
    mean = mean_of([0, 1] * 50)
    assert mean is not None
    assert mean.low == pytest.approx(0.4, abs=0.02)  # 0.5 - 1.96 * 0.5 / 10
    assert mean.high == pytest.approx(0.6, abs=0.02)


def test_a_difference_is_paired() -> None:
    # The values differ widely, the pairs always by a half.
    assert difference_of([0.5, 1.0, 0.75], [0.0, 0.5, 0.25]) == Mean(3, 0.5, 0.5, 0.5)
    with pytest.raises(ValueError, match="shorter"):
        difference_of([1.0, 1.0], [1.0])


@pytest.mark.parametrize(
    ("found", "n", "bound"),
    [(0, 60, 1 - 0.05 ** (1 / 60)), (0, 300, 0.00994), (1, 20, 0.2161), (3, 3, 1.0), (0, 0, 1.0)],
)
def test_none_seen_is_not_none_there(found: int, n: int, bound: float) -> None:
    # 300: the rule of three; 1 of 20: table of Clopper-Pearson bounds.
    assert upper_bound(found, n) == pytest.approx(bound, abs=1e-4)


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(v) for v in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.5, 0.99, 1.0)] == [50, 99, 100]
    assert percentile([3.0], 0.99) == 3.0
    assert percentile([], 0.5) is None


def test_auc() -> None:
    # 0.9 beats both negatives, 0.3 loses to 0.8 and ties with 0.3: 2.5 of 4.
    assert auc([0.9, 0.8, 0.3, 0.3], [True, False, True, False]) == 0.625
    assert auc([1, 2], [True, True]) is None
