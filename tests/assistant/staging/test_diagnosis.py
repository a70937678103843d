"""IMWG 2014: every limit one step below, at, and above, in every unit; categories by worked examples."""

from __future__ import annotations

from assistant.staging.diagnosis import crab_slim
from assistant.staging.inputs import findings_from
from assistant.staging.tools import diagnose_myeloma
from tests.rows import every_row

NO_CRAB = {
    "calcium": "normal", "creatinine": "normal", "creatinine_clearance": "normal", "haemoglobin": "normal",
    "lytic_lesions": "0",
}
NO_SLIM = {"mri_focal_lesions": "0", "kappa": "12 mg/L", "lambda_": "12 mg/L"}
NO_EVENT = {**NO_CRAB, **NO_SLIM}

# letter, findings, met; typed from the printed criteria ("exactly 2.75, 177, 100 and 40 do not meet").
BOUNDARIES: list[tuple[str, dict[str, str], bool | None]] = [
    ("C", {"calcium": "2.74 mmol/L"}, False), ("C", {"calcium": "2.75 mmol/L"}, False),
    ("C", {"calcium": "2.76 mmol/L"}, True), ("C", {"calcium": "2.7501mmol/l"}, True),
    ("C", {"calcium": "10.9 mg/dL"}, False), ("C", {"calcium": "11 mg/dL"}, False),
    ("C", {"calcium": "11.1 mg/dL"}, True), ("C", {"calcium": "11.02 mg/dL"}, True),
    ("C", {"calcium": "2.75 mmol/L (2.1-2.5)"}, False), ("C", {"calcium": "2.71 mmol/L (2.1-2.45)"}, True),
    ("C", {"calcium": "2.70 mmol/L (2.1-2.45)"}, False), ("C", {"calcium": "10.9 mg/dL (8.5-9.9)"}, False),
    ("C", {"calcium": "10.91 mg/dL (8.5-9.9)"}, True), ("C", {"calcium": "normal"}, False),
    ("C", {"calcium": "high"}, None), ("C", {}, None),
    # Corrected and measured calcium on different sides: left open.
    ("C", {"calcium": "2.60 mmol/L", "albumin": "30 g/L"}, None),
    ("C", {"calcium": "2.60 mmol/L", "albumin": "32.5 g/L"}, False),
    ("C", {"calcium": "2.80 mmol/L", "albumin": "36 g/L"}, True),
    ("R", {"creatinine": "178 µmol/L"}, True), ("R", {"creatinine": "2.01 mg/dL"}, True),
    ("R", {"creatinine": "177 µmol/L", "age": "40", "sex": "male"}, False),
    ("R", {"creatinine": "2 mg/dL", "age": "40", "sex": "male"}, False),
    ("R", {"creatinine": "2.0 mg/dL", "age": "70", "sex": "male"}, True),       # eGFR 35.2
    ("R", {"creatinine": "1.75 mg/dL", "age": "70", "sex": "male"}, False),     # eGFR 41.4
    ("R", {"creatinine": "163 µmol/L", "age": "71", "sex": "male"}, True),      # eGFR 38.6
    ("R", {"creatinine": "1.41 mg/dL", "age": "70", "sex": "female"}, False),
    ("R", {"creatinine": "1.42 mg/dL", "age": "70", "sex": "female"}, True),
    ("R", {"creatinine": "150 µmol/L"}, None), ("R", {"creatinine": "60 µmol/L"}, False),
    ("R", {"creatinine": "100 µmol/L", "creatinine_clearance": "39.9 mL/min", "age": "50", "sex": "male"},
     True),
    ("R", {"creatinine": "100 µmol/L", "creatinine_clearance": "40 mL/min", "age": "50", "sex": "male"},
     False),
    ("R", {"creatinine_clearance": "39 mL/min"}, True), ("R", {"creatinine_clearance": "40 mL/min"}, None),
    ("R", {"creatinine": "normal"}, False), ("R", {"creatinine": "0.178 mmol/L"}, True),
    ("A", {"haemoglobin": "99 g/L"}, True), ("A", {"haemoglobin": "9.9 g/dL"}, True),
    ("A", {"haemoglobin": "100 g/L (120-160)"}, False), ("A", {"haemoglobin": "10 g/dL (12-16)"}, False),
    ("A", {"haemoglobin": "100 g/L (121-160)"}, True), ("A", {"haemoglobin": "109.9 g/L (130-175)"}, True),
    ("A", {"haemoglobin": "110 g/L (130-175)"}, False), ("A", {"haemoglobin": "105 g/L"}, None),
    ("A", {"haemoglobin": "120 g/L"}, False), ("A", {"haemoglobin": "normal"}, False),
    ("A", {"haemoglobin": "low"}, None),
    ("B", {"lytic_lesions": "0", "marrow_plasma_cells": "20%"}, False),
    ("B", {"lytic_lesions": "1", "marrow_plasma_cells": "20%"}, True),
    ("B", {"lytic_lesions": "1", "marrow_plasma_cells": "8%"}, None),
    ("B", {"lytic_lesions": "2", "marrow_plasma_cells": "8%"}, True),
    ("B", {"lytic_lesions": "multiple"}, True), ("B", {"lytic_lesions": "1"}, None),
    ("S", {"marrow_plasma_cells": "59.9%"}, False), ("S", {"marrow_plasma_cells": "60%"}, True),
    ("S", {"marrow_plasma_cells": "60.1%"}, True), ("S", {}, None),
    ("Li", {"kappa": "100 mg/L", "lambda_": "1 mg/L"}, True),
    ("Li", {"kappa": "99.9 mg/L", "lambda_": "0.5 mg/L"}, False),
    ("Li", {"kappa": "999 mg/L", "lambda_": "10 mg/L"}, False),
    ("Li", {"kappa": "1000 mg/L", "lambda_": "10 mg/L"}, True),
    ("Li", {"kappa": "2 mg/L", "lambda_": "250 mg/L"}, True),
    ("Li", {"flc_ratio": "0.008", "lambda_": "250 mg/L"}, True),
    ("Li", {"flc_ratio": "0.01", "lambda_": "100 mg/L"}, True),
    ("Li", {"flc_ratio": "0.011", "lambda_": "900 mg/L"}, False),
    ("Li", {"kappa": "10 mg/dL", "lambda_": "1 mg/L"}, True),
    ("Li", {"kappa": "9.9 mg/dL", "lambda_": "0.1 mg/dL"}, False),
    ("Li", {"kappa": "101 mg/L"}, None), ("Li", {"kappa": "12 mg/L", "lambda_": "12 mg/L"}, False),
    ("Li", {"kappa": "300 mg/L", "lambda_": "< 1 mg/L"}, True), ("Li", {"flc_ratio": "125"}, None),
    ("M", {"mri_focal_lesions": "0"}, False), ("M", {"mri_focal_lesions": "1"}, False),
    ("M", {"mri_focal_lesions": "2"}, True), ("M", {"mri_focal_lesions": ">1"}, True), ("M", {}, None),
]


