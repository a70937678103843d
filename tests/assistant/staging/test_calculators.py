"""Corrected calcium, eGFR and free light chains: the worked examples and their limits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.staging.calculators import correct_calcium, estimate_gfr, light_chain_ratio
from assistant.staging.egfr import ckd_epi_2021
from assistant.staging.findings import Sex
from assistant.staging.result import StagingResult


def computed(result: StagingResult) -> dict[str, tuple[str, str]]:
    return {c.name: (c.value, c.unit) for c in result.computed}


@pytest.mark.parametrize(
    ("calcium", "albumin", "value", "unit", "met"),
    [
        ("10.3 mg/dL", "3.0 g/dL", "11.1", "mg/dL", True), ("2.60 mmol/L", "30 g/L", "2.8", "mmol/L", True),
        ("2.60 mmol/L", "32.5 g/L", "2.75", "mmol/L", False),
        ("2.91 mmol/L", "27.6 g/L", "3.158", "mmol/L", True),
        ("2.60 mmol/L", "3.0 g/dL", "2.8", "mmol/L", True), ("10.3 mg/dL", "30 g/L", "11.1", "mg/dL", True),
        ("10.2 mg/dL", "30 g/L", "11", "mg/dL", False), ("2.2 mmol/L", "45 g/L", "2.1", "mmol/L", False),
    ],
)
def test_corrected_calcium(calcium: str, albumin: str, value: str, unit: str, met: bool) -> None:
    result = correct_calcium(calcium, albumin)
    assert computed(result) == {"corrected_calcium": (value, unit)}
    assert result.criteria[-1].met is met
    assert "calcium-cautions" in [n.key for n in result.notes]


def test_corrected_calcium_needs_both_exact_values() -> None:
    assert correct_calcium("2.6 mmol/L").missing == ("albumin",)
    assert [p.key for p in correct_calcium("> 3 mmol/L", "30 g/L").problems] == ["exact-needed"]


@pytest.mark.parametrize(
    ("creatinine", "age", "sex", "value", "below_40"),
    [
        ("0.9 mg/dL", "55", "female", "75.5", False), ("1.0 mg/dL", "60", "male", "86.2", False),
        ("2.0 mg/dL", "70", "male", "35.2", True), ("1.5 mg/dL", "70", "female", "37.3", True),
        ("163 µmol/L", "71", "male", "38.6", True), ("1.75 mg/dL", "70", "male", "41.4", False),
        ("1.42 mg/dL", "70", "female", "39.8", True), ("1.41 mg/dL", "70", "female", "40.1", False),
        ("1.80 mg/dL", "70", "male", "40.0", True), ("1.79 mg/dL", "70", "male", "40.3", False),
        ("125.7 µmol/L", "70岁", "female", "39.7", True),
    ],
)
def test_egfr(creatinine: str, age: str, sex: Sex, value: str, below_40: bool) -> None:
    result = estimate_gfr(creatinine, age, sex)
    assert computed(result) == {"egfr": (value, "mL/min/1.73 m²")}
    assert result.criteria[0].met is below_40     # unrounded: 39.99 is shown as 40.0 and is below


def test_egfr_against_binary_floats() -> None:
    """The same formula written again in floats, over a grid."""
    for tenths in range(3, 100):
        for age in range(18, 100, 7):
            for sex, kappa, alpha, factor in (("female", 0.7, -0.241, 1.012), ("male", 0.9, -0.302, 1.0)):
                scr = tenths / 10
                expected = 142 * min(scr / kappa, 1) ** alpha * max(scr / kappa,
                 1) ** -1.2 * 0.9938**age * factor
                found = ckd_epi_2021(Decimal(tenths) / 10, Decimal(age), sex)  # type: ignore[arg-type]
                assert abs(float(found) - expected) < 1e-9


def test_egfr_refuses_children_and_names_what_is_missing() -> None:
    assert [p.key for p in estimate_gfr("1 mg/dL", "12", "male").problems] == ["children"]
    assert estimate_gfr("1 mg/dL").missing == ("age", "sex")
    assert estimate_gfr("1 mg/dL").criteria[0].value == "47.3-111.9"      # woman of 110 to man of 18


@pytest.mark.parametrize(
    ("kappa", "lambda_", "chain", "ratio", "involved_ratio"),
    [
        ("2 mg/L", "250 mg/L", "lambda involved", "0.008", "125"),
        ("25 mg/L", "10 mg/L", "kappa involved", "2.5", "2.5"),
        ("100 mg/L", "1 mg/L", "kappa involved", "100", "100"),
        ("1 mg/L", "10 mg/dL", "lambda involved", "0.01", "100"),
        ("165 mg/L", "100 mg/L", "normal", "1.65", None),
        ("166 mg/L", "100 mg/L", "kappa involved", "1.66", "1.66"),
        ("26 mg/L", "100 mg/L", "normal", "0.26", None),
        ("25.9 mg/L", "100 mg/L", "lambda involved", "0.259", "3.861"),
        ("500 mg/L", "< 1.5 mg/L", "kappa involved", "> 333.333", "> 333.333"),
        ("< 0.6 mg/L", "300 mg/L", "lambda involved", "< 0.002", "> 500"),
    ],
)
def test_light_chains(kappa: str, lambda_: str, chain: str, ratio: str, involved_ratio: str | None) -> None:
    result = light_chain_ratio(kappa, lambda_)
    assert result.stage == chain
    values = {name: value for name, (value, _) in computed(result).items()}
    assert values.get("flc_ratio") == ratio
    assert values.get("flc_involved_ratio") == involved_ratio


@pytest.mark.parametrize(
    ("ratio", "standard", "renal"),
    [("0.26", "normal", "lambda involved"), ("0.36", "normal", "lambda involved"),
     ("0.37", "normal", "normal"),
     ("1.66", "kappa involved", "normal"), ("3.10", "kappa involved", "normal"),
     ("3.11", "kappa involved", "kappa involved"), ("0.25", "lambda involved", "lambda involved")],
)
def test_the_renal_reference_range(ratio: str, standard: str, renal: str) -> None:
    assert light_chain_ratio(flc_ratio=ratio).stage == standard
    assert light_chain_ratio(flc_ratio=ratio, renal=True).stage == renal


def test_light_chain_refusals() -> None:
    assert light_chain_ratio("30 mg/L").possible == ("normal", "kappa involved", "lambda involved")
    assert light_chain_ratio("30 mg/L").missing == ("lambda_",)
    assert [p.key for p in light_chain_ratio("0 mg/L", "30 mg/L").problems] == ["ratio-undefined"]
    assert [p.key for p in light_chain_ratio("30 mg/L", "10 mg/L",
      "0.3").problems] == ["ratio-against-chains"]
    assert not light_chain_ratio("10 mg/L", "30 mg/L", "0.33").problems


def test_the_renal_range_names_its_own_source() -> None:
    usual = light_chain_ratio(kappa="30 mg/L", lambda_="10 mg/L")
    renal = light_chain_ratio(kappa="30 mg/L", lambda_="10 mg/L", renal=True)
    assert (usual.stage, renal.stage) == ("kappa involved", "normal")
    assert "Katzmann" in usual.sources[0].text
    assert "0.37-3.10" in renal.sources[0].passage
