"""20/2/20 in its versions, IMS/IMWG 2025, Durie-Salmon: at and around every limit."""

from __future__ import annotations

from itertools import product

import pytest

from assistant.staging.tools import RiskModel, myeloma_risk, stage_durie_salmon

MARROW = [("19.9%", 0, 0), ("20%", 0, 1), ("20.1%", 1, 1),
 (None, None, None)]        # value, 2018, China 2024
SERUM = [("1.99 g/dL", 0, 0), ("19.9 g/L", 0, 0), ("20 g/L", 0, 1), ("2.0 g/dL", 0, 1), ("20.1 g/L", 1, 1),
         (None, None, None)]
CHAINS = [(("199 mg/L", "10 mg/L"), 0, 0), (("200 mg/L", "10 mg/L"), 0, 1), (("201 mg/L", "10 mg/L"), 1, 1),
          (("10 mg/L", "20 mg/dL"), 0, 1), (("10 mg/L", "12 mg/L"), 0, 0), (("12 mg/L", None), None, None)]
GROUPS = ("low", "intermediate", "high", "high")


@pytest.mark.parametrize(("model", "column"), [("20-2-20", 1), ("20-2-20-china", 2)])
def test_every_combination_of_the_three_factors(model: RiskModel, column: int) -> None:
    for marrow, serum, chains in product(MARROW, SERUM, CHAINS):
        points = [row[column] for row in (marrow, serum, chains)]
        open_ = [(0, 1) if p is None else (p,) for p in points]
        expected = {GROUPS[sum(choice)] for choice in product(*open_)}  # type: ignore[arg-type]
        result = myeloma_risk(model, marrow[0], serum[0], *chains[0])
        assert set(result.possible) == expected, (marrow, serum, chains)


def test_versions_name_each_other_where_they_differ() -> None:
    result = myeloma_risk("20-2-20", "20%", "20 g/L", "300 mg/L", "10 mg/L")
    assert (result.stage, result.name) == ("intermediate", "20/2/20 (Mayo 2018, IMWG 2020)")
    note = next(n.text("en") for n in result.notes if n.key == "versions-differ")
    assert "20/2/20 (China 2024) the group would be high" in note
    assert [(f.value, f.n) for f in result.figures] == [("18", 1996)]


@pytest.mark.parametrize(
    ("fish", "stage"),
    [("t(4;14), del(13q)", "intermediate"),
     ("t(4;14) negative, t(14;16) negative, 1q negative, del(13q) negative", "low-intermediate")],
)
def test_the_fourth_factor(fish: str, stage: str) -> None:
    result = myeloma_risk("20-2-20-fish", "25%", "10 g/L", "12 mg/L", "12 mg/L", fish=fish)
    assert result.stage == stage


def test_fourth_factor_unknown_leaves_two_groups() -> None:
    result = myeloma_risk("20-2-20-fish", "25%", "10 g/L", "12 mg/L", "12 mg/L", fish="del(17p)")
    assert result.possible == ("low-intermediate", "intermediate")


@pytest.mark.parametrize(
    "given",
    [{"marrow_plasma_cells": "60%"}, {"kappa": "1000 mg/L", "lambda_": "10 mg/L"},
     {"disease": "active myeloma"}]
)
def test_smouldering_only(given: dict[str, str]) -> None:
    result = myeloma_risk("20-2-20", **{"m_protein_serum": "25 g/L", **given})  # type: ignore[arg-type]
    assert (result.applicable, result.possible) == (False, ())


ABSENT = "t(4;14) negative, t(14;16) negative, t(14;20) negative, del(17p) negative"
HIGH: list[tuple[dict[str, str], str]] = [
    ({"fish": "del(17p) 20.1%"}, "high risk"), ({"fish": "del(17p) 20%"}, "both"),
    ({"fish": "del(17p)"}, "both"),
    ({"tp53_mutation": "yes"}, "high risk"), ({"fish": "t(4;14), 1q+"}, "high risk"),
    ({"fish": "t(14;20), del(1p32)"}, "high risk"), ({"fish": "t(14;16)"}, "both"), ({"fish": "1q+"}, "both"),
    ({"fish": "del(1p32) monoallelic, 1q+"}, "high risk"), ({"fish": "del(1p32) biallelic"}, "high risk"),
    ({"fish": "del(1p32), 1q+"}, "high risk"), ({"fish": "del(1p32) monoallelic"}, "both"),
    ({"b2m": "5.5 mg/L", "creatinine": "1.19 mg/dL"}, "high risk"),
    ({"b2m": "5.5 mg/L", "creatinine": "1.2 mg/dL"}, "both"),
    ({"b2m": "466 nmol/L", "creatinine": "106 µmol/L"}, "high risk"),   # 1.199 mg/dL
    ({"b2m": "466 nmol/L", "creatinine": "106.1 µmol/L"}, "both"),
    ({"b2m": "5.49 mg/L", "creatinine": "0.8 mg/dL"}, "both"),
    ({"fish": f"{ABSENT}, 1q negative, del(1p32) negative", "tp53_mutation": "no", "b2m": "5.4 mg/L"},
     "not high risk"),
    ({"fish": f"{ABSENT}, 1q+, del(1p32) negative", "tp53_mutation": "no", "b2m": "5.4 mg/L"},
     "not high risk"),
    ({"fish": "t(4;14) positive, t(14;16) negative, t(14;20) negative, del(17p) negative, 1q negative,"
              " del(1p32) negative", "tp53_mutation": "no", "creatinine": "1.2 mg/dL"}, "not high risk"),
    ({"fish": f"{ABSENT}, 1q negative, del(1p32) monoallelic", "tp53_mutation": "no", "b2m": "2 mg/L"},
     "not high risk"),
    ({"fish": f"{ABSENT}, 1q negative, del(1p32) positive", "tp53_mutation": "no", "b2m": "2 mg/L"}, "both"),
    ({"fish": "negative", "tp53_mutation": "no", "b2m": "2 mg/L"}, "both"),
]


