"""Searching weights of the ranking."""

from __future__ import annotations

import random
import tomllib
from dataclasses import asdict, fields, replace

import pytest

from assistant import ranking as ranking_module
from assistant.ranking import Ranking, ranking
from evals.studies.benchmark.cases import read_questions
from evals.studies.calibration.ranking import RANGES, moved, objective, ranking_toml, search
from index import Index
from tests.evals.conftest import ROWS, Write, shipped_data


def test_the_ranking_file_keeps_its_comments() -> None:
    old = shipped_data("ranking.toml")
    weights = replace(ranking(), noun=0.123, budget=251)
    new = ranking_toml(old, weights, "# Provenance: a test.")
    values = {name: value for table in tomllib.loads(new).values() for name, value in table.items()}
    assert values == asdict(weights)
    assert isinstance(values["budget"], int)
    assert "# Provenance: a test.\n" in new
    assert [line.split("#")[1:] for line in new.splitlines() if "= " in line] == [
        line.split("#")[1:] for line in old.splitlines() if "= " in line
    ]


def test_the_ranges_hold_what_ships() -> None:
    assert set(RANGES) <= {field.name for field in fields(Ranking)}
    shipped = asdict(ranking())
    assert {n: shipped[n] for n, (low, high) in RANGES.items() if not low <= shipped[n] <= high} == {}


def test_the_search_keeps_the_best_and_stays_in_range() -> None:
    def near(weights: Ranking) -> float:
        return -abs(weights.noun - 0.9) - abs(weights.budget - 250) / 100

    start = replace(ranking(), noun=0.5, budget=290)
    steps = iter([True] * 300 + [False])
    values: list[float] = []
    best = search(near, start, random.Random(1), lambda: next(steps), values.append)
    assert values == sorted(set(values))
    assert near(best) == values[-1] > near(start) / 5
    assert isinstance(best.budget, int)
    assert best == search(near, start, random.Random(1), iter([True] * 300 + [False]).__next__)


def test_a_move_changes_one_to_three_values() -> None:
    rng = random.Random(0)
    for _ in range(200):
        new = moved(ranking(), rng)
        changed = {n for n, v in asdict(new).items() if v != getattr(ranking(), n)}
        assert len(changed) <= 3
        assert all(RANGES[n][0] <= getattr(new, n) <= RANGES[n][1] for n in changed)


def test_the_objective_uses_the_weights_and_puts_them_back(memo: Index, write: Write) -> None:
    questions = read_questions([write(ROWS)], "dev")
    shipped = ranking()
    with objective(memo, questions) as value:
        # Clinicians: 麻木, and 血型 with 交叉配血. Patients: 每月. Sections of two questions right.
        assert value(shipped) == pytest.approx(1 + 1 + 0.5)
        assert value(shipped) == value(shipped)
        assert ranking_module.ranking() is shipped
        assert value(replace(shipped, overlap=-9.0, similarity=-9.0, hit=-9.0)) < value(shipped)
    assert ranking_module.ranking() is shipped


def test_nothing_to_tune_on(memo: Index, write: Write) -> None:
    with pytest.raises(ValueError, match="no gold question with facts"), objective(
        memo, read_questions([write(ROWS[3:5])])
    ):
        pass
