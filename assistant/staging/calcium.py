"""Calcium corrected for albumin.

mg/dL: Ca + 0.8 × (4.0 − albumin in g/dL); mmol/L: Ca + 0.02 × (40 − albumin in g/L). Both formulas as
printed at reference.medscape.com/calculator/267 and gpnotebook.com; the answer is in the calcium's unit.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.staging.checks import problems, shown_value
from assistant.staging.findings import Findings, Measurement
from assistant.staging.limits import holds
from assistant.staging.messages import Said, say
from assistant.staging.result import Computed, Criterion, StagingResult, limit_criterion, number
from assistant.staging.units import unit_tables


def corrected_calcium(calcium: Measurement | None, albumin: Measurement | None) -> Measurement | None:
    """The corrected value in the calcium's base unit, exact; None unless both values are exact.

    >>> corrected_calcium(Measurement(Decimal("2.60"), "mmol/L"), Measurement(Decimal("32.5"), "g/L")).value
    Decimal('2.750')
    """
    if calcium is None or albumin is None or calcium.value is None or albumin.value is None:
        return None
    if calcium.relation != "=" or albumin.relation != "=":
        return None
    units = unit_tables()["calcium"].to_base(calcium.unit), unit_tables()["albumin"].to_base(albumin.unit)
    if units[0] is None or units[1] is None:
        return None
    measured, g_per_l = calcium.value * units[0][1], albumin.value * units[1][1]
    if units[0][0] == "mg/dL":
        return Measurement(measured + Decimal("0.8") * (4 - g_per_l / 10), "mg/dL")
    return Measurement(measured + Decimal("0.02") * (40 - g_per_l), "mmol/L")


def calcium_tool(findings: Findings) -> StagingResult:
    """The tool: the corrected value in ``computed``; it and the measured one against the IMWG limit."""
    wrong: tuple[Said, ...] = problems(findings, ("calcium", "albumin"))
    for field, given in (("calcium", findings.calcium), ("albumin", findings.albumin)):
        if given is not None and given.value is not None and given.relation != "=":
            wrong = (*wrong, say("exact-needed", finding=field, value=shown_value(given), unit=given.unit))
    if wrong:
        return StagingResult("corrected-calcium", problems=wrong)
    corrected = corrected_calcium(findings.calcium, findings.albumin)
    criteria = [limit_criterion("imwg-c-fixed", findings.calcium, holds("imwg-c-fixed", findings.calcium))]
    missing = tuple(
        field for field, given in (("calcium", findings.calcium), ("albumin", findings.albumin))
        if given is None or given.value is None
    )
    notes = [say("calcium-cautions")]
    computed: tuple[Computed, ...] = ()
    if corrected is not None and corrected.value is not None:
        criteria.append(corrected_criterion(corrected))
        computed = (Computed("corrected_calcium", number(corrected.value), corrected.unit),)
        notes.insert(0, say("calcium-limit"))
    return StagingResult(
        "corrected-calcium", (), missing, tuple(criteria), notes=tuple(notes), computed=computed
    )


def corrected_criterion(corrected: Measurement) -> Criterion:
    """The corrected value against the IMWG limit, > 2.75 mmol/L (> 11 mg/dL) in its own unit."""
    met = holds("imwg-c-fixed", corrected)
    shown = number(corrected.value) if corrected.value is not None else ""
    return Criterion("corrected_calcium", shown, corrected.unit, say("rule-corrected"), met)
