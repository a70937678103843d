"""Risk by coverage; expected values by hand."""

from __future__ import annotations

import pytest

from evals.results.selective import area_under, risk_coverage


def test_risk_by_coverage() -> None:
    assert risk_coverage([0.9, 0.5, 0.5], [False, True, False]) == [(1 / 3, 0.0), (1.0, 1 / 3)]


@pytest.mark.parametrize(
    ("confidences", "errors", "area"),
    [
        ([0.9, 0.8, 0.7, 0.6], [False, False, False, True], (0 + 0 + 0 + 1 / 4) / 4),
        ([0.6, 0.7, 0.8, 0.9], [False, False, False, True], (1 + 1 / 2 + 1 / 3 + 1 / 4) / 4),
        # Nothing tells them apart: the risk is the rate of errors at every coverage.
        ([0.5, 0.5, 0.5, 0.5], [True, False, False, False], 1 / 4),
        ([0.0, 0.0, -1.0, -1.0], [False, False, True, True], (0 + 0 + 1 / 3 + 1 / 2) / 4),
    ],
)
def test_the_area_under_risk_and_coverage(
    confidences: list[float], errors: list[bool], area: float
) -> None:
    assert area_under(confidences, errors) == pytest.approx(area)


def test_no_order_is_better_than_the_errors_last() -> None:
    errors = [i % 7 == 0 for i in range(50)]
    best = area_under([-float(e) for e in errors], errors)
    for confidences in ([float(i) for i in range(50)], [i % 3 for i in range(50)], [0.0] * 50):
        found = area_under(confidences, errors)
        assert best is not None
        assert found is not None
        assert found >= best


def test_nothing_asked_has_no_area() -> None:
    assert area_under([], []) is None
