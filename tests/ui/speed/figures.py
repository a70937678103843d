"""Times and counts as a table, each beside what is aimed at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in ``unit``; ``aim`` is the most that its 95th percentile may be."""

    name: str
    values: tuple[float, ...]
    unit: str = "ms"
    aim: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether the aim is kept; without one there is nothing to miss, without a value it is missed."""
        return self.aim is None or (bool(self.values) and percentile(self.values, 95) <= self.aim)


def seconds(name: str, values: Sequence[float], aim: float | None = None) -> Figure:
    """A figure in milliseconds of ``values`` in seconds; ``aim`` in milliseconds."""
    return Figure(name, tuple(1000 * value for value in values), "ms", aim)


def percentile(values: Sequence[float], rank: float) -> float:
    """The smallest value that ``rank`` percent of the values do not exceed (nearest rank).

    >>> percentile([4.0, 1.0, 3.0, 2.0], 50)
    2.0
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * rank / 100) - 1)]


def table(figures: Sequence[Figure]) -> str:
    """One line a figure: n, median, 95th and 99th percentile, the largest, the aim."""
    width = max(len(figure.name) for figure in figures)
    heads = ("n", "p50", "p95", "p99", "max", "unit", "aim for p95")
    lines = [" " * width + "".join(f"{head:>8}" for head in heads[:5]) + "  " + "  ".join(heads[5:])]
    for figure in figures:
        numbers = [percentile(figure.values, rank) for rank in (50, 95, 99, 100)] if figure.values else []
        shown = "".join(f"{number:8.1f}" if number < 100 else f"{number:8.0f}" for number in numbers)
        aim = "" if figure.aim is None else f"{figure.aim:g}: {'met' if figure.is_met else 'MISSED'}"
        line = f"{figure.name:<{width}}{len(figure.values):>8}{shown:<32}  {figure.unit:<4}  {aim}"
        lines.append(line.rstrip())
    return "\n".join(lines)
