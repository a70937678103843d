"""ISS, R-ISS and R2-ISS: from findings to the stages that are still possible.

Every missing finding is put in with each band that it could take; the stages that come out are the
``possible`` ones. For values at diagnosis, before treatment, in symptomatic myeloma only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import product
from typing import Literal

from assistant.staging.checks import problems
from assistant.staging.findings import Findings, Lesion, Measurement
from assistant.staging.fish import HIGH_RISK, lesion_met
from assistant.staging.limits import any_of, holds, met_state, open_set
from assistant.staging.messages import Said, say
from assistant.staging.result import (
    Computed,
    Criterion,
    StagingResult,
    limit_criterion,
    number,
    undecided,
)
from assistant.staging.systems import numbers, system_data
from assistant.staging.units import fold_unit

System = Literal["r-iss", "iss", "r2-iss"]

FIELDS: dict[System, tuple[str, ...]] = {
    "iss": ("b2m", "albumin"),
    "r-iss": ("b2m", "albumin", "ldh", "fish"),
    "r2-iss": ("b2m", "albumin", "ldh", "fish"),
}
"""The findings that each system uses, by their names in ``Findings``."""

_R2_LESIONS: tuple[Lesion, ...] = ("del(17p)", "t(4;14)", "1q+")
LESIONS: dict[System, tuple[Lesion, ...]] = {"iss": (), "r-iss": HIGH_RISK, "r2-iss": _R2_LESIONS}
"""The lesions that each system counts."""


def stage(findings: Findings, system: System = "r-iss") -> StagingResult:
    """Stage by one system.

    The result has a stage when one is left, all that are possible when findings are missing, and none
    when a value cannot be right (``problems``) or the system does not apply.

    >>> from assistant.staging.findings import Measurement
    >>> stage(Findings(b2m=Measurement(Decimal("5.6"), "mg/L")), "r-iss").possible
    ('II', 'III')
    """
    criteria = _criteria(findings, system)
    refused = _not_for(findings, system)
    if refused:
        return StagingResult(system, criteria=undecided(criteria), problems=(refused,), applicable=False)
    wrong = problems(findings, FIELDS[system])
    if wrong:
        return StagingResult(system, criteria=undecided(criteria), problems=wrong)
    possible, missing, computed = _OUTCOMES[system](findings)
    ordered = tuple(s for s in ("I", "II", "III", "IV") if s in possible)
    notes = _notes(findings, system, ordered, missing)
    return StagingResult(system, ordered, missing, criteria, notes=notes, computed=computed)


def iss_stage(b2m: str, albumin_ok: bool) -> str:
    """ISS from the band of B2M ("low" < 3.5, "mid", "high" ≥ 5.5 mg/L) and albumin ≥ 35 g/L (Greipp 2005)."""
    if b2m == "high":
        return "III"
    return "I" if b2m == "low" and albumin_ok else "II"


def riss_stage(iss: str, ldh_high: bool, high_risk: bool) -> str:
    """R-ISS from ISS, LDH above its upper limit, and any high-risk lesion (Palumbo 2015)."""
    if iss == "I" and not ldh_high and not high_risk:
        return "I"
    return "III" if iss == "III" and (ldh_high or high_risk) else "II"


def r2iss_points(iss: str, ldh_high: bool, lesions: Iterable[tuple[Lesion, bool]]) -> Decimal:
    """Sum of R2-ISS points (D'Agostino 2022)."""
    points = numbers("r2-iss", "points")
    total = points["iss-" + str(len(iss))] + (points["ldh"] if ldh_high else 0)
    return total + sum((points[lesion] for lesion, present in lesions if present), Decimal(0))


def r2iss_stage(points: Decimal) -> str:
    """The group of a sum of points, 0 to 5."""
    return next(group for group, highest in numbers("r2-iss", "up_to").items() if points <= highest)


def b2m_bands(b2m: Measurement | None) -> frozenset[str]:
    """The bands that B2M may be in."""
    low, high = holds("iss-1-b2m", b2m), holds("iss-3-b2m", b2m)
    mid = low is not True and high is not True
    is_open = {"low": low is not False, "mid": mid, "high": high is not False}
    return frozenset(band for band in is_open if is_open[band])


def _iss_stages(findings: Findings) -> frozenset[str]:
    pairs = product(b2m_bands(findings.b2m), open_set(holds("iss-1-albumin", findings.albumin)))
    return frozenset(iss_stage(b2m, albumin) for b2m, albumin in pairs)


Outcome = tuple[frozenset[str], tuple[str, ...], tuple[Computed, ...]]


def _iss(findings: Findings) -> Outcome:
    return _iss_stages(findings), _missing_of_iss(findings), ()


def _riss(findings: Findings) -> Outcome:
    iss = _iss_stages(findings)
    ldh = holds("ldh-high", findings.ldh)
    lesions = {lesion: lesion_met(findings.fish, lesion) for lesion in HIGH_RISK}
    high_risk = any_of(*lesions.values())
    possible = frozenset(riss_stage(i, d, r) for i, d, r in product(iss, open_set(ldh), open_set(high_risk)))
    missing = [*_missing_of_iss(findings), *(["ldh"] if ldh is None else [])]
    if high_risk is None:
        missing += _missing_lesions(lesions)
    return possible, tuple(missing), (_derived_iss(iss),)


def _r2iss(findings: Findings) -> Outcome:
    iss = _iss_stages(findings)
    ldh = holds("ldh-high", findings.ldh)
    lesions = {lesion: lesion_met(findings.fish, lesion) for lesion in _R2_LESIONS}
    states = list(product(*(open_set(met) for met in lesions.values())))
    sums = {
        r2iss_points(i, d, zip(lesions, present, strict=True))
        for i, d, present in product(iss, open_set(ldh), states)
    }
    missing = [*_missing_of_iss(findings), *(["ldh"] if ldh is None else []), *_missing_lesions(lesions)]
    points = Computed("points", " | ".join(number(s) for s in sorted(sums)), "")
    return frozenset(r2iss_stage(s) for s in sums), tuple(missing), (_derived_iss(iss), points)


_OUTCOMES: dict[str, Callable[[Findings], Outcome]] = {"iss": _iss, "r-iss": _riss, "r2-iss": _r2iss}


def _derived_iss(stages: frozenset[str]) -> Computed:
    return Computed("ISS", " | ".join(sorted(stages)), "")


def _missing_of_iss(findings: Findings) -> tuple[str, ...]:
    b2m = ("b2m",) if len(b2m_bands(findings.b2m)) > 1 else ()
    return (*b2m, "albumin") if holds("iss-1-albumin", findings.albumin) is None else b2m


def _missing_lesions(lesions: dict[Lesion, bool | None]) -> list[str]:
    unknown = [lesion for lesion, met in lesions.items() if met is None]
    return ["fish"] if len(unknown) == len(lesions) else [f"fish {lesion}" for lesion in unknown]


def _criteria(findings: Findings, system: System) -> tuple[Criterion, ...]:
    rows = [
        limit_criterion(limit, value, holds(limit, value))
        for limit, value in (
            ("iss-1-b2m", findings.b2m), ("iss-1-albumin", findings.albumin), ("iss-3-b2m", findings.b2m),
            *((("ldh-high", findings.ldh),) if system != "iss" else ()),
        )
    ]
    for lesion in LESIONS[system]:
        met = lesion_met(findings.fish, lesion)
        rule = say("rule-high-risk")
        if system == "r2-iss":
            rule = say("rule-points", points=str(numbers("r2-iss", "points")[lesion]))
        rows.append(Criterion(lesion, met_state(met), "", rule, met))
    return tuple(rows)


def _not_for(findings: Findings, system: System) -> Said | None:
    name = str(system_data(system)["name"])
    if findings.disease not in (None, "active myeloma"):
        return say("not-for-disease", system=name, disease=findings.disease or "")
    if findings.time_point not in (None, "diagnosis"):
        return say("not-after-diagnosis", system=name, time=findings.time_point or "")
    return None


def _notes(
    findings: Findings, system: System, possible: tuple[str, ...], missing: tuple[str, ...]
) -> tuple[Said, ...]:
    name = str(system_data(system)["name"])
    notes = []
    if len(possible) == 1 and missing:
        notes.append(say("settled", system=name, stage=possible[0], missing="|".join(missing)))
    ldh = findings.ldh
    if "ldh" in missing and ldh is not None and ldh.value is not None:
        notes.append(say("bare-ldh", value=f"{ldh.value:f} {ldh.unit}".strip()))
    verdict = findings.fish.verdict if findings.fish else None
    if verdict == "high-risk lesion, not named" and any("fish" in name for name in missing):
        notes.append(say("lesion-not-named"))
    if findings.b2m is not None and fold_unit(findings.b2m.unit) == "mg/dl":
        notes.append(say("b2m-mg-dl"))
    if findings.disease is None or findings.time_point is None:
        notes.append(say("assumes-diagnosis", system=name))
    return tuple(notes)
