"""Stage a conversation: the tool on what was read, also where the user gives the ISS stage for values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant.staging.findings import Findings, Measurement
from assistant.staging.iss import System, stage
from assistant.staging.reader_types import IssStage, Reading
from assistant.staging.result import StagingResult

_B2M: dict[IssStage, Measurement] = {
    "I": Measurement(Decimal("3.5"), "mg/L", "<"),
    "II": Measurement(Decimal("4.5"), "mg/L"),
    "III": Measurement(Decimal("5.5"), "mg/L", ">="),
}
_ALBUMIN: dict[IssStage, Measurement] = {
    "I": Measurement(Decimal(35), "g/L", ">="),
    "II": Measurement(Decimal(35), "g/L", "<"),
}


def stage_reading(reading: Reading, system: System = "r-iss") -> StagingResult:
    """The staging tool on a reading.

    R-ISS and R2-ISS need the ISS stage, not the values behind it. Where it is stated ("ISS II期，LDH正常"),
    values that give that stage stand in; the rows that would show them are left out of the criteria, and
    neither value is called missing.
    """
    result = stage(reading.findings, system)
    iss = reading.stated_iss
    if iss is None or not result.applicable or result.problems:
        return result
    known = {name for name in ("b2m", "albumin") if getattr(reading.findings, name) is not None}
    filled = stage(_stand_in(reading.findings, iss), system)
    rows = tuple(c for c in filled.criteria if c.name not in ("b2m", "albumin") or c.name in known)
    missing = tuple(m for m in filled.missing if m not in ("b2m", "albumin"))
    notes = filled.notes if missing else tuple(n for n in filled.notes if n.key != "settled")
    return replace(filled, criteria=rows, missing=missing, notes=notes)


def _stand_in(findings: Findings, iss: IssStage) -> Findings:
    b2m, albumin = findings.b2m, findings.albumin
    if iss == "II" and b2m is not None and albumin is None:
        # B2M below 3.5 is ISS II only with a low albumin; above it the albumin does not count.
        return replace(findings, albumin=_ALBUMIN["II"])
    return replace(findings, b2m=b2m or _B2M[iss], albumin=albumin or _ALBUMIN.get(iss))
