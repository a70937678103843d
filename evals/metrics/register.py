"""The register of measures: what each number means, which direction is better, what it may lose."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Metric:
    """One measure.

    ``better`` is +1 where higher is better, -1 where lower is, 0 where neither is; ``margin`` is the loss
    (same unit) that a comparison tolerates; a ``critical`` one tolerates not a single newly failed item.
    ``unit`` is "" for shares of 0..1. Titles and definitions are in both languages.
    """

    name: str
    group: str
    better: int
    margin: float
    critical: bool
    unit: str
    title: Mapping[str, str]
    means: Mapping[str, str]


@cache
def metrics() -> Mapping[str, Metric]:
    """All measures by name, in the order of the report."""
    data = tomllib.loads((files("evals") / "metrics" / "metrics.toml").read_text("utf-8"))
    return {
        name: Metric(
            name,
            row["group"],
            row.get("better", 1),
            row.get("margin", 0.02),
            row.get("critical", False),
            row.get("unit", ""),
            {"zh": row["zh"], "en": row["en"]},
            {"zh": row["means_zh"], "en": row["means_en"]},
        )
        for name, row in data.items()
    }