@pytest.mark.parametrize(("given", "outcome"), HIGH, ids=lambda value: str(value)[:50])
def test_ims_2025(given: dict[str, str], outcome: str) -> None:
    result = myeloma_risk("ims-2025", **given)  # type: ignore[arg-type]
    assert result.possible == (("high risk", "not high risk") if outcome == "both" else (outcome,))
    if outcome == "both":
        assert result.notes[0].key == "not-excluded"
        assert result.missing


ALL_ONE = {
    "haemoglobin": "12 g/dL", "calcium": "normal", "lytic_lesions": "0", "m_protein_serum": "20 g/L",
    "m_protein_urine": "0.1 g/24h", "heavy_chain": "IgG", "creatinine": "1.0 mg/dL",
}
DURIE: list[tuple[dict[str, str], str]] = [
    ({}, "IA"), ({"haemoglobin": "10.1 g/dL"}, "IA"), ({"haemoglobin": "10 g/dL"}, "IIA"),
    ({"haemoglobin": "100 g/L"}, "IIA"), ({"haemoglobin": "8.5 g/dL"}, "IIA"),
    ({"haemoglobin": "84.9 g/L"}, "IIIA"),
    ({"haemoglobin": "8.49 g/dL"}, "IIIA"),
    ({"calcium": "12 mg/dL"}, "IA IIA"), ({"calcium": "12.1 mg/dL"}, "IIIA"),
    ({"calcium": "3.0 mmol/L"}, "IA IIA"),
    ({"calcium": "3.01 mmol/L"}, "IIIA"), ({"calcium": "9.8 mg/dL"}, "IA"),
    ({"calcium": "10.5 mg/dL (8.5-10.5)"}, "IA"),
    ({"calcium": "2.56 mmol/L (2.1-2.55)"}, "IA IIA"),
    ({"calcium": "10.2 mg/dL"}, "IA IIA"),
    ({"calcium": "10.2 mg/dL (8.5-10.5)"}, "IA"), ({"calcium": "2.60 mmol/L (2.1-2.55)"}, "IA IIA"),
    ({"lytic_lesions": "2"}, "IIA"), ({"lytic_lesions": "3"}, "IIA IIIA"),
    ({"lytic_lesions": "5"}, "IIA IIIA"),
    ({"lytic_lesions": "6"}, "IIIA"), ({"lytic_lesions": "1", "plasmacytoma": "yes"}, "IA"),
    ({"lytic_lesions": "1"}, "IA IIA"), ({"lytic_lesions": "multiple"}, "IIA IIIA"),
    ({"m_protein_serum": "49.9 g/L"}, "IA"), ({"m_protein_serum": "5 g/dL"}, "IIA"),
    ({"m_protein_serum": "70 g/L"}, "IIA"),
    ({"m_protein_serum": "70.1 g/L"}, "IIIA"), ({"m_protein_serum": "29.9 g/L", "heavy_chain": "IgA"}, "IA"),
    ({"m_protein_serum": "30 g/L", "heavy_chain": "IgA"}, "IIA"),
    ({"m_protein_serum": "50 g/L", "heavy_chain": "IgA"}, "IIA"),
    ({"m_protein_serum": "5.01 g/dL", "heavy_chain": "IgA"}, "IIIA"),
    ({"m_protein_urine": "4 g/24h"}, "IIA"), ({"m_protein_urine": "3999 mg/24h"}, "IA"),
    ({"m_protein_urine": "12 g/24h"}, "IIA"), ({"m_protein_urine": "12.1 g/24h"}, "IIIA"),
    ({"creatinine": "1.99 mg/dL"}, "IA"), ({"creatinine": "2.0 mg/dL"}, "IB"),
    ({"creatinine": "177 µmol/L"}, "IB"),
    ({"creatinine": "176 µmol/L"}, "IA"), ({"creatinine": ""}, "IA IB"),
    ({"haemoglobin": ""}, "IA IIA IIIA"), ({"haemoglobin": "", "calcium": "13 mg/dL"}, "IIIA"),
    ({"m_protein_urine": "", "lytic_lesions": "2"}, "IIA IIIA"),
]


@pytest.mark.parametrize(("change", "possible"), DURIE, ids=lambda value: str(value)[:50])
def test_durie_salmon(change: dict[str, str], possible: str) -> None:
    result = stage_durie_salmon(**{**ALL_ONE, **change})  # type: ignore[arg-type]
    assert not result.problems
    assert " ".join(result.possible) == possible


def test_durie_salmon_names_what_is_disputed() -> None:
    result = stage_durie_salmon(**{**ALL_ONE, "lytic_lesions": "4",
      "creatinine": "2.0 mg/dL"})  # type: ignore[arg-type]
    assert {n.key for n in result.notes} == {"ds-not-riss", "ds-disputed", "ds-creatinine"}
    assert "≥ 3, > 3 or > 5" in next(n.text("en") for n in result.notes if n.key == "ds-disputed")
