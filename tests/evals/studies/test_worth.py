"""Fitting which passages a patient is told."""

from __future__ import annotations

from dataclasses import fields
from importlib.resources import files

import pytest

from assistant.plain.worth import Signs
from evals.studies.calibration.logistic import Fit, with_weights
from evals.studies.worth import NAMES, fitted, main

WIDTH = len(fields(Signs))


def _row(first: float, holds: bool) -> tuple[tuple[float, ...], bool]:
    return (first, *([0.0] * (WIDTH - 1))), holds


def test_what_tells_groups_apart_gets_the_weight() -> None:
    model = fitted([_row(x / 10, x > 5) for x in range(11)])
    assert model.weights[0] > 1
    assert model.weights[1:] == pytest.approx([0.0] * (WIDTH - 1))


def test_gold_without_a_difference_is_refused() -> None:
    with pytest.raises(ValueError, match="facts that some passages tell"):
        fitted([_row(0.1, True), _row(0.2, True)])


def test_weights_and_provenance_are_replaced_and_the_thresholds_stay() -> None:
    shipped = (files("assistant.plain") / "data" / "worth.toml").read_text("utf-8")
    text = with_weights(shipped, Fit(0.5, (2.0,) * WIDTH), NAMES, "# Provenance: a test.")
    assert "intercept = 0.500\n" in text
    assert text.count(" = 2.000\n") == WIDTH
    assert text.count("Provenance") == 1
    kept = [line for line in shipped.splitlines() if line.startswith(("enough", "warning"))]
    assert len(kept) == 2
    assert all(line in text for line in kept)


def test_a_missing_file_is_a_line(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    missing = str(tmp_path / "none.jsonl")
    assert main(["--source", missing, "--date", "2026-11-23", missing]) == 2
    assert "none.jsonl" in capsys.readouterr().err
