"""Smouldering myeloma: 20/2/20 in its versions (Lakshman 2018, Mateos 2020, Chinese guideline 2024).

2018/2020: marrow plasma cells > 20%, serum M protein > 2 g/dL (20 g/L), involved/uninvolved ratio > 20.
China 2024: ≥ in all three, so that the versions differ at exactly 20.
"""

from __future__ import annotations

from itertools import product
from typing import Literal

from assistant.staging.checks import problems
from assistant.staging.events import describe, events
from assistant.staging.findings import Findings, Lesion
from assistant.staging.fish import lesion_met
from assistant.staging.light_chains import FLC_FIELDS, chain_problems, light_chains
from assistant.staging.limits import any_of, holds, met_state, open_set
from assistant.staging.messages import Said, say
from assistant.staging.result import (
    Computed,
    Criterion,
    StagingResult,
    limit_criterion,
    undecided,
)
from assistant.staging.systems import strings, system_data

Version = Literal["2018", "china-2024", "2020-fish"]

_LESIONS: tuple[Lesion, ...] = ("t(4;14)", "t(14;16)", "1q+", "del(13q)")
_FIELDS = ("marrow_plasma_cells", "m_protein_serum", *FLC_FIELDS)


def smouldering_risk(findings: Findings, version: Version = "2018") -> StagingResult:
    """The risk group. "2020-fish" adds one point for t(4;14), t(14;16), 1q+ or del(13q) and has four groups.

    ``computed`` has the sums of points that are possible.
    """
    system = "smm-" + version
    met = _factors(findings, system)
    criteria = _criteria(findings, system, met)
    refused = _not_for(findings, system)
    if refused:
        return StagingResult(system, criteria=undecided(criteria), problems=(refused,), applicable=False)
    used = (*_FIELDS, "fish") if version == "2020-fish" else _FIELDS
    wrong = tuple(dict.fromkeys((*problems(findings, used), *chain_problems(findings))))
    if wrong:
        return StagingResult(system, criteria=undecided(criteria), problems=wrong)
    sums = _sums(met)
    possible = _groups(system, sums)
    missing = tuple(name for name, verdict in met.items() if verdict is None)
    notes = [say("version", system=_name(system)), say("assumes-smouldering", system=_name(system))]
    if len(possible) == 1 and missing:
        notes.append(say("outcome-settled", stage=possible[0], missing="|".join(missing)))
    notes += _other_version(findings, version, possible)
    points = Computed("points", " | ".join(str(s) for s in sums), "")
    return StagingResult(system, possible, missing, criteria, notes=tuple(notes), computed=(points,))


def _factors(findings: Findings, system: str) -> dict[str, bool | None]:
    marrow, serum, ratio = strings(system, "limits")
    chains = light_chains(findings)
    by_ratio = holds(ratio, chains.involved_ratio)
    if by_ratio is None and chains.abnormal is False:
        by_ratio = False                # within 0.26-1.65 neither chain exceeds the other twentyfold
    met = {
        "marrow_plasma_cells": holds(marrow, findings.marrow_plasma_cells),
        "m_protein_serum": holds(serum, findings.m_protein_serum),
        "flc": by_ratio,
    }
    if system == "smm-2020-fish":
        met["fish"] = any_of(*(lesion_met(findings.fish, lesion) for lesion in _LESIONS))
    return met


def _criteria(findings: Findings, system: str, met: dict[str, bool | None]) -> tuple[Criterion, ...]:
    marrow, serum, ratio = strings(system, "limits")
    rows = [
        limit_criterion(marrow, findings.marrow_plasma_cells, met["marrow_plasma_cells"]),
        limit_criterion(serum, findings.m_protein_serum, met["m_protein_serum"]),
        limit_criterion(ratio, light_chains(findings).involved_ratio, met["flc"]),
    ]
    if "fish" in met:
        for lesion in _LESIONS:
            state = lesion_met(findings.fish, lesion)
            rows.append(Criterion(lesion, met_state(state), "", say("rule-lesion-any"), state))
    return tuple(rows)


def _sums(met: dict[str, bool | None]) -> list[int]:
    """The sums of points that are possible."""
    return sorted({sum(points) for points in product(*(open_set(verdict) for verdict in met.values()))})


def _groups(system: str, sums: list[int]) -> tuple[str, ...]:
    stages = strings(system, "stages")
    # Without cytogenetics 0 low, 1 intermediate, 2-3 high; with it 0, 1, 2, 3-4.
    return tuple(dict.fromkeys(stages[min(points, len(stages) - 1)] for points in sums))


def _other_version(findings: Findings, version: Version, possible: tuple[str, ...]) -> list[Said]:
    if version == "2020-fish":
        return []
    other = "smm-china-2024" if version == "2018" else "smm-2018"
    groups = _groups(other, _sums(_factors(findings, other)))
    return [say("versions-differ", other=_name(other), stage="|".join(groups))] if groups != possible else []


def _not_for(findings: Findings, system: str) -> Said | None:
    if findings.disease not in (None, "smouldering myeloma"):
        return say("only-smouldering", system=_name(system), disease=findings.disease or "")
    for event in events(findings, ">=60" if holds("slim-s", findings.marrow_plasma_cells) else "10-60"):
        if event.letter in ("S", "Li") and event.met:
            return say("already-active", event=describe(event), system=_name(system))
    return None


def _name(system: str) -> str:
    return str(system_data(system)["name"])
