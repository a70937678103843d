"""IMWG 2014: active myeloma, smouldering myeloma, MGUS, or none of these (Rajkumar 2014).

Every unknown finding is put in with each value that it could take; the diagnoses that come out are the
``possible`` ones. Two things that nobody reports unless they are found are taken as absent and said so:
amyloidosis, and (without a myeloma-defining event) a biopsy-proven plasmacytoma.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from assistant.staging.checks import problems
from assistant.staging.events import Event, Marrow, events, marrow_bands
from assistant.staging.findings import Findings
from assistant.staging.light_chains import FLC_FIELDS, chain_problems, light_chains
from assistant.staging.limits import all_of, any_of, holds, met_state, open_set, state_met
from assistant.staging.messages import Said, say
from assistant.staging.result import Criterion, StagingResult, limit_criterion, undecided

ByBand = dict[Marrow, tuple[Event, ...]]
DIAGNOSES = ("active myeloma", "smouldering myeloma", "MGUS", "other")
_FIELDS = (
    "calcium", "albumin", "creatinine", "creatinine_clearance", "haemoglobin", "lytic_lesions", "age", "sex",
    "marrow_plasma_cells", "plasmacytoma", "mri_focal_lesions", "m_protein_serum", "m_protein_urine",
    "heavy_chain", "amyloidosis", *FLC_FIELDS,
)


def diagnose(findings: Findings) -> StagingResult:
    """The diagnosis, with every letter of CRAB and SLiM and the tests behind it in ``criteria``."""
    bands = marrow_bands(findings)
    by_band = {band: events(findings, band) for band in bands}
    criteria = _criteria(findings, by_band)
    if findings.time_point not in (None, "diagnosis"):
        refused = say("not-after-diagnosis", system="IMWG 2014", time=findings.time_point or "")
        return StagingResult("imwg-2014", criteria=undecided(criteria), problems=(refused,), applicable=False)
    wrong = tuple(dict.fromkeys((*problems(findings, _FIELDS), *chain_problems(findings))))
    if wrong:
        return StagingResult("imwg-2014", criteria=undecided(criteria), problems=wrong)
    found = frozenset(d for band, list_ in by_band.items() for d in _diagnoses(findings, band, list_))
    possible = tuple(d for d in DIAGNOSES if d in found)
    missing = _missing(findings, by_band)
    return StagingResult(
        "imwg-2014", possible, missing, criteria, notes=_notes(findings, by_band, possible, missing)
    )


def crab_slim(findings: Findings) -> dict[str, bool | None]:
    """C, R, A, B, S, Li, M: met, not met or unknown."""
    by_band = [events(findings, band) for band in marrow_bands(findings)]
    return {row[0].letter: _agreed(row) for row in zip(*by_band, strict=True)}


def _agreed(row: tuple[Event, ...]) -> bool | None:
    verdicts = {event.met for event in row}
    return verdicts.pop() if len(verdicts) == 1 else None


def _diagnoses(findings: Findings, band: Marrow, list_: tuple[Event, ...]) -> Iterator[str]:
    plasmacytoma = state_met(findings.plasmacytoma)
    for tumour, event in product(open_set(plasmacytoma), open_set(any_of(*(e.met for e in list_)))):
        if event:
            yield "active myeloma" if band != "<10" or tumour else "other"
        elif findings.amyloidosis == "present" or (tumour and plasmacytoma):
            yield "other"
        elif not tumour:
            yield from ["smouldering myeloma"] if band == "10-60" else _gammopathy(findings)


def _gammopathy(findings: Findings) -> set[str]:
    """Below 10% plasma cells and without an event: by the amount and type of M protein."""
    found: set[str] = set()
    urine = False if findings.heavy_chain == "none" else holds("smm-urine", findings.m_protein_urine)
    if urine is not False:
        found.add("smouldering myeloma")
    if urine is True:
        return found
    large = open_set(holds("smm-serum", findings.m_protein_serum))
    for kind, is_large in product(_kinds(findings), large):
        if kind == "light chain":
            found |= {"MGUS" if met else "other" for met in open_set(_light_chain_clone(findings))}
        elif kind == "none":
            found.add("other")
        elif not is_large:
            found.add("MGUS")
        else:
            found.add("smouldering myeloma" if kind in ("IgG", "IgA") else "other")
    return found


def _kinds(findings: Findings) -> tuple[str, ...]:
    if findings.heavy_chain is not None:
        return (findings.heavy_chain,)
    amount = findings.m_protein_serum.value if findings.m_protein_serum else None
    if amount is None:
        return ("IgG", "IgM", "light chain", "none")
    return ("IgG", "IgM") if amount > 0 else ("light chain", "none")


def _light_chain_clone(findings: Findings) -> bool | None:
    """Abnormal κ/λ with the involved chain above its reference range."""
    chains = light_chains(findings)
    kappa, lambda_ = holds("kappa-raised", findings.kappa), holds("lambda-raised", findings.lambda_)
    return all_of(chains.abnormal, {"kappa": kappa, "lambda": lambda_}.get(chains.involved or ""))


def _criteria(findings: Findings, by_band: ByBand) -> tuple[Criterion, ...]:
    clone = holds("clone-marrow", findings.marrow_plasma_cells)
    tumour = state_met(findings.plasmacytoma)
    rows = [
        limit_criterion("clone-marrow", findings.marrow_plasma_cells, clone),
        Criterion("plasmacytoma", findings.plasmacytoma, "", say("rule-plasmacytoma"), tumour),
    ]
    for row in zip(*by_band.values(), strict=True):
        letter, met = row[0].letter, _agreed(row)
        rule = say("rule-crab" if letter in "CRAB" else "rule-slim", letter=letter)
        rows += [Criterion(letter, met_state(met), "", rule, met), *row[0].criteria]
    for limit, given in (("smm-serum", findings.m_protein_serum), ("smm-urine", findings.m_protein_urine)):
        rows.append(limit_criterion(limit, given, holds(limit, given)))
    return tuple(rows)


def _missing(findings: Findings, by_band: ByBand) -> tuple[str, ...]:
    names = ["marrow_plasma_cells"] if len(by_band) > 1 else []
    for list_ in by_band.values():
        names += [name for event in list_ if event.met is None for name in event.missing]
    if "<10" in by_band:
        if findings.plasmacytoma == "unknown" and any(e.met is not False for e in by_band["<10"]):
            names.append("plasmacytoma")
        if findings.heavy_chain is None:
            names.append("heavy_chain")
        if findings.heavy_chain not in ("light chain", "none") and findings.m_protein_serum is None:
            names.append("m_protein_serum")
        if findings.heavy_chain != "none" and holds("smm-urine", findings.m_protein_urine) is None:
            names.append("m_protein_urine")
    return tuple(dict.fromkeys(names))


def _notes(
    findings: Findings, by_band: ByBand, possible: tuple[str, ...], missing: tuple[str, ...]
) -> tuple[Said, ...]:
    notes = []
    if len(possible) == 1 and missing:
        notes.append(say("outcome-settled", stage=possible[0], missing="|".join(missing)))
    all_events = [event for list_ in by_band.values() for event in list_]
    if findings.crab_from_myeloma is False:
        notes.append(say("crab-explained"))
    elif findings.crab_from_myeloma is None and any(e.met for e in all_events if e.letter in "CRAB"):
        notes.append(say("crab-assumed"))
    met = {event.letter for event in all_events if event.met}
    notes += [note for event in all_events for note in event.notes if event.letter != "Li" or met == {"Li"}]
    if findings.amyloidosis == "unknown" and {"smouldering myeloma", "MGUS"} & set(possible):
        notes.append(say("amyloid-assumed"))
    if findings.plasmacytoma == "present" and possible != ("active myeloma",):
        notes.append(say("plasmacytoma-alone"))
    if findings.heavy_chain == "IgM":
        notes.append(say("igm"))
    return tuple(dict.fromkeys(notes))
