"""The outcome of a tool, and how it is written as JSON."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from assistant.staging.checks import shown_value
from assistant.staging.findings import Measurement
from assistant.staging.limits import limits
from assistant.staging.messages import Said, label
from assistant.types import Language


@dataclass(frozen=True, slots=True)
class Source:
    """A paper and the place in it. ``read``: how the rule or figure was checked."""

    text: str
    pmid: str
    doi: str
    passage: str
    read: str


@dataclass(frozen=True, slots=True)
class Figure:
    """An outcome in the cited cohort: ``value`` in ``unit`` (months or %), ``n`` patients (None: not given).

    ``checked``: "paper" when read in the paper's abstract, "secondary" in a later paper that cites it.
    """

    stage: str
    endpoint: str
    endpoint_zh: str
    value: str
    unit: str
    n: int | None
    checked: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One test. ``name`` is a finding or lesion; ``rule`` a limit id or a sentence; ``met`` None is unknown."""

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
        keys = system_data(self.system)["sources"]
        return tuple(_sources()[key] for key in keys if isinstance(key, str)) if isinstance(keys, list) else ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Outcomes in the cited cohorts for the stages that are left."""
        return tuple(f for stage in self.possible for f in figures(self.system) if f.stage == stage)

    def to_record(self, language: Language = "en") -> dict[str, object]:
        """Plain JSON values: the contract's keys first. Keys, ``missing`` and stages do not change with language."""
        return {
            "system": self.name,
            "stage": self.stage,
            "possible": list(self.possible),
            "missing": [label(m, "en") for m in self.missing],
            "criteria": [
                {"name": label(c.name, language), "value": label(c.value, language), "unit": c.unit, "met": c.met,
                 "rule": c.rule_text(language)}
                for c in self.criteria
            ],
            "problems": [p.text(language) for p in self.problems],
            "source": _cite(self.sources[0]),
            "applicable": self.applicable,
            "settled": self.stage is not None and bool(self.missing),
            "notes": [n.text(language) for n in self.notes],
            "computed": [
                {"name": label(c.name, language), "value": c.value, "unit": c.unit} for c in self.computed
            ],
            "figures": [
                {"stage": f.stage, "endpoint": f.endpoint_zh if language == "zh" else f.endpoint, "value": f.value,
                 "unit": f.unit, "n": f.n, "checked": f.checked}
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
        own = given.high if limit.origin == "high" else given.low
        reference = f"{'ULN' if limit.origin == 'high' else 'LLN'} {own:f} {given.unit}".strip() if own is not None else ""
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


def _cite(source: Source) -> str:
    ids = [f"PMID {source.pmid}" if source.pmid else "", f"doi:{source.doi}" if source.doi else ""]
    return " ".join([source.text, *(i + "." for i in ids if i)])


def _load(name: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((files("assistant.staging") / "data" / name).read_text("utf-8"))


@cache
def _systems() -> dict[str, dict[str, object]]:
    return _load("systems.toml")


def system_data(system: str) -> dict[str, object]:
    """The entry of a system in ``data/systems.toml``."""
    return _systems()[system]


@cache
def _sources() -> dict[str, Source]:
    return {key: Source(**{k: str(v) for k, v in row.items()}) for key, row in _load("sources.toml").items()}


@cache
def figures(system: str) -> tuple[Figure, ...]:
    """Every outcome figure of a system."""
    rows = system_data(system)["figures"]
    return tuple(
        Figure(stage, row["endpoint"], row["zh"], value, row["unit"], row.get("n"), row["checked"])
        for row in (rows if isinstance(rows, list) else [])
        for stage, value in row["values"].items()
    )
