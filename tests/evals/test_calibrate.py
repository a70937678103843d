"""Refitting the judgement and searching the ranking."""

from __future__ import annotations

import math
import random
import tomllib
from dataclasses import asdict, fields, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from assistant import ranking as ranking_module
from assistant.ranking import Ranking, ranking
from evals.calibrate import main
from evals.fitting import (
    NAMES,
    Example,
    Fit,
    Settings,
    area,
    fit,
    logistic,
    sufficiency_toml,
    threshold_table,
)
from evals.running import read_questions
from evals.tuning import RANGES, moved, objective, ranking_toml, search
from index import Index
from tests.evals.conftest import ROWS, Write


def _shipped(name: str) -> str:
    return (files("assistant") / "data" / name).read_text("utf-8")


def test_without_signals_only_the_odds_are_learnt() -> None:
    # Six answerable, two not, each of the two costing 1.5: odds 6 to 3.
    model = logistic(np.zeros((8, 2)), np.array([True] * 6 + [False] * 2), Settings(unanswerable=1.5))
    assert model.intercept == pytest.approx(math.log(2), abs=1e-6)
    assert model.weights == pytest.approx((0, 0), abs=1e-6)


def test_the_optimum_of_the_penalised_loss() -> None:
    # One signal, -1 and 1, fully telling, no intercept by symmetry: strength * 2 * sigmoid(-w) = w.
    model = logistic(np.array([[-1.0], [1.0]]), np.array([False, True]), Settings(3, 1))
    [weight] = model.weights
    assert 3 * 2 / (1 + math.exp(weight)) == pytest.approx(weight, abs=1e-6)
    assert model.intercept == pytest.approx(0, abs=1e-6)


def _example(id_: str, answerable: bool, *firsts: float) -> Example:
    """An example whose clauses differ in the first signal only."""
    clauses = np.zeros((len(firsts), len(NAMES)))
    clauses[:, 0] = firsts
    return Example(id_, clauses, answerable)


EXAMPLES = [
    _example("a", True, 1.0, 0.0),  # one clause that is answered, one that is not
    _example("b", True, 1.0),
    _example("c", False, 0.0),
    _example("d", False, 0.0, 0.1),
]


def test_a_question_is_as_answerable_as_its_best_clause() -> None:
    model = fit(EXAMPLES)
    best = logistic(np.array([[1.0], [1.0], [0.0], [0.1]]), np.array([True, True, False, False]), Settings())
    assert model.weights[0] == pytest.approx(best.weights[0], abs=1e-5)
    assert model.confidence(EXAMPLES[0]) == model.confidence(EXAMPLES[1])
    assert area(model, EXAMPLES) == 1.0


def test_without_evidence_there_is_no_confidence_and_nothing_to_learn() -> None:
    nothing = _example("e", True)
    assert fit([*EXAMPLES, nothing]) == fit(EXAMPLES)
    assert fit(EXAMPLES).confidence(nothing) == 0.0


def test_one_kind_of_question_is_not_enough() -> None:
    with pytest.raises(ValueError, match="must hold answerable and unanswerable"):
        fit(EXAMPLES[:2])


def test_the_table_of_thresholds() -> None:
    data = [_example("a", True, 0.0), _example("b", False, -1.0), _example("c", False, 1.0)]
    model = Fit(0.0, (1.0, *[0.0] * (len(NAMES) - 1)))  # confidences 0.50, 0.27 and 0.73
    cells = [line.split() for line in threshold_table(model, data).splitlines()[1:]]
    rows = {float(threshold): shares for threshold, *shares in cells}
    assert rows[0.25] == ["0.000", "0.000"]
    assert rows[0.5] == ["0.500", "0.000"]
    assert rows[0.75] == ["1.000", "1.000"]


def test_the_judgement_file_keeps_its_settings_and_comments() -> None:
    old = _shipped("sufficiency.toml")
    model = Fit(-1.5, tuple(float(i) for i in range(len(NAMES))))
    new = sufficiency_toml(old, model, None, "# Provenance: a test.")
    before, after = tomllib.loads(old), tomllib.loads(new)
    assert after["intercept"] == -1.5
    assert list(after["weights"].items()) == list(zip(NAMES, map(float, range(len(NAMES))), strict=True))
    others = before.keys() - {"intercept", "weights"}
    assert {key: after[key] for key in others} == {key: before[key] for key in others}
    assert new.count("# Provenance:") == 1
    assert "# confidence" in new
    assert tomllib.loads(sufficiency_toml(old, model, 0.625, "# Provenance: a test."))["threshold"] == 0.625


def test_the_ranking_file_keeps_its_comments() -> None:
    old = _shipped("ranking.toml")
    weights = replace(ranking(), noun=0.123, budget=251)
    new = ranking_toml(old, weights, "# Provenance: a test.")
    values = {name: value for table in tomllib.loads(new).values() for name, value in table.items()}
    assert values == asdict(weights)
    assert isinstance(values["budget"], int)
    assert "# Provenance: a test.\n" in new
    assert [line.split("#")[1:] for line in new.splitlines() if "= " in line] == [
        line.split("#")[1:] for line in old.splitlines() if "= " in line
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A. Provenance: old,\n# and more.\n\nx = 1 # y\n", "# A.\n# Provenance: new.\n\nx = 1 # y\n"),
        ("# A.\n# Provenance: old.\nx = 1\n# z\n", "# A.\n# Provenance: new.\nx = 1\n# z\n"),
        ("x = 1\n", "# Provenance: new.\nx = 1\n"),
    ],
)
def test_the_provenance_is_replaced_and_nothing_else(text: str, expected: str) -> None:
    assert with_provenance(text, "# Provenance: new.") == expected


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


def test_fitting_writes_where_it_is_told(
    document: Path, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped, gold = _shipped("sufficiency.toml"), str(write(ROWS))
    texts = []
    for name in ("one.toml", "two.toml"):
        out = tmp_path / name
        arguments = ["--source", str(document), "--date", "2026-01-02", gold, "--threshold", "0.55"]
        assert main([*arguments, "--out", str(out)]) == 0
        texts.append(out.read_text("utf-8"))
    assert texts[0] == texts[1]
    assert _shipped("sufficiency.toml") == shipped
    data = tomllib.loads(texts[0])
    assert set(data["weights"]) == set(NAMES)
    assert data["threshold"] == 0.55
    provenance = " ".join(line.strip("# ") for line in texts[0].splitlines() if line.startswith("#"))
    assert "dev split of memo (5 questions, 2 of them unanswerable" in provenance
    assert "2026-01-02" in provenance
    assert "threshold  unanswerable recognised" in capsys.readouterr().out


def test_tuning_writes_where_it_is_told(document: Path, write: Write, tmp_path: Path) -> None:
    shipped, out = _shipped("ranking.toml"), tmp_path / "ranking.toml"
    arguments = ["--source", str(document), "--date", "2026-01-02", str(write(ROWS)), "--out", str(out)]
    assert main([*arguments, "--tune", "0.2", "--seed", "7"]) == 0
    assert _shipped("ranking.toml") == shipped
    text = out.read_text("utf-8")
    assert "seed 7" in text
    assert "2026-01-02" in text
    assert tomllib.loads(text).keys() == tomllib.loads(shipped).keys()


def test_gold_of_one_kind_is_misuse(
    document: Path, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "never.toml"
    arguments = ["--source", str(document), "--date", "2026-01-02", str(write(ROWS[:3])), "--out", str(out)]
    assert main(arguments) == 2
    assert "add the missing kind" in capsys.readouterr().err
    assert not out.exists()