@every_row(("letter", "given", "met"), BOUNDARIES, ids=lambda value: str(value))
def test_each_event_at_its_limit(letter: str, given: dict[str, str], met: bool | None) -> None:
    assert crab_slim(findings_from(**given))[letter] is met


# findings, possible diagnoses
CASES: list[tuple[dict[str, str], str]] = [
    ({"marrow_plasma_cells": "25%", "haemoglobin": "92 g/L"}, "active myeloma"),
    ({"marrow_plasma_cells": "62%"}, "active myeloma"),
    ({"marrow_plasma_cells": "60%", **NO_CRAB}, "active myeloma"),
    ({"marrow_plasma_cells": "15%", "flc_ratio": "0.008", "lambda_": "250 mg/L", **NO_CRAB},
     "active myeloma"),
    ({"marrow_plasma_cells": "10%", "lytic_lesions": "1"}, "active myeloma"),
    ({"marrow_plasma_cells": "9.9%", "haemoglobin": "92 g/L", "plasmacytoma": "no"}, "other"),
    ({"marrow_plasma_cells": "9%", "haemoglobin": "92 g/L"}, "active myeloma | other"),
    ({"marrow_plasma_cells": "5%", "plasmacytoma": "yes", "calcium": "3.0 mmol/L"}, "active myeloma"),
    ({"marrow_plasma_cells": "0%", "plasmacytoma": "yes", **NO_EVENT}, "other"),
    # κ/λ 30 is below 100
    ({"marrow_plasma_cells": "15%", **NO_CRAB, "flc_ratio": "30", "kappa": "300 mg/L",
      "mri_focal_lesions": "0"},
     "smouldering myeloma"),
    ({"marrow_plasma_cells": "10%", **NO_EVENT}, "smouldering myeloma"),
    ({"marrow_plasma_cells": "59.9%", **NO_EVENT}, "smouldering myeloma"),
    ({"marrow_plasma_cells": "8%", **NO_EVENT, "m_protein_serum": "32 g/L", "heavy_chain": "IgG"},
     "smouldering myeloma"),
    ({"marrow_plasma_cells": "8%", **NO_EVENT, "m_protein_serum": "30 g/L", "heavy_chain": "IgA"},
     "smouldering myeloma"),
    ({"marrow_plasma_cells": "8%", **NO_EVENT, "m_protein_serum": "29.9 g/L", "heavy_chain": "IgA",
      "m_protein_urine": "499 mg/24h"}, "MGUS"),
    ({"marrow_plasma_cells": "8%", **NO_EVENT, "m_protein_serum": "2.99 g/dL", "heavy_chain": "IgG",
      "m_protein_urine": "0.5 g/24h"}, "smouldering myeloma"),
    ({"marrow_plasma_cells": "6%", **NO_EVENT, "m_protein_serum": "12 g/L", "heavy_chain": "IgG",
      "m_protein_urine": "0 mg/24h"}, "MGUS"),
    ({"marrow_plasma_cells": "6%", **NO_EVENT, "m_protein_serum": "12 g/L", "heavy_chain": "IgG"},
     "smouldering myeloma | MGUS"),      # urine M protein ≥ 500 mg/24 h would make it smouldering
    ({"marrow_plasma_cells": "6%", **NO_EVENT, "m_protein_serum": "12 g/L", "heavy_chain": "IgM",
      "m_protein_urine": "0 mg/24h"}, "MGUS"),
    ({"marrow_plasma_cells": "6%", **NO_EVENT, "m_protein_serum": "31 g/L", "heavy_chain": "IgM",
      "m_protein_urine": "0 mg/24h"}, "other"),
    ({"marrow_plasma_cells": "6%", **NO_CRAB, "mri_focal_lesions": "0", "heavy_chain": "light chain",
      "kappa": "60 mg/L",
      "lambda_": "10 mg/L", "m_protein_urine": "499 mg/24h"}, "MGUS"),
    ({"marrow_plasma_cells": "6%", **NO_CRAB, "mri_focal_lesions": "0", "heavy_chain": "light chain",
      "kappa": "60 mg/L",
      "lambda_": "10 mg/L", "m_protein_urine": "500 mg/24h"}, "smouldering myeloma"),
    ({"marrow_plasma_cells": "6%", **NO_EVENT, "heavy_chain": "light chain", "m_protein_urine": "0 mg/24h"},
     "other"),
    # κ 19.4 and λ 26.3 mg/L are not raised
    ({"marrow_plasma_cells": "6%", **NO_CRAB, "mri_focal_lesions": "0", "heavy_chain": "light chain",
      "kappa": "19.4 mg/L", "lambda_": "10 mg/L", "m_protein_urine": "0 mg/24h"}, "other"),
    ({"marrow_plasma_cells": "6%", **NO_CRAB, "mri_focal_lesions": "0", "heavy_chain": "light chain",
      "kappa": "19.5 mg/L", "lambda_": "10 mg/L", "m_protein_urine": "0 mg/24h"}, "MGUS"),
    ({"marrow_plasma_cells": "6%", **NO_CRAB, "mri_focal_lesions": "0", "heavy_chain": "light chain",
      "kappa": "5 mg/L", "lambda_": "26.3 mg/L", "m_protein_urine": "0 mg/24h"}, "other"),
    ({"marrow_plasma_cells": "6%", **NO_CRAB, "mri_focal_lesions": "0", "heavy_chain": "light chain",
      "kappa": "5 mg/L", "lambda_": "26.4 mg/L", "m_protein_urine": "0 mg/24h"}, "MGUS"),
    ({"marrow_plasma_cells": "15%", **NO_EVENT, "amyloidosis": "yes"}, "other"),
    ({"marrow_plasma_cells": "15%", "haemoglobin": "92 g/L", "amyloidosis": "yes"}, "active myeloma"),
    ({"marrow_plasma_cells": "15%", **{**NO_EVENT, "haemoglobin": "92 g/L"}, "crab_from_myeloma": "no"},
     "smouldering myeloma"),
    ({"marrow_plasma_cells": "15%"}, "active myeloma | smouldering myeloma"),
    ({}, "active myeloma | smouldering myeloma | MGUS | other"),
]


