"""No stage from a value that cannot be right: the value is named and asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.staging import stage
from assistant.staging.findings import Conflict, Findings, Fish, FishVerdict, LesionResult, Measurement
from assistant.staging.iss import System
from assistant.staging.tools import diagnose_myeloma, stage_myeloma

GOOD = {"b2m": "5.6 mg/L", "albumin": "32 g/L", "ldh": "310/250", "fish": "del(17p)"}


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        ("albumin", "350 g/L", "impossible"), ("albumin", "3.2 g/L", "impossible"),
        ("albumin", "36 g/dL", "impossible"),
        ("albumin", "-35 g/L", "impossible"), ("albumin", "0 g/L", "impossible"),
        ("b2m", "100.1 mg/L", "impossible"),
        ("b2m", "-1 mg/L", "impossible"), ("b2m", "5600 mg/L", "impossible"),
        ("b2m", "5.6 g/L", "impossible"),
        ("b2m", "5.6 nmol/L", "impossible"), ("b2m", "5.6 ng/mL", "impossible"),
        ("b2m", "0 mg/L", "impossible"),
        ("b2m", "5.6", "no-unit"), ("albumin", "32", "no-unit"), ("albumin", "3.2", "no-unit"),
        ("b2m", "5.6 mmHg", "unknown-unit"), ("albumin", "32 %", "unknown-unit"),
        ("b2m", "5.6 U/L", "unknown-unit"),
        ("ldh", "310 mg/L", "unknown-unit"), ("ldh", "0/250", "impossible"),
        ("ldh", "310/0", "bad-reference"),
        ("ldh", "200 U/L (120-250) high", "verdict-against-value"),
        ("ldh", "310/250 正常", "verdict-against-value"),
        ("ldh", "200 U/L (250-120)", "bad-reference"),
        ("fish", "del(17p), del(17p) positive, t(4;14)", None),
        ("fish", "del(17p)阳性，del(17p)阴性", "lesion-twice"),
        ("fish", "未见异常, t(4;14)阳性", "verdict-against-lesion"),
        ("fish", "标危，del(17p)阳性", "verdict-against-lesion"),
        ("fish", "IGH negative, t(4;14) positive", "igh-against-partner"),
        ("fish", "del(17p) 135%", "bad-percent"),
        ("fish", "未见高危异常, 1q21+", None), ("ldh", "310/250 high", None),
    ],
)
def test_r_iss_refuses(field: str, text: str, kind: str | None) -> None:
    result = stage_myeloma(**{**GOOD, field: text})  # type: ignore[arg-type]
    assert [p.key for p in result.problems] == ([kind] if kind else [])
    if kind:
        assert (result.stage, result.possible, result.missing) == (None, (), ())
        assert all(c.met is None for c in result.criteria)
        for language in ("zh", "en"):
            assert result.problems[0].text(language)


def test_a_problem_names_the_value_and_asks() -> None:
    texts = stage_myeloma("5.6", "350 g/L").to_record()["problems"]
    assert texts == [
        "B2M 5.6 has no unit. Which unit: mg/L / nmol/L?",
        "albumin 350 g/L is not possible. Please check the value and its unit.",
    ]


def test_what_a_system_does_not_use_cannot_stop_it() -> None:
    assert stage_myeloma("5.6 mg/L", "32 g/L", "0/250", "未见异常, t(4;14)阳性", "iss").stage == "III"


@pytest.mark.parametrize("system", ["iss", "r-iss", "r2-iss"])
@pytest.mark.parametrize(("finding", "kind"), [("b2m", "conflict"), ("patient", "conflict-of-patient"),
                                               ("date", "conflict-of-date")])
def test_conflicting_statements(system: System, finding: str, kind: str) -> None:
    findings = Findings(
        b2m=Measurement(Decimal(6), "mg/L"), albumin=Measurement(Decimal(40), "g/L"),
        conflicts=(Conflict(finding, ("6 mg/L", "3 mg/L")),),
    )
    result = stage(findings, system)
    assert [p.key for p in result.problems] == [kind]
    assert result.possible == ()
    assert "6 mg/L; 3 mg/L" in result.problems[0].text("en")


def test_a_conflict_elsewhere_does_not_stop_a_system() -> None:
    findings = Findings(b2m=Measurement(Decimal(6), "mg/L"), conflicts=(Conflict("calcium", ("2.1", "2.9")),))
    assert stage(findings, "iss").stage == "III"


@pytest.mark.parametrize(
    ("verdict", "igh", "possible"),
    # An IGH rearrangement whose partner is not typed may be t(4;14) or t(14;16).
    [("no other abnormality", "present", ("II", "III")), ("no high-risk lesion", "present", ("II",)),
     (None, "present", ("II", "III")), ("no other abnormality", "absent", ("II",)),
     ("high-risk lesion, not named", None, ("II", "III")), ("pending", None, ("II", "III"))],
)
def test_igh_and_verdicts(verdict: FishVerdict | None, igh: str | None, possible: tuple[str, ...]) -> None:
    results = (LesionResult("IGH rearrangement", igh),) if igh else ()  # type: ignore[arg-type]
    findings = Findings(
        b2m=Measurement(Decimal(6), "mg/L"), ldh=Measurement(verdict="normal"), fish=Fish(verdict, results)
    )
    assert stage(findings).possible == possible


@pytest.mark.parametrize(
    "given",
    [{"calcium": "26 mmol/L"}, {"calcium": "2.6 mg/dL"}, {"creatinine": "1.8 µmol/L"},
     {"haemoglobin": "9.2 g/L"},
     {"haemoglobin": "92 g/dL"}, {"marrow_plasma_cells": "15"}, {"marrow_plasma_cells": "115%"},
     {"age": "150"},
     {"lytic_lesions": "1.5"}, {"calcium": "2.6"}, {"m_protein_serum": "32 g/dL"}, {"m_protein_serum": "32"}],
)
def test_diagnosis_refuses(given: dict[str, str]) -> None:
    result = diagnose_myeloma(**{"marrow_plasma_cells": "65%", **given})  # type: ignore[arg-type]
    assert len(result.problems) == 1
    assert result.possible == ()
