"""Which questions a run asks: the gold that ships, and an even part of it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from evals.gold.questions import GoldQuestion, load_files


def shipped_gold() -> list[Path]:
    """The gold on the monograph that ships."""
    return sorted(Path(str(files("evals") / "gold")).glob("monograph-*.jsonl"))


def read_suite(paths: Sequence[Path], split: str = "all") -> list[GoldQuestion]:
    """The questions of gold files, those of one split or all.

    Raises:
        BadGold: a line cannot be used, or two files share an id.
    """
    return [question for _, question in load_files(paths, split)]


def spread(questions: Sequence[GoldQuestion], most: int) -> list[GoldQuestion]:
    """At most ``most`` of them (0: all), spread evenly, so that a small run has every file and kind in it."""
    if not 0 < most < len(questions):
        return list(questions)
    return [questions[i * len(questions) // most] for i in range(most)]
