"""The outcome of a tool, and how it is written as JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.staging.checks import shown_value
from assistant.staging.findings import Measurement
from assistant.staging.limits import limits
from assistant.staging.messages import Said, label
from assistant.staging.systems import Figure, Source, figures, sources, system_data
from assistant.types import Language


@dataclass(frozen=True, slots=True)
class Criterion:
    """One test. ``name``: a finding or lesion; ``rule``: a limit id or a sentence; ``met`` None: unknown."""

    name: str
    value: str
    unit: str
    rule: str | Said
    met: bool | None
    reference: str = ""

    def rule_text(self, language: Language) -> str:
        """The rule with its inequality and units; the laboratory's own limit follows when it was used."""
        text = self.rule.text(language) if isinstance(self.rule, Said) else limits()[self.rule].text(language)
        return f"{text} [{self.reference}]" if self.reference else text


@dataclass(frozen=True, slots=True)
class Computed:
    """A number that a tool worked out, exact or rounded as printed. ``unit`` may be empty (a ratio)."""

    name: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class StagingResult:
    """What a tool found.

    ``stage`` is given only when one outcome is left; ``possible`` holds all that are left, in order, and is
    empty when the tool refuses (``problems``) or does not apply (``applicable`` False). ``missing`` names
    the findings that are not known, also where they cannot change the stage.
    """

    system: str
    possible: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    problems: tuple[Said, ...] = ()
    notes: tuple[Said, ...] = ()
    computed: tuple[Computed, ...] = ()
    applicable: bool = True

    @property
    def stage(self) -> str | None:
        """The one outcome that is left."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def name(self) -> str:
        """The system with its version, to be said with every stage: "R-ISS"."""
        return str(system_data(self.system)["name"])

    @property
    def sources(self) -> tuple[Source, ...]:
        """The papers behind the rules."""
        return sources(self.system)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Outcomes in the cited cohorts for the stages that are left."""
        return tuple(f for stage in self.possible for f in figures(self.system) if f.stage == stage)

    def to_record(self, language: Language = "en") -> dict[str, object]:
        """Plain JSON values. Keys, ``missing`` and stages do not change with language; texts do."""
        return {
            "system": self.name,
            "stage": self.stage,
            "possible": list(self.possible),
            "missing": [label(m, "en") for m in self.missing],
            "criteria": [
                {"name": label(c.name, language), "value": label(c.value, language), "unit": c.unit,
                 "met": c.met, "rule": c.rule_text(language)}
                for c in self.criteria
            ],
            "problems": [p.text(language) for p in self.problems],
            "source": self.sources[0].cited,
            "applicable": self.applicable,
            "settled": self.stage is not None and bool(self.missing),
            "notes": [n.text(language) for n in self.notes],
            "computed": [
                {"name": label(c.name, language), "value": c.value, "unit": c.unit} for c in self.computed
            ],
            "figures": [
                {"stage": f.stage, "endpoint": f.endpoint_zh if language == "zh" else f.endpoint,
                 "value": f.value, "unit": f.unit, "n": f.n, "checked": f.checked}
                for f in self.figures
            ],
            "references": [
                {"text": s.text, "pmid": s.pmid, "doi": s.doi, "passage": s.passage} for s in self.sources
            ],
        }


def limit_criterion(limit_id: str, given: Measurement | None, met: bool | None, name: str = "") -> Criterion:
    """The criterion of a limit: the value as given, the laboratory's limit where it counts."""
    limit = limits()[limit_id]
    reference = ""
    if given is not None and limit.origin:
        name_of_own, own = ("ULN", given.high) if limit.origin == "high" else ("LLN", given.low)
        reference = f"{name_of_own} {own:f} {given.unit}".strip() if own is not None else ""
    value, unit = ("unknown", "") if given is None else (shown_value(given) or "unknown", given.unit)
    if given is not None and given.value is None:
        unit = ""
    return Criterion(name or limit.finding, value, unit, limit_id, met, reference)


def undecided(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """The same criteria with nothing judged, for a tool that refuses."""
    return tuple(replace(c, met=None) for c in criteria)


def number(value: Decimal, places: int | None = None) -> str:
    """A decimal as printed; rounded half up to ``places`` when given."""
    if places is None:
        return format(value.normalize(), "f") if value else "0"
    return format(value.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP"), "f")