@every_row(("given", "possible"), CASES, ids=lambda value: str(value)[:60])
def test_diagnoses(given: dict[str, str], possible: str) -> None:
    result = diagnose_myeloma(**given)  # type: ignore[arg-type]
    assert not result.problems
    assert " | ".join(result.possible) == possible


def test_missing_findings_are_named() -> None:
    result = diagnose_myeloma(marrow_plasma_cells="15%", haemoglobin="105 g/L", creatinine="150 µmol/L")
    assert result.to_record()["missing"] == [
        "calcium", "age", "sex", "lower limit of normal of haemoglobin", "lytic lesions", "free light chains",
        "MRI focal lesions",
    ]


def test_assumptions_are_said() -> None:
    smouldering = diagnose_myeloma(marrow_plasma_cells="15%", **NO_EVENT)  # type: ignore[arg-type]
    assert "amyloid-assumed" in [n.key for n in smouldering.notes]
    anaemic = diagnose_myeloma(marrow_plasma_cells="15%", haemoglobin="92 g/L")
    assert "crab-assumed" in [n.key for n in anaemic.notes]
    open_calcium = diagnose_myeloma(marrow_plasma_cells="15%", calcium="2.60 mmol/L", albumin="30 g/L")
    assert "calcium-disagrees" in [n.key for n in open_calcium.notes]
    assert "ionised calcium" in open_calcium.to_record()["missing"]  # type: ignore[operator]


def test_not_after_treatment() -> None:
    result = diagnose_myeloma(marrow_plasma_cells="62%", time_point="after treatment")
    assert (result.applicable, result.possible) == (False, ())
