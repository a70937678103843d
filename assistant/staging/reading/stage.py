"""A conversation staged, and the call that stages the same findings again."""

from __future__ import annotations

from assistant.staging.findings import Findings, Fish, FishVerdict, Measurement, State
from assistant.staging.iss import FIELDS, System
from assistant.staging.reading.types import Reading
from assistant.staging.result import StagingResult
from assistant.staging.stated_iss import stage_with_iss

_SIGNS = {"=": "", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "~": "≈"}
_VERDICTS: dict[FishVerdict, str] = {
    "no abnormality": "negative",
    "no other abnormality": "others negative",
    "no high-risk lesion": "no high-risk lesion",
    "high-risk lesion, not named": "high-risk lesion",
    "not done": "not done",
    "pending": "pending",
}
_STATES: dict[State, str] = {"present": "positive", "absent": "negative", "unknown": "unknown"}


def stage_reading(reading: Reading, system: System = "r-iss") -> StagingResult:
    """The staging tool on a reading."""
    return stage_with_iss(reading.findings, reading.stated_iss, system)


def arguments_of(reading: Reading, system: System = "r-iss") -> dict[str, object]:
    """The arguments of ``tools.stage_myeloma`` that give what ``stage_reading`` gives.

    What contradicts itself is no argument: such a reading is asked about, not staged.
    """
    found: dict[str, object] = {"system": system}
    for name in FIELDS[system]:
        value = getattr(reading.findings, name)
        if isinstance(value, Measurement):
            found[name] = measurement_text(value)
        elif isinstance(value, Fish):
            found[name] = _fish(value)
    if reading.stated_iss is not None:
        found["iss"] = reading.stated_iss
    return found | _circumstances(reading.findings)


def _circumstances(findings: Findings) -> dict[str, object]:
    named = {"disease": findings.disease, "time_point": findings.time_point}
    return {name: value for name, value in named.items() if value is not None}


def measurement_text(given: Measurement) -> str:
    """A measurement as the tools take it: "310 U/L (120-250)"."""
    if given.value is None:
        return given.verdict or ""
    text = f"{_SIGNS[given.relation]}{given.value:f} {given.unit}".strip()
    if given.low is not None and given.high is not None:
        text += f" ({given.low:f}-{given.high:f})"
    elif given.high is not None and given.unit != "xULN":
        text += f" (ULN {given.high:f})"
    return f"{text} {given.verdict}" if given.verdict else text


def _fish(given: Fish) -> str:
    lesions = [
        f"{r.lesion} {f'{r.copies} copies ' if r.copies else ''}{_STATES[r.state]}" for r in given.results
    ]
    return ", ".join([*lesions, *([_VERDICTS[given.verdict]] if given.verdict else [])])
