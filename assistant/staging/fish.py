"""What a FISH report says of one lesion. Unknown is never negative."""

from __future__ import annotations

from assistant.staging.findings import Fish, Lesion, LesionResult, State
from assistant.staging.limits import state_met
from assistant.staging.messages import Said, say

HIGH_RISK: tuple[Lesion, ...] = ("del(17p)", "t(4;14)", "t(14;16)")
"""High risk in R-ISS (Palumbo 2015): these three only; also what a verdict on the whole panel answers for."""

_IGH_PARTNERS = frozenset({"t(4;14)", "t(14;16)", "t(14;20)", "t(11;14)", "t(6;14)"})


def lesion_state(fish: Fish | None, lesion: Lesion) -> State:
    """Present, absent or unknown; a result for the lesion itself comes before the verdict on the panel."""
    if fish is None:
        return "unknown"
    named = {r.state for r in fish.results if r.lesion == lesion}
    if named:
        return "present" if "present" in named else "absent" if "absent" in named else "unknown"
    igh = {r.state for r in fish.results if r.lesion == "IGH rearrangement"}
    if lesion in _IGH_PARTNERS and igh == {"absent"}:
        return "absent"
    if lesion not in HIGH_RISK:
        return "unknown"
    if fish.verdict in ("no abnormality", "no high-risk lesion"):
        return "absent"
    if fish.verdict == "no other abnormality" and not (lesion in _IGH_PARTNERS and igh):
        # A rearranged IGH whose partner was not typed may be this very lesion.
        return "absent"
    return "unknown"


def lesion_met(fish: Fish | None, lesion: Lesion) -> bool | None:
    """``lesion_state`` as met / not met / unknown."""
    return state_met(lesion_state(fish, lesion))


def lesion_result(fish: Fish | None, lesion: Lesion) -> LesionResult | None:
    """The result that names the lesion, for its clonal percentage or its copies."""
    results = [r for r in fish.results if r.lesion == lesion] if fish else []
    return next((r for r in results if r.state == "present"), results[0] if results else None)


def fish_problems(fish: Fish | None) -> tuple[Said, ...]:
    """Contradictions inside a report."""
    if fish is None:
        return ()
    states: dict[str, set[str]] = {}
    for result in fish.results:
        states.setdefault(result.lesion, set()).add(result.state)
    twice = [name for name, seen in states.items() if {"present", "absent"} <= seen]
    problems = [say("lesion-twice", lesion=name) for name in twice]
    present = [name for name, seen in states.items() if seen == {"present"}]
    denied: dict[str, list[str]] = {
        "no abnormality": present,
        "no high-risk lesion": [p for p in present if p in HIGH_RISK],
    }
    against = denied.get(fish.verdict or "", [])
    if against:
        problems.append(say("verdict-against-lesion", verdict=fish.verdict or "", lesion="|".join(against)))
    partners = [p for p in present if p in _IGH_PARTNERS]
    if states.get("IGH rearrangement") == {"absent"} and partners:
        problems.append(say("igh-against-partner", lesion="|".join(partners)))
    for result in fish.results:
        if result.percent is not None and not 0 <= result.percent <= 100:
            problems.append(say("bad-percent", lesion=result.lesion, value=str(result.percent)))
    return tuple(problems)
