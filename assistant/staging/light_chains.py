"""Serum free light chains: the κ/λ ratio, the involved chain, the involved/uninvolved ratio.

κ and λ in mg/L (mg/dL × 10), ratios without unit. Reference range of κ/λ 0.26-1.65 (Katzmann 2002,
Freelite), in renal impairment 0.37-3.10. A value below detection ("< 0.5") bounds the ratio.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.staging.checks import problems, shown_value
from assistant.staging.findings import Chain, Findings, Measurement, Relation
from assistant.staging.limits import all_of, any_of, holds, turned
from assistant.staging.messages import Said, say
from assistant.staging.result import Computed, StagingResult, limit_criterion, number
from assistant.staging.units import unit_tables

FLC_FIELDS = ("kappa", "lambda_", "flc_ratio", "flc_involved_ratio")


@dataclass(frozen=True, slots=True)
class LightChains:
    """What follows from the findings. ``ratio`` is κ/λ, ``involved_ratio`` involved/uninvolved."""

    ratio: Measurement | None
    involved: Chain | None
    involved_ratio: Measurement | None
    involved_level: Measurement | None
    abnormal: bool | None


def light_chains(findings: Findings, renal: bool = False) -> LightChains:
    """Work out ratio and involved chain; ``renal`` judges by the reference range of renal impairment."""
    ratio = findings.flc_ratio or quotient(findings.kappa, findings.lambda_)
    below = holds("flc-renal-low" if renal else "flc-low", ratio)
    above = holds("flc-renal-high" if renal else "flc-high", ratio)
    chain = findings.involved_chain or ("kappa" if above else "lambda" if below else None)
    involved_ratio = findings.flc_involved_ratio
    if involved_ratio is None and chain is not None:
        if findings.kappa and findings.lambda_:
            pair = (findings.kappa, findings.lambda_)
            involved_ratio = quotient(*(pair if chain == "kappa" else pair[::-1]))
        if involved_ratio is None:
            involved_ratio = ratio if chain == "kappa" else inverse(ratio)
    level = {"kappa": findings.kappa, "lambda": findings.lambda_, None: None}[chain]
    return LightChains(ratio, chain, involved_ratio, level, any_of(below, above))


def slim_li(findings: Findings) -> tuple[bool | None, bool | None]:
    """IMWG 2014 Li: (involved/uninvolved ≥ 100, involved chain ≥ 100 mg/L); both are needed."""
    chains = light_chains(findings)
    ratio = holds("slim-li-ratio", chains.involved_ratio)
    if ratio is None and chains.abnormal is False:
        ratio = False
    level = holds("slim-li-involved", chains.involved_level)
    if level is None and chains.involved is None and ratio:
        # Whichever chain was measured: when the uninvolved one reaches 100 mg/L, so does the involved.
        either = (holds("slim-li-involved", m) for m in (findings.kappa, findings.lambda_))
        level = True if True in either else None
    return ratio, level


def free_light_chain_ratio(findings: Findings, renal: bool = False) -> StagingResult:
    """The tool: "normal", "kappa involved" or "lambda involved" as the outcome, ratios in ``computed``.

    With ``renal`` the range 0.37-3.10 decides; without, 0.26-1.65, and the note says what the other gives.
    """
    system = "flc-renal" if renal else "flc"
    wrong = (*problems(findings, FLC_FIELDS), *chain_problems(findings))
    if wrong:
        return StagingResult(system, problems=tuple(dict.fromkeys(wrong)))
    chains = light_chains(findings, renal)
    prefix = "flc-renal-" if renal else "flc-"
    li = slim_li(findings)
    criteria = (
        limit_criterion(prefix + "low", chains.ratio, holds(prefix + "low", chains.ratio)),
        limit_criterion(prefix + "high", chains.ratio, holds(prefix + "high", chains.ratio)),
        limit_criterion("slim-li-ratio", chains.involved_ratio, li[0]),
        limit_criterion("slim-li-involved", chains.involved_level, li[1], involved_name(chains)),
    )
    lacking = tuple(f for f in ("kappa", "lambda_") if getattr(findings, f) is None)
    missing = lacking if chains.ratio is None else ()
    notes = [say("flc-assay", range="0.37-3.10" if renal else "0.26-1.65")]
    by_renal = light_chains(findings, True).abnormal
    if not renal and by_renal is not None:
        notes.append(say("flc-renal", verdict="abnormal" if by_renal else "normal"))
    if all_of(*li):
        notes.append(say("li-alone"))
    computed = tuple(
        Computed(name, _shown_ratio(m), "")
        for name, m in (("flc_ratio", chains.ratio), ("flc_involved_ratio", chains.involved_ratio)) if m
    )
    outcomes = _outcomes(chains, renal)
    return StagingResult(system, outcomes, missing, criteria, notes=tuple(notes), computed=computed)


def involved_name(chains: LightChains) -> str:
    """The finding that holds the involved chain, for a criterion."""
    return {"kappa": "kappa", "lambda": "lambda_", None: "involved_chain"}[chains.involved]


def _outcomes(chains: LightChains, renal: bool) -> tuple[str, ...]:
    below = holds("flc-renal-low" if renal else "flc-low", chains.ratio)
    above = holds("flc-renal-high" if renal else "flc-high", chains.ratio)
    if above or below:
        return ("kappa involved",) if above else ("lambda involved",)
    kappa = () if above is False else ("kappa involved",)
    return ("normal", *kappa, *(() if below is False else ("lambda involved",)))


def chain_problems(findings: Findings) -> tuple[Said, ...]:
    """A zero without a detection limit, and a reported ratio that κ and λ do not give."""
    zero = [
        say("ratio-undefined", finding=name)
        for name in ("kappa", "lambda_", "flc_ratio")
        if (m := getattr(findings, name)) is not None and m.value == 0
    ]
    computed = quotient(findings.kappa, findings.lambda_)
    reported = findings.flc_ratio
    if zero or computed is None or reported is None or computed.value is None or reported.value is None:
        return tuple(zero)
    if (computed.relation, reported.relation) != ("=", "="):
        return ()
    exponent = reported.value.as_tuple().exponent
    rounding = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
    if abs(computed.value - reported.value) > max(rounding, computed.value * Decimal("0.05")):
        return (say("ratio-against-chains", ratio=shown_value(reported), computed=number(computed.value, 3)),)
    return ()


def quotient(above: Measurement | None, below: Measurement | None) -> Measurement | None:
    """One chain by the other, with the relation that bounded values leave; None when nothing follows."""
    if above is None or below is None or above.value is None or below.value is None:
        return None
    table = unit_tables()["kappa"]
    units = table.to_base(above.unit), table.to_base(below.unit)
    if units[0] is None or units[1] is None or below.value == 0:
        return None
    relation = _relation(above.relation, turned(below.relation))
    if relation is None:
        return None
    return Measurement(above.value * units[0][1] / (below.value * units[1][1]), "", relation)


def inverse(ratio: Measurement | None) -> Measurement | None:
    """1/ratio, its bound turned round."""
    if ratio is None or not ratio.value:
        return None
    return Measurement(1 / ratio.value, "", turned(ratio.relation))


def _relation(first: Relation, second: Relation) -> Relation | None:
    if "~" in (first, second):
        return "~" if {first, second} <= {"~", "="} else None
    if "=" in (first, second):
        return second if first == "=" else first
    if first[0] != second[0]:
        return None
    return first if len(first) == 1 else second


def _shown_ratio(m: Measurement) -> str:
    if m.value is None:
        return ""
    places = 4 if m.value < 1 else 3
    rounded = Measurement(Decimal(number(m.value, places)).normalize(), "", m.relation)
    return shown_value(rounded)
