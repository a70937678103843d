"""Refitting the judgement: cases whose optimum can be worked out by hand."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace

import numpy as np
import pytest

from evals.studies.calibration.logistic import Fit, Settings, logistic, with_provenance
from evals.studies.calibration.sufficiency import (
    NAMES,
    SETTINGS,
    Example,
    area,
    confidence,
    fit,
    out_of_writer,
    sufficiency_toml,
    threshold_table,
)
from tests.evals.conftest import shipped_data


def test_without_signals_only_the_odds_are_learnt() -> None:
    # Six answerable, two not, each of the two costing 1.5: odds 6 to 3.
    model = logistic(np.zeros((8, 2)), np.array([True] * 6 + [False] * 2), Settings(3.0, 1.5))
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
    best = logistic(np.array([[1.0], [1.0], [0.0], [0.1]]), np.array([True, True, False, False]), SETTINGS)
    assert model.weights[0] == pytest.approx(best.weights[0], abs=1e-5)
    assert confidence(model, EXAMPLES[0]) == confidence(model, EXAMPLES[1])
    assert area(model, EXAMPLES) == 1.0


def test_without_evidence_there_is_no_confidence_and_nothing_to_learn() -> None:
    nothing = _example("e", True)
    assert fit([*EXAMPLES, nothing]) == fit(EXAMPLES)
    assert confidence(fit(EXAMPLES), nothing) == 0.0


def test_one_kind_of_question_is_not_enough() -> None:
    with pytest.raises(ValueError, match="must hold answerable and unanswerable"):
        fit(EXAMPLES[:2])


def test_the_table_of_thresholds() -> None:
    data = [_example("a", True, 0.0), _example("b", False, -1.0), _example("c", False, 1.0)]
    model = Fit(0.0, (1.0, *[0.0] * (len(NAMES) - 1)))  # confidences 0.50, 0.27 and 0.73
    data = [replace(e, language="en" if e.id == "c" else "zh") for e in data]
    cells = [
        line.split() for line in threshold_table([confidence(model, e) for e in data], data).splitlines()
    ]
    rows = {threshold: shares for threshold, *shares in cells[1:]}
    # In all, English, Chinese; there is no answerable English question.
    assert rows["0.25"] == ["0.000", "0.000", "0.000", "nan", "0.000", "0.000"]
    assert rows["0.50"] == ["0.500", "0.000", "0.000", "nan", "1.000", "0.000"]
    assert rows["0.75"] == ["1.000", "1.000", "1.000", "nan", "1.000", "1.000"]
    assert rows["AUC"] == ["0.5000", "–", "1.0000"]


def test_a_writer_is_judged_by_a_model_of_the_others() -> None:
    """One writer's answers lie high, the other's low: each is taken for the opposite by the other's model."""
    high = [_example("a", True, 1.0), _example("b", False, -1.0)]
    low = [_example("c", True, -1.0), _example("d", False, 1.0)]
    data = [replace(e, writer="x") for e in high] + [replace(e, writer="y") for e in low]
    a, b, c, d = out_of_writer(data)
    assert a < 0.5 < b
    assert c < 0.5 < d
    with pytest.raises(ValueError, match="must hold answerable and unanswerable"):
        out_of_writer([*data[:2], replace(data[2], writer="x")])


def test_the_judgement_file_keeps_its_settings_and_comments() -> None:
    old = shipped_data("sufficiency.toml")
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
