"""Deterministic staging and clinical arithmetic for multiple myeloma: pure functions over typed findings."""

from assistant.staging.findings import Findings
from assistant.staging.iss import stage
from assistant.staging.parse import BadValue
from assistant.staging.result import StagingResult

__all__ = ["BadValue", "Findings", "StagingResult", "stage"]
