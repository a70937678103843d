"""The weights of the ranking, from ``data/ranking.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Ranking:
    """See ``data/ranking.toml`` for what each value means."""

    general: float
    noun: float
    word: float
    unknown: float
    context: float
    partial: float
    other_named: float
    inherited: float
    other_word: float
    measured: float
    whole: float
    neighbour: float
    overlap: float
    similarity: float
    likeness: float
    hit: float
    suits: float
    shows: float
    topic: float
    table: float
    defines: float
    heading: float
    first: float
    exception: float
    study: float
    summary: float
    flawed: float
    opens: float
    budget: int
    most: int
    longest: int
    short: int
    near: float
    relative: float
    gain: float
    too_similar: float


@cache
def ranking() -> Ranking:
    """The weights that ship with the project."""
    data = tomllib.loads((files("assistant") / "data" / "ranking.toml").read_text("utf-8"))
    return Ranking(**{name: value for table in data.values() for name, value in table.items()})
