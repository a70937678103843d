"""The clinical functions that a language model may be given as tools, in one list."""

from __future__ import annotations

from collections.abc import Callable

from assistant.staging import calculators, tools
from assistant.staging.result import StagingResult

CLINICAL_FUNCTIONS: tuple[Callable[..., StagingResult], ...] = (
    tools.stage_myeloma,
    tools.diagnose_myeloma,
    tools.myeloma_risk,
    tools.stage_durie_salmon,
    calculators.correct_calcium,
    calculators.estimate_gfr,
    calculators.light_chain_ratio,
)
