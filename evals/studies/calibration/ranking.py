"""Random search for the weights of the passage ranking (``assistant/data/ranking.toml``)."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import wraps
from statistics import fmean, median
from typing import Any

from assistant.evidence import weigh
from assistant.presentation import present
from assistant.question import analyse
from assistant.ranking import Ranking, ranking
from assistant.selection import select
from assistant.verification import verify
from evals.studies.benchmark.cases import Asked
from evals.studies.benchmark.scoring import score
from evals.studies.calibration.logistic import with_provenance
from index import Index

# What is searched, and within what; the other values stay as they are.
RANGES: Mapping[str, tuple[float, float]] = {
    "general": (0.2, 0.8),
    "noun": (0.4, 1.0),
    "word": (0.1, 0.7),
    "unknown": (0.1, 1.0),
    "context": (0.5, 0.9),
    "partial": (0.3, 0.9),
    "other_named": (0.2, 0.8),
    "inherited": (0.5, 1.0),
    "other_word": (0.05, 0.6),
    "measured": (0.1, 1.0),
    "whole": (0.2, 1.0),
    "neighbour": (0.1, 0.4),
    "overlap": (0.1, 0.7),
    "similarity": (0.0, 0.9),
    "likeness": (0.0, 4.0),
    "hit": (0.0, 0.5),
    "suits": (0.0, 0.3),
    "shows": (0.05, 0.5),
    "topic": (0.0, 0.5),
    "table": (0.2, 0.8),
    "defines": (0.0, 0.8),
    "heading": (0.0, 0.4),
    "first": (0.0, 0.3),
    "exception": (-0.6, 0.0),
    "study": (-0.6, 0.0),
    "flawed": (-0.3, 0.1),
    "opens": (0.0, 0.15),
    "budget": (240, 340),
    "longest": (360, 480),
    "short": (0, 240),
    "relative": (0.5, 0.85),
    "gain": (0.1, 0.4),
    "too_similar": (0.5, 0.85),
}
_STEP = 0.2  # standard deviation of a step, as a share of the range
_SECTION = 0.5  # worth of the right section, where the facts of one audience are worth 1
_LENGTH, _PER_CHARACTER = 330, 0.002  # median length of Chinese answers that is free, and its price

Objective = Callable[[Ranking], float]


def search(
    objective: Objective,
    start: Ranking,
    rng: random.Random,
    keep_going: Callable[[], bool],
    better: Callable[[float], None] = lambda value: None,
) -> Ranking:
    """The best weights met on the way: one to three values are moved at a time."""
    best, value = start, objective(start)
    better(value)
    while keep_going():
        tried = moved(best, rng)
        if (found := objective(tried)) > value:
            best, value = tried, found
            better(value)
    return best


def moved(weights: Ranking, rng: random.Random) -> Ranking:
    """Weights near the given ones, inside ``RANGES``."""
    changes: dict[str, Any] = {}
    for name in rng.sample(sorted(RANGES), rng.choice([1, 1, 2, 3])):
        low, high = RANGES[name]
        old = getattr(weights, name)
        value = min(high, max(low, rng.gauss(old, (high - low) * _STEP)))
        changes[name] = int(value) if isinstance(old, int) else round(value, 3)
    return replace(weights, **changes)


@contextmanager
def objective(index: Index, questions: Sequence[Asked]) -> Iterator[Objective]:
    """How good the answers to questions with facts are under given weights; abstention is left out.

    Facts count once per audience (clinicians, patients, English), so that none is traded in.
    """
    asked = [a for a in questions if a.question.facts and len(a.question.turns) == 1]
    if not asked:
        raise ValueError("no gold question with facts to tune on; add some or choose another split")
    analysed = [analyse(a.question.turns[0]) for a in asked]
    current = [ranking()]

    def value(weights: Ranking) -> float:
        current[0] = weights
        facts: dict[str, list[float]] = {}
        sections: list[bool] = []
        lengths: list[int] = []
        for a, question in zip(asked, analysed, strict=True):
            shown = present(select(index, weigh(index, question)), question)
            outcome = score(a.question, shown.text, "answered", [c.section_path for c in shown.citations])
            english = a.question.language == "en"
            facts.setdefault("English" if english else a.question.audience, []).append(
                outcome.facts_found / outcome.facts
            )
            if outcome.section is not None:
                sections.append(outcome.section)
            if not english:
                lengths.append(outcome.characters)
        too_long = max(0.0, median(lengths or [0]) - _LENGTH)
        right = fmean(sections) if sections else 0.0
        return sum(map(fmean, facts.values())) + _SECTION * right - _PER_CHARACTER * too_long

    with _replaced("ranking", ranking, lambda: current[0]), _remembered_checks():
        yield value


def ranking_toml(text: str, weights: Ranking, provenance: str) -> str:
    """``text`` of the file with other values and another provenance; its comments stay."""
    for name, value in asdict(weights).items():
        # With what fills the line up to its comment, so that comments keep their column.
        if old := re.search(rf"^{name} = \S+(?: *(?= #))?", text, flags=re.MULTILINE):
            line = f"{name} = {value:g}".ljust(len(old[0]))
            text = text[: old.start()] + line + text[old.end() :]
    return with_provenance(text, provenance)


@contextmanager
def _replaced(name: str, old: object, new: object) -> Iterator[None]:
    """Stand ``new`` in for ``old`` in every module of the assistant that has imported it.

    The weights are read where they are used, from the one shipped file; only a search has others.
    """
    modules = [m for key, m in sys.modules.items() if key.startswith("assistant.")]
    places = [m for m in modules if getattr(m, name, None) is old]
    for module in places:
        setattr(module, name, new)
    try:
        yield
    finally:
        for module in places:
            setattr(module, name, old)


@contextmanager
def _remembered_checks() -> Iterator[None]:
    """The same passages come up thousands of times; their verification need not."""
    known: dict[str, Any] = {}

    @wraps(verify)
    def remembering(*args: Any, **named: Any) -> Any:
        key = repr((args, sorted(named.items())))
        if key not in known:
            known[key] = verify(*args, **named)
        return known[key]

    with _replaced("verify", verify, remembering):
        yield
