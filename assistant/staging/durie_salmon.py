"""Durie-Salmon (Cancer 1975;36:842), with the limits on which its copies differ named and left open.

Each item gives the levels that it may be at: "I" (fits stage I), "II" (neither), "III" (makes stage III).
Stage III needs one item at III, stage I all at I. Where copies disagree, an item is at both levels.
"""

from __future__ import annotations

from itertools import product

from assistant.staging.checks import problems
from assistant.staging.findings import Findings, Measurement
from assistant.staging.limits import holds, open_set
from assistant.staging.messages import Said, say
from assistant.staging.result import Criterion, StagingResult, limit_criterion, undecided

Levels = frozenset[str]
_FIELDS = (
    "haemoglobin", "calcium", "lytic_lesions", "m_protein_serum", "m_protein_urine", "heavy_chain",
    "creatinine", "plasmacytoma",
)


def durie_salmon(findings: Findings) -> StagingResult:
    """IA to IIIB: every stage that is possible with what is known, by any copy of the system."""
    criteria = _criteria(findings)
    if findings.time_point not in (None, "diagnosis"):
        refused = say("not-after-diagnosis", system="Durie-Salmon", time=findings.time_point or "")
        blank = undecided(criteria)
        return StagingResult("durie-salmon", criteria=blank, problems=(refused,), applicable=False)
    wrong = problems(findings, _FIELDS)
    if wrong:
        return StagingResult("durie-salmon", criteria=undecided(criteria), problems=wrong)
    items = {
        "haemoglobin": _between("ds-1-hb", "ds-3-hb", findings.haemoglobin),
        "calcium": _calcium(findings.calcium),
        "lytic_lesions": _bones(findings),
        "m_protein_serum": _serum(findings),
        "m_protein_urine": _urine(findings),
    }
    stages = {_stage(levels) for levels in product(*items.values())}
    renal = holds("ds-b", findings.creatinine)
    letters = {"B" if is_b else "A" for is_b in open_set(renal)}
    possible = tuple(s + ab for s in ("I", "II", "III") for ab in "AB" if s in stages and ab in letters)
    disputed = _disputed(findings, items)
    missing = [name for name, levels in items.items() if len(levels) > 1 and name not in disputed]
    if "m_protein_serum" in missing and findings.heavy_chain is None:
        missing.append("heavy_chain")
    if renal is None:
        missing.append("creatinine")
    notes = [say("ds-not-riss")]
    if disputed:
        notes.append(say("ds-disputed", limits="|".join(disputed.values())))
    notes += _at_two(findings.creatinine)
    if len(possible) == 1 and missing:
        notes.append(say("settled", system="Durie-Salmon", stage=possible[0], missing="|".join(missing)))
    return StagingResult("durie-salmon", possible, tuple(missing), criteria, notes=tuple(notes))


def _stage(levels: tuple[str, ...]) -> str:
    if "III" in levels:
        return "III"
    return "I" if set(levels) == {"I"} else "II"


def _between(first: str, third: str, given: Measurement | None) -> Levels:
    """The levels of an item with one limit for stage I and one for stage III."""
    one, three = holds(first, given), holds(third, given)
    levels = {"I": one is not False, "II": one is not True and three is not True, "III": three is not False}
    return frozenset(level for level, is_open in levels.items() if is_open and not (level == "III" and one))


def _calcium(given: Measurement | None) -> Levels:
    if holds("ds-3-calcium", given):
        return frozenset({"III"})
    if holds("ds-1-calcium-normal", given) or holds("calcium-surely-normal", given):
        return frozenset({"I"})
    # Above normal up to 12 mg/dL: stage I in one copy, not in the others.
    return frozenset({"I", "II"} if holds("ds-3-calcium", given) is False else {"I", "II", "III"})


def _bones(findings: Findings) -> Levels:
    given = findings.lytic_lesions
    if holds("ds-1-bone", given):
        return frozenset({"I"})
    if holds("ds-3-bone-all", given):
        return frozenset({"III"})
    several, many = holds("several-lesions", given), holds("ds-3-bone-any", given)
    if holds("ds-1-bone", given) is False and several is False:
        # One lesion: stage I only when it is the solitary plasmacytoma.
        return {"present": frozenset({"I"}), "absent": frozenset({"II"})}.get(
            findings.plasmacytoma, frozenset({"I", "II"})
        )
    if many is False:
        return frozenset({"II"}) if several else frozenset({"I", "II"})
    return frozenset({"II", "III"}) if several else frozenset({"I", "II", "III"})


def _serum(findings: Findings) -> Levels:
    kind = findings.heavy_chain
    if kind in ("light chain", "none"):
        return frozenset({"I"})
    igg, iga = (_between(f"ds-1-{k}", f"ds-3-{k}", findings.m_protein_serum) for k in ("igg", "iga"))
    if kind in ("IgG", "IgA"):
        return igg if kind == "IgG" else iga
    # Unknown type: either limit may hold. IgM, IgD, IgE: the system has no limit.
    return igg | iga if kind is None else frozenset({"I", "II", "III"})


def _urine(findings: Findings) -> Levels:
    if findings.heavy_chain == "none":
        return frozenset({"I"})
    return _between("ds-1-urine", "ds-3-urine", findings.m_protein_urine)


def _disputed(findings: Findings, items: dict[str, Levels]) -> dict[str, str]:
    """Items that are known, and open only because copies differ."""
    found = {}
    if len(items["calcium"]) > 1 and holds("ds-3-calcium", findings.calcium) is False:
        found["calcium"] = "ds-calcium"
    many, all_copies = (holds(limit, findings.lytic_lesions) for limit in ("ds-3-bone-any", "ds-3-bone-all"))
    if many and all_copies is False:
        found["lytic_lesions"] = "ds-bone"
    return found


def _at_two(creatinine: Measurement | None) -> list[Said]:
    if creatinine is None or creatinine.value is None or not holds("ds-b", creatinine):
        return []
    just_less = Measurement(creatinine.value - creatinine.value / 10**9, creatinine.unit)
    return [] if holds("ds-b", just_less) else [say("ds-creatinine")]


def _criteria(findings: Findings) -> tuple[Criterion, ...]:
    kind = "iga" if findings.heavy_chain == "IgA" else "igg"
    pairs = (
        ("haemoglobin", "ds-1-hb"), ("haemoglobin", "ds-3-hb"), ("calcium", "ds-1-calcium-12"),
        ("calcium", "ds-3-calcium"), ("lytic_lesions", "ds-1-bone"), ("lytic_lesions", "ds-3-bone-any"),
        ("m_protein_serum", f"ds-1-{kind}"), ("m_protein_serum", f"ds-3-{kind}"),
        ("m_protein_urine", "ds-1-urine"), ("m_protein_urine", "ds-3-urine"), ("creatinine", "ds-b"),
    )
    rows = []
    for field, limit in pairs:
        given: Measurement | None = getattr(findings, field)
        met = holds(limit, given)
        if limit in ("ds-1-calcium-12", "ds-3-bone-any", "ds-1-bone"):
            levels = _calcium(given) if field == "calcium" else _bones(findings)
            level = "III" if limit == "ds-3-bone-any" else "I"
            met = (level in levels) if len(levels) == 1 or level not in levels else None
        elif field == "m_protein_serum" and findings.heavy_chain not in ("IgG", "IgA"):
            met = None
        rows.append(limit_criterion(limit, given, met))
    return tuple(rows)
