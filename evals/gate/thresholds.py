"""The gate: a fast slice of the gold against thresholds in a file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from evals.gold.questions import BadGold, GoldQuestion
from evals.gold.suites import read_suite
from evals.metrics.register import metrics
from evals.results.by_slice import Results


@dataclass(frozen=True, slots=True)
class Gate:
    """Which questions are asked, and what their means must reach; thresholds by measure."""

    questions: tuple[GoldQuestion, ...]
    gold: tuple[Path, ...]
    at_least: Mapping[str, float]
    at_most: Mapping[str, float]


def read_gate(path: Path | None = None) -> Gate:
    """The shipped gate, or that of a file.

    Raises:
        BadGold: the file is not usable, or names no measure or gold file that there is.
    """
    path = path or Path(str(files("evals") / "gate" / "gate.toml"))
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        every, sampled, whole = int(data["every"]), list(data["sampled"]), list(data["whole"])
        least, most = dict(data.get("at_least", {})), dict(data.get("at_most", {}))
    except KeyError as error:
        raise BadGold(f"{path}: has no {error}; see the shipped evals/gate/gate.toml") from error
    except (tomllib.TOMLDecodeError, TypeError, ValueError) as error:
        raise BadGold(f"{path}: {type(error).__name__}: {error}") from error
    if unknown := [name for name in (*least, *most) if name not in metrics()]:
        raise BadGold(f"{path}: no measure is called {unknown[0]!r}; see evals/metrics/metrics.toml")
    folder = Path(str(files("evals") / "gold"))
    steps = {folder / f"{name}.jsonl": every for name in sampled}
    steps |= {folder / f"{name}.jsonl": 1 for name in whole}
    questions = tuple(q for file, step in steps.items() for q in read_suite([file])[::step])
    return Gate(questions, tuple(steps), least, most)


def failures(gate: Gate, found: Results) -> list[str]:
    """A line for each threshold that is missed; a measure without any value misses it."""
    whole, lines = found.slices[0], []
    for name, threshold in gate.at_least.items():
        cell = whole.cells.get(name)
        if cell is None or cell.mean.value < threshold:
            lines.append(_line(name, cell.mean.value if cell else None, "at least", threshold))
    for name, threshold in gate.at_most.items():
        cell = whole.cells.get(name)
        if cell is None or cell.mean.value > threshold:
            lines.append(_line(name, cell.mean.value if cell else None, "at most", threshold))
    return lines


def _line(name: str, value: float | None, word: str, threshold: float) -> str:
    told = "not measured" if value is None else f"{value:.3f}"
    return f"{metrics()[name].title['en']} ({name}): {told}, must be {word} {threshold:g}"
