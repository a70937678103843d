"""High-risk myeloma by the IMS/IMWG consensus of 2025 (Avet-Loiseau 2025)."""

from __future__ import annotations

from assistant.staging.checks import problems
from assistant.staging.findings import Findings, Lesion
from assistant.staging.fish import lesion_met, lesion_result
from assistant.staging.limits import all_of, any_of, holds, met_state, state_met
from assistant.staging.messages import say
from assistant.staging.result import Criterion, StagingResult, limit_criterion, undecided

_TRANSLOCATIONS: tuple[Lesion, ...] = ("t(4;14)", "t(14;16)", "t(14;20)")


def high_risk(findings: Findings) -> StagingResult:
    """Give "high risk" or "not high risk"; both stay possible ("not excluded") when something is not known.

    At least one of: (1) del(17p) in > 20% of clonal cells and/or TP53 mutation; (2) t(4;14), t(14;16) or
    t(14;20) with 1q+ and/or del(1p32); (3) monoallelic del(1p32) with 1q+, or biallelic del(1p32);
    (4) B2M ≥ 5.5 mg/L with creatinine < 1.2 mg/dL.
    """
    fish = findings.fish
    mutation = state_met(findings.tp53_mutation)
    deletion = _clonal_deletion(findings)
    lesions = {name: lesion_met(fish, name) for name in (*_TRANSLOCATIONS, "1q+", "del(1p32)")}
    both_alleles = _both_alleles(findings)
    double = all_of(
        any_of(*(lesions[t] for t in _TRANSLOCATIONS)), any_of(lesions["1q+"], lesions["del(1p32)"])
    )
    deletion_1p = any_of(all_of(lesions["del(1p32)"], lesions["1q+"]), both_alleles)
    b2m, creatinine = holds("ims-b2m", findings.b2m), holds("ims-creatinine", findings.creatinine)
    rules = (
        ("del(17p)", "rule-ims-17p", deletion), ("tp53_mutation", "rule-ims-tp53", mutation),
        ("t(4;14) / t(14;16) / t(14;20)", "rule-ims-double", double),
        ("del(1p32)", "rule-ims-1p", deletion_1p),
        ("b2m", "rule-ims-b2m", all_of(b2m, creatinine)),
    )
    criteria = (
        *(Criterion(name, met_state(met), "", say(rule), met) for name, rule, met in rules),
        limit_criterion("ims-b2m", findings.b2m, b2m),
        limit_criterion("ims-creatinine", findings.creatinine, creatinine),
        *(Criterion(name, met_state(met), "", say("rule-fish"), met) for name, met in lesions.items()),
    )
    if findings.disease not in (None, "active myeloma"):
        refused = say("not-for-disease", system="IMS/IMWG 2025", disease=findings.disease or "")
        return StagingResult("ims-2025", criteria=undecided(criteria), problems=(refused,), applicable=False)
    wrong = problems(findings, ("fish", "tp53_mutation", "b2m", "creatinine"))
    if wrong:
        return StagingResult("ims-2025", criteria=undecided(criteria), problems=wrong)
    met = any_of(deletion, mutation, double, deletion_1p, all_of(b2m, creatinine))
    possible = {True: ("high risk",), False: ("not high risk",), None: ("high risk", "not high risk")}[met]
    missing = _missing(findings, lesions, deletion, mutation, b2m, creatinine)
    notes = [say("ims-assumes"), say("ims-threshold")]
    if met is None:
        notes.insert(0, say("not-excluded", missing="|".join(missing)))
    return StagingResult("ims-2025", possible, missing, criteria, notes=tuple(notes))


def _clonal_deletion(findings: Findings) -> bool | None:
    """del(17p) in more than 20% of clonal cells."""
    present = lesion_met(findings.fish, "del(17p)")
    result = lesion_result(findings.fish, "del(17p)")
    if not present:
        return present
    return None if result is None or result.percent is None else result.percent > 20


def _both_alleles(findings: Findings) -> bool | None:
    present = lesion_met(findings.fish, "del(1p32)")
    result = lesion_result(findings.fish, "del(1p32)")
    if not present:
        return present
    return None if result is None or result.alleles is None else result.alleles >= 2


def _missing(
    findings: Findings, lesions: dict[Lesion, bool | None], deletion: bool | None, mutation: bool | None,
    b2m: bool | None, creatinine: bool | None,
) -> tuple[str, ...]:
    names = []
    if deletion is None:
        known = lesion_met(findings.fish, "del(17p)")
        names.append("fish percent" if known else "fish del(17p)")
    names += ["tp53_mutation"] if mutation is None else []
    names += [f"fish {lesion}" for lesion, met in lesions.items() if met is None]
    if lesions["del(1p32)"] and not lesions["1q+"] and _both_alleles(findings) is None:
        names.append("fish alleles")
    if all_of(b2m, creatinine) is None:
        names += [name for name, met in (("b2m", b2m), ("creatinine", creatinine)) if met is None]
    return tuple(names)
