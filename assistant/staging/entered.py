"""What a form holds → the texts that the staging tool takes. Nothing is judged or converted here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from assistant.staging.findings import Disease, Lesion, State, TimePoint
from assistant.staging.iss import FIELDS, LESIONS, System
from assistant.staging.parse import BadValue, parse_measurement, with_unit
from assistant.staging.result import StagingResult
from assistant.staging.tools import stage_myeloma
from assistant.staging.units import unit_choices

LdhEntry = Literal["value", "high", "normal", "unknown"]
"""LDH as a number with the laboratory's limit, or as the report's verdict."""

Setting = Literal["not stated", "new", "smouldering", "mgus", "treated", "relapse"]
"""Of which disease, and when, the values are."""

LDH_ENTRIES: tuple[LdhEntry, ...] = get_args(LdhEntry)
SETTINGS: tuple[Setting, ...] = get_args(Setting)

_MEANT: dict[Setting, tuple[Disease | None, TimePoint | None]] = {
    "not stated": (None, None),
    "new": ("active myeloma", "diagnosis"),
    "smouldering": ("smouldering myeloma", None),
    "mgus": ("MGUS", None),
    "treated": ("active myeloma", "after treatment"),
    "relapse": ("active myeloma", "relapse"),
}
_WORDS: dict[State, str] = {"present": "positive", "absent": "negative", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Entered:
    """A filled-in form. Numbers are texts as typed, so that 5.5 reaches the tool as 5.5; empty is unknown.

    ``lesions`` may name lesions that ``system`` does not count; they stay out, as do all other findings
    that it does not use.
    """

    system: System = "r-iss"
    b2m: str = ""
    b2m_unit: str = unit_choices("b2m")[0]
    albumin: str = ""
    albumin_unit: str = unit_choices("albumin")[0]
    ldh_entry: LdhEntry = "value"
    ldh: str = ""
    ldh_limit: str = ""
    lesions: dict[Lesion, State] = field(default_factory=dict)
    fish_done: bool = True
    setting: Setting = "not stated"

    def findings(self) -> dict[str, str]:
        """The texts for the tool by finding, those that are empty or not used left out."""
        texts = {
            "b2m": with_unit("b2m", self.b2m, self.b2m_unit),
            "albumin": with_unit("albumin", self.albumin, self.albumin_unit),
            "ldh": self._ldh(),
            "fish": self._fish(),
        }
        return {name: texts[name].strip() for name in FIELDS[self.system] if texts[name].strip()}

    def staged(self) -> StagingResult:
        """The tool's result.

        Raises:
            BadValue: a text is no value.
        """
        disease, time_point = _MEANT[self.setting]
        given = self.findings()
        return stage_myeloma(
            given.get("b2m"), given.get("albumin"), given.get("ldh"), given.get("fish"),
            self.system, disease, time_point,
        )

    def _ldh(self) -> str:
        if self.ldh_entry != "value":
            return "" if self.ldh_entry == "unknown" else self.ldh_entry
        if not self.ldh.strip() or not self.ldh_limit.strip() or _stands_alone(self.ldh):
            return self.ldh
        return f"{self.ldh.strip()} ({self.ldh_limit.strip()})"

    def _fish(self) -> str:
        if not self.fish_done:
            return "not done"
        counted = {lesion: self.lesions.get(lesion, "unknown") for lesion in LESIONS[self.system]}
        return ", ".join(f"{lesion} {_WORDS[s]}" for lesion, s in counted.items() if s != "unknown")


def names_unit(finding: str, text: str) -> bool:
    """Whether a unit was typed along with the value, so that none is taken from elsewhere."""
    try:
        return bool(parse_measurement(finding, text).unit)
    except BadValue:
        return False


def _stands_alone(ldh: str) -> bool:
    """Whether the text needs no limit from elsewhere: "310/250", or the report's word."""
    try:
        given = parse_measurement("ldh", ldh)
    except BadValue:
        return False
    return given.high is not None or given.value is None
