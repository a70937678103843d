"""Staging where the ISS stage is stated, with or without the values behind it ("ISS II期，LDH正常")."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant.staging.checks import shown_value
from assistant.staging.findings import Findings, IssStage, Measurement
from assistant.staging.iss import System, stage
from assistant.staging.messages import say
from assistant.staging.result import StagingResult, undecided

_B2M: dict[IssStage, Measurement] = {
    "I": Measurement(Decimal("3.5"), "mg/L", "<"),
    "II": Measurement(Decimal("4.5"), "mg/L"),
    "III": Measurement(Decimal("5.5"), "mg/L", ">="),
}
_ALBUMIN: dict[IssStage, Measurement] = {
    "I": Measurement(Decimal(35), "g/L", ">="),
    "II": Measurement(Decimal(35), "g/L", "<"),
}


def stage_with_iss(findings: Findings, iss: IssStage | None, system: System = "r-iss") -> StagingResult:
    """The staging tool where an ISS stage may be stated.

    R-ISS and R2-ISS need the ISS stage, not the values behind it: values that give the stated stage
    stand in for those that are missing. The rows that would show them are left out of the criteria, and
    neither value is called missing. Values that rule the stated stage out are a problem.
    """
    result = stage(findings, system)
    if iss is None or not result.applicable or result.problems:
        return result
    if against := values_against(findings, iss):
        given = (f"{shown_value(m)} {m.unit}".strip() for m in against)
        problem = say("iss-against-values", iss=iss, values="; ".join(given))
        return StagingResult(system, criteria=undecided(result.criteria), problems=(problem,))
    known = {name for name in ("b2m", "albumin") if getattr(findings, name) is not None}
    filled = stage(_stand_in(findings, iss), system)
    rows = tuple(c for c in filled.criteria if c.name not in ("b2m", "albumin") or c.name in known)
    missing = tuple(m for m in filled.missing if m not in ("b2m", "albumin"))
    notes = filled.notes if missing else tuple(n for n in filled.notes if n.key != "settled")
    return replace(filled, criteria=rows, missing=missing, notes=notes)


def values_against(findings: Findings, iss: IssStage) -> tuple[Measurement, ...]:
    """The values that rule a stated ISS stage out; () when they allow it."""
    own = stage(findings, "iss").possible
    if not own or iss in own:
        return ()
    return tuple(m for m in (findings.b2m, findings.albumin) if m is not None)


def _stand_in(findings: Findings, iss: IssStage) -> Findings:
    b2m, albumin = findings.b2m, findings.albumin
    if iss == "II" and b2m is not None and albumin is None:
        # B2M below 3.5 is ISS II only with a low albumin; above it the albumin does not count.
        return replace(findings, albumin=_ALBUMIN["II"])
    return replace(findings, b2m=b2m or _B2M[iss], albumin=albumin or _ALBUMIN.get(iss))
