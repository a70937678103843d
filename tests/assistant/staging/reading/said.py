"""What several tests of the reader share: the states of a report, and messages to go on from."""

from __future__ import annotations

from assistant.staging.fish import lesion_state
from assistant.staging.reading.conversation import read_findings

HIGH_RISK = ("del(17p)", "t(4;14)", "t(14;16)")
OPEN_ZH = "初诊MM，β2-MG 5.8 mg/L，白蛋白 32 g/L，LDH升高，FISH 17p缺失阳性，R-ISS几期？"
OPEN_EN = "NDMM: B2M 5.8 mg/L, albumin 3.2 g/dL, LDH high, FISH: del(17p) positive. R-ISS?"


def states(text: str) -> dict[str, str]:
    """The state of each lesion of R2-ISS and R-ISS; "asked" for all when the tool has to ask."""
    reading = read_findings([text])
    if any(p.finding == "fish" for p in reading.problems):
        return dict.fromkeys((*HIGH_RISK, "1q+"), "asked")
    fish = reading.findings.fish
    return {x: lesion_state(fish, x) for x in (*HIGH_RISK, "1q+")}  # type: ignore[arg-type]
