"""The seven myeloma-defining events of IMWG 2014, each met, not met or unknown (Rajkumar 2014)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from assistant.staging.calcium import corrected_calcium, corrected_criterion
from assistant.staging.egfr import egfr_below_40, egfr_criterion
from assistant.staging.findings import Findings
from assistant.staging.light_chains import involved_name, light_chains, slim_li
from assistant.staging.limits import all_of, any_of, holds
from assistant.staging.messages import Said, say
from assistant.staging.result import Criterion, limit_criterion

Marrow = Literal["<10", "10-60", ">=60"]
"""Clonal marrow plasma cells in percent: below 10, from 10 to below 60, from 60."""


@dataclass(frozen=True, slots=True)
class Event:
    """One letter of CRAB or SLiM with the tests behind it; ``missing``: what would settle it."""

    letter: str
    met: bool | None
    criteria: tuple[Criterion, ...]
    missing: tuple[str, ...] = ()
    notes: tuple[Said, ...] = ()


def marrow_bands(findings: Findings) -> frozenset[Marrow]:
    """The bands that the marrow may be in."""
    ten, sixty = (holds(limit, findings.marrow_plasma_cells) for limit in ("clone-marrow", "slim-s"))
    bands: dict[Marrow, bool] = {
        "<10": ten is not True, "10-60": ten is not False and sixty is not True, ">=60": sixty is not False,
    }
    return frozenset(band for band, is_open in bands.items() if is_open)


def events(findings: Findings, marrow: Marrow) -> tuple[Event, ...]:
    """C, R, A, B, S, Li, M, given the band of the marrow."""
    crab = [_calcium(findings), _renal(findings), _anaemia(findings), _bone(findings, marrow)]
    if findings.crab_from_myeloma is False:
        crab = [Event(e.letter, False, e.criteria) for e in crab]
    return (*crab, _sixty(findings, marrow), _light_chain(findings), _mri(findings))


def _calcium(findings: Findings) -> Event:
    given = findings.calcium
    fixed, above = holds("imwg-c-fixed", given), holds("imwg-c-uln", given)
    if fixed is False and above is None:
        # No laboratory's upper limit is below 2.50 mmol/L, so that + 0.25 is no lower than the fixed limit.
        above = False
    met = any_of(fixed, above)
    rows = [limit_criterion("imwg-c-fixed", given, fixed), limit_criterion("imwg-c-uln", given, above)]
    notes: tuple[Said, ...] = ()
    corrected = corrected_calcium(given, findings.albumin)
    if corrected is not None:
        row = corrected_criterion(corrected)
        rows.append(row)
        shown = f"{row.value} {row.unit}"
        notes = (say("calcium-measured", corrected=shown),)
        if met is not None and row.met is not met:
            met, notes = None, (say("calcium-disagrees", corrected=shown),)
    missing = () if met is not None else ("ionised_calcium",) if corrected else ("calcium",)
    return Event("C", met, tuple(rows), missing, notes)


def _renal(findings: Findings) -> Event:
    creatinine = holds("imwg-r-creatinine", findings.creatinine)
    clearance = holds("imwg-r-clearance", findings.creatinine_clearance)
    estimate = egfr_below_40(findings)
    if findings.creatinine is None:
        estimate = clearance            # nothing to estimate from; the creatinine test is open by itself
    elif findings.creatinine_clearance is None:
        clearance = estimate            # the estimate stands for the clearance that was not measured
    met = any_of(creatinine, clearance, estimate)
    missing: tuple[str, ...] = ()
    if met is None:
        unknown = ("age" if findings.age is None else "", "sex" if findings.sex is None else "")
        missing = tuple(u for u in unknown if u) or ("creatinine_clearance",)
        missing = ("creatinine",) if creatinine is None else missing
    measured = findings.creatinine_clearance
    rows = (
        limit_criterion("imwg-r-creatinine", findings.creatinine, creatinine),
        limit_criterion("imwg-r-clearance", measured, holds("imwg-r-clearance", measured)),
        egfr_criterion(findings),
    )
    by_estimate = met is True and creatinine is False and egfr_below_40(findings) is True
    return Event("R", met, rows, missing, (say("egfr-not-clearance"),) if by_estimate else ())


def _anaemia(findings: Findings) -> Event:
    given = findings.haemoglobin
    fixed, below = holds("imwg-a-fixed", given), holds("imwg-a-lln", given)
    if below is None and holds("haemoglobin-surely-enough", given):
        below = False
    met = any_of(fixed, below)
    rows = (limit_criterion("imwg-a-fixed", given, fixed), limit_criterion("imwg-a-lln", given, below))
    lacking = "haemoglobin-lln" if given is not None and given.value is not None else "haemoglobin"
    return Event("A", met, rows, () if met is not None else (lacking,))


def _bone(findings: Findings, marrow: Marrow) -> Event:
    given = findings.lytic_lesions
    met, several = holds("imwg-b", given), holds("several-lesions", given)
    notes: tuple[Said, ...] = ()
    if marrow == "<10" and met is not False:
        notes = (say("one-lesion"),) if several is False else ()
        met = True if several else None
    missing = () if met is not None else ("lytic_lesions",)
    return Event("B", met, (limit_criterion("imwg-b", given, met),), missing, notes)


def _sixty(findings: Findings, marrow: Marrow) -> Event:
    given = findings.marrow_plasma_cells
    return Event("S", marrow == ">=60", (limit_criterion("slim-s", given, holds("slim-s", given)),))


def _light_chain(findings: Findings) -> Event:
    ratio, level = slim_li(findings)
    met = all_of(ratio, level)
    chains = light_chains(findings)
    rows = (
        limit_criterion("slim-li-ratio", chains.involved_ratio, ratio),
        limit_criterion("slim-li-involved", chains.involved_level, level, involved_name(chains)),
    )
    notes = (say("li-alone"),) if met else ()
    return Event("Li", met, tuple(_short(row) for row in rows), () if met is not None else ("flc",), notes)


def _mri(findings: Findings) -> Event:
    given = findings.mri_focal_lesions
    met = holds("slim-m", given)
    missing = () if met is not None else ("mri_focal_lesions",)
    return Event("M", met, (limit_criterion("slim-m", given, met),), missing)


def _short(row: Criterion) -> Criterion:
    """A computed ratio has many digits; the criterion shows six of them."""
    digits = row.value.lstrip("<>≤≥ ")
    if len(digits) <= 8 or "." not in digits:
        return row
    return replace(row, value=row.value[: len(row.value) - len(digits) + 7] + "…")


def describe(event: Event) -> str:
    """The first value behind an event, for a message: "S 65%"."""
    first = event.criteria[0]
    return f"{event.letter} {first.value}{first.unit}".strip()

