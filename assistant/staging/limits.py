"""Compare a finding with a limit: met, not met, or unknown. Limits are data (``data/limits.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from assistant.staging.findings import Measurement, Relation, State
from assistant.staging.units import unit_tables
from assistant.types import Language

ABOUT = Decimal("0.05")
"""How far "about" reaches, as a share of the limit: "about 5.4 mg/L" may be 5.5. A choice of this project."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One inequality. ``amounts``: the limit in each unit in which it is printed.

    ``origin``: "" for an absolute limit; "high" or "low" when the amount is counted from the laboratory's
    own limit. ``verdicts``: what the report's word alone settles. ``source``: a key of ``sources.toml``.
    """

    id: str
    finding: str
    relation: Literal["<", "<=", ">", ">="]
    amounts: dict[str, Decimal]
    origin: Literal["", "high", "low"]
    verdicts: dict[str, bool]
    source: str
    en: str
    zh: str

    def text(self, language: Language) -> str:
        """The rule as printed, units included."""
        return self.zh if language == "zh" else self.en


@cache
def limits() -> dict[str, Limit]:
    """Every limit by its id."""
    raw = tomllib.loads((files("assistant.staging") / "data" / "limits.toml").read_text("utf-8"))
    return {
        id_: Limit(
            id_, row["finding"], row["relation"], {unit: Decimal(a) for unit, a in row["amounts"].items()},
            row.get("from", ""), row.get("verdicts", {}), row["source"], row["en"], row["zh"],
        )
        for id_, row in raw.items()
    }


def holds(limit_id: str, measurement: Measurement | None) -> bool | None:
    """Whether a finding meets a limit; None when that cannot be told.

    The value is compared in the unit given when the limit is printed in it, by decimal arithmetic:
    466 nmol/L meets "≥ 5.5 mg/L (≥ 466 nmol/L)" although it is 5.4985 mg/L. A bounded value (">20") is
    met or not met only when every value that it may stand for is.

    >>> holds("iss-3-b2m", Measurement(Decimal(466), "nmol/L")), holds("ldh-high", Measurement(Decimal(310)))
    (True, None)
    """
    limit = limits()[limit_id]
    if measurement is None:
        return None
    if measurement.value is not None:
        met = _value_holds(limit, measurement)
        if met is not None:
            return met
    return limit.verdicts.get(measurement.verdict) if measurement.verdict else None


def _value_holds(limit: Limit, measurement: Measurement) -> bool | None:
    table = unit_tables()[limit.finding]
    found = table.to_base(measurement.unit)
    if found is None or measurement.value is None:
        return None
    base, factor = found
    value = measurement.value * factor
    if limit.origin:
        own = measurement.high if limit.origin == "high" else measurement.low
        if own is None or base not in limit.amounts:
            return None
        return compare(measurement.relation, value, limit.relation, own * factor + limit.amounts[base])
    if base in limit.amounts:
        return compare(measurement.relation, value, limit.relation, limit.amounts[base])
    for target, amount in limit.amounts.items():
        converted = table.convert(value, base, target)
        if converted is not None:
            return compare(measurement.relation, converted, limit.relation, amount)
    return None


def compare(given: Relation, value: Decimal, asked: str, limit: Decimal) -> bool | None:
    """Whether "x ``given`` value" implies "x ``asked`` limit" (True), excludes it (False) or leaves it open.

    >>> compare(">", Decimal(20), ">=", Decimal("5.5")), compare("<", Decimal(4), "<", Decimal("3.5"))
    (True, None)
    >>> compare("~", Decimal("5.4"), ">=", Decimal("5.5")), compare("~", Decimal(7), ">=", Decimal("5.5"))
    (None, True)
    """
    if given == "~":
        if abs(value - limit) <= ABOUT * limit:
            return None
        given = "="
    if asked in ("<", "<="):
        opposite = compare(given, value, ">=" if asked == "<" else ">", limit)
        return None if opposite is None else not opposite
    if given == "=":
        return value > limit or (asked == ">=" and value == limit)
    if given in (">", ">="):
        reaches = value > limit or (value == limit and (given == ">" or asked == ">="))
        return True if reaches else None
    stays_below = value < limit or (value == limit and (given == "<" or asked == ">"))
    return False if stays_below else None


def turned(relation: Relation) -> Relation:
    """The relation of a quantity that falls as the given one rises: "<" becomes ">"."""
    return _TURNED[relation]


_TURNED: dict[Relation, Relation] = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=", "~": "~"}


def any_of(*verdicts: bool | None) -> bool | None:
    """"or" with unknowns."""
    return True if True in verdicts else None if None in verdicts else False


def all_of(*verdicts: bool | None) -> bool | None:
    """"and" with unknowns."""
    return False if False in verdicts else None if None in verdicts else True


def state_met(state: State) -> bool | None:
    """A state as met / not met / unknown."""
    return {"present": True, "absent": False, "unknown": None}[state]


def met_state(met: bool | None) -> State:
    """The reverse of ``state_met``."""
    return "unknown" if met is None else "present" if met else "absent"


def open_set(verdict: bool | None) -> frozenset[bool]:
    """The values that a verdict may still take."""
    return frozenset({True, False}) if verdict is None else frozenset({verdict})
