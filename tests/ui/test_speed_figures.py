"""The arithmetic of the table that ``python -m tests.ui.speed`` prints; the times need an idle machine."""

from __future__ import annotations

from tests.ui.speed.figures import Figure, percentile, seconds, table


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [float(n) for n in range(20, 0, -1)]
    assert [percentile(values, rank) for rank in (50, 95, 99, 100)] == [10, 19, 20, 20]
    assert percentile([7.0], 95) == 7


def test_an_aim_is_for_the_95th_percentile_and_nothing_measured_misses_it() -> None:
    assert seconds("a", [0.1] * 19 + [9.0], 100).is_met
    assert not seconds("a", [0.1] * 18 + [9.0] * 2, 100).is_met
    assert not Figure("none", (), aim=1).is_met
    figures = [seconds("words", [0.25, 0.2], 300), Figure("none", (), aim=1), Figure("free", (5.0,))]
    _, first, none, free = (line.split() for line in table(figures).splitlines())
    assert first == ["words", "2", "200", "250", "250", "250", "ms", "300:", "met"]
    assert none[-1] == "MISSED"
    assert free == ["free", "1", "5.0", "5.0", "5.0", "5.0", "ms"]
