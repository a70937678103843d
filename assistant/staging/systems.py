"""The systems: names, sources, points and figures; data in ``systems.toml`` and ``sources.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Source:
    """A paper and the place in it. ``read``: how the rule or figure was checked."""

    text: str
    pmid: str
    doi: str
    passage: str
    read: str

    @property
    def cited(self) -> str:
        """The paper with its identifiers, in one line."""
        ids = [f"PMID {self.pmid}." if self.pmid else "", f"doi:{self.doi}." if self.doi else ""]
        return " ".join([self.text, *(i for i in ids if i)])


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


def _load(name: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((files("assistant.staging") / "data" / name).read_text("utf-8"))


@cache
def _systems() -> dict[str, dict[str, object]]:
    return _load("systems.toml")


def system_data(system: str) -> dict[str, object]:
    """The entry of a system in ``data/systems.toml``."""
    return _systems()[system]


@cache
def numbers(system: str, key: str) -> dict[str, Decimal]:
    """A table of numbers of a system, such as the points of R2-ISS."""
    table = system_data(system)[key]
    return {name: Decimal(value) for name, value in table.items()} if isinstance(table, dict) else {}


@cache
def strings(system: str, key: str) -> tuple[str, ...]:
    """A list of words of a system, such as its stages."""
    listed = system_data(system)[key]
    return tuple(str(word) for word in listed) if isinstance(listed, list) else ()


@cache
def _sources() -> dict[str, Source]:
    return {key: Source(**{k: str(v) for k, v in row.items()}) for key, row in _load("sources.toml").items()}


def sources(system: str) -> tuple[Source, ...]:
    """The papers behind a system, the one that defines it first."""
    return tuple(_sources()[key] for key in strings(system, "sources"))


@cache
def figures(system: str) -> tuple[Figure, ...]:
    """Every outcome figure of a system."""
    rows = system_data(system)["figures"]
    return tuple(
        Figure(stage, row["endpoint"], row["zh"], value, row["unit"], row.get("n"), row["checked"])
        for row in (rows if isinstance(rows, list) else [])
        for stage, value in row["values"].items()
    )
