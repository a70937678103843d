"""eGFR by CKD-EPI 2021 from serum creatinine, without race, in mL/min/1.73 m² (Inker 2021)."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from assistant.staging.checks import problems, shown_value
from assistant.staging.findings import Findings, Measurement, Sex
from assistant.staging.limits import compare, turned
from assistant.staging.messages import Said, say
from assistant.staging.result import Computed, Criterion, StagingResult, number
from assistant.staging.units import unit_tables

UNIT = "mL/min/1.73 m²"
LIMIT = Decimal(40)
_KAPPA = {"female": Decimal("0.7"), "male": Decimal("0.9")}
_ALPHA = {"female": Decimal("-0.241"), "male": Decimal("-0.302")}
_AGES = (Decimal(18), Decimal(110))


def ckd_epi_2021(creatinine_mg_dl: Decimal, age: Decimal, sex: Sex) -> Decimal:
    """142 × min(Scr/κ,1)^α × max(Scr/κ,1)^−1.200 × 0.9938^age × 1.012 [female]; age ≥ 18 years.

    >>> round(ckd_epi_2021(Decimal("0.9"), Decimal(55), "female"), 1)
    Decimal('75.5')
    """
    relative = creatinine_mg_dl / _KAPPA[sex]
    low, high = min(relative, Decimal(1)), max(relative, Decimal(1))
    value = 142 * low ** _ALPHA[sex] * high ** Decimal("-1.200") * Decimal("0.9938") ** age
    return value * Decimal("1.012") if sex == "female" else value


def creatinine_mg_dl(creatinine: Measurement | None) -> Decimal | None:
    """Creatinine in mg/dL (µmol/L / 88.4); None unless it is a known value."""
    if creatinine is None or creatinine.value is None:
        return None
    table = unit_tables()["creatinine"]
    found = table.to_base(creatinine.unit)
    return table.convert(creatinine.value * found[1], found[0], "mg/dL") if found else None


def egfr_values(findings: Findings) -> tuple[Decimal, Decimal] | None:
    """Lowest and highest eGFR over unknown ages (18-110) and sexes; None without creatinine."""
    creatinine = creatinine_mg_dl(findings.creatinine)
    adult = findings.age is None or findings.age >= 18
    if not creatinine or creatinine <= 0 or not adult:
        return None
    ages = _AGES if findings.age is None else (findings.age,)
    sexes: tuple[Sex, ...] = ("female", "male") if findings.sex is None else (findings.sex,)
    values = [ckd_epi_2021(creatinine, age, sex) for age, sex in product(ages, sexes)]
    return min(values), max(values)


def egfr_below_40(findings: Findings) -> bool | None:
    """Whether eGFR < 40 for every age and sex that is possible (True), for none (False), or not known."""
    values = egfr_values(findings)
    if findings.creatinine is None:
        return None
    if values is None:
        # A creatinine within any laboratory's reference range keeps eGFR above 40 at every age.
        return False if findings.creatinine.verdict in ("normal", "low") else None
    # eGFR falls as creatinine rises, so a bound on creatinine is the opposite bound on eGFR.
    verdicts = {compare(turned(findings.creatinine.relation), v, "<", LIMIT) for v in values}
    return verdicts.pop() if len(verdicts) == 1 else None


def egfr_criterion(findings: Findings) -> Criterion:
    """eGFR < 40 as the estimate of creatinine clearance in R of CRAB."""
    values = egfr_values(findings)
    shown = "unknown"
    if values is not None:
        low, high = (number(v, 1) for v in values)
        shown = low if low == high else f"{low}-{high}"
    return Criterion("egfr", shown, UNIT if values else "", say("rule-egfr"), egfr_below_40(findings))


def egfr_tool(findings: Findings) -> StagingResult:
    """The tool: eGFR in ``computed``, rounded to 0.1; compared with 40 unrounded."""
    wrong: tuple[Said, ...] = problems(findings, ("creatinine", "age"))
    given = findings.creatinine
    if given is not None and given.value is not None and given.relation != "=":
        wrong = (*wrong, say("exact-needed", finding="creatinine", value=shown_value(given), unit=given.unit))
    if findings.age is not None and findings.age < 18:
        wrong = (*wrong, say("children", value=str(findings.age)))
    if wrong:
        return StagingResult("ckd-epi-2021", problems=wrong)
    missing = tuple(
        name for name, absent in (
            ("creatinine", given is None or given.value is None),
            ("age", findings.age is None), ("sex", findings.sex is None),
        ) if absent
    )
    values = egfr_values(findings)
    computed = (Computed("egfr", number(values[0], 1), UNIT),) if values and not missing else ()
    notes = (say("egfr-not-clearance"),)
    return StagingResult(
        "ckd-epi-2021", (), missing, (egfr_criterion(findings),), notes=notes, computed=computed
    )
