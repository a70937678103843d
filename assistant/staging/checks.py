"""Values that no tool may use: impossible, without a unit, or contradicting another statement."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.staging.findings import Findings, Fish, Measurement
from assistant.staging.fish import fish_problems
from assistant.staging.messages import Said, say
from assistant.staging.units import UnitTable, unit_tables, usual_units


def problems(findings: Findings, used: Iterable[str]) -> tuple[Said, ...]:
    """Every reason not to use the findings named in ``used``, each with the value and what to ask."""
    fields = tuple(used)
    found = [
        say("conflict-of-" + c.finding if c.finding in ("patient", "date") else "conflict",
            finding=c.finding, texts="; ".join(c.texts))
        for c in findings.conflicts
        if c.finding in (*fields, "patient", "date")
    ]
    for field in fields:
        value = getattr(findings, field)
        if isinstance(value, Measurement):
            found += measurement_problems(field, value)
        elif isinstance(value, Fish):
            found += fish_problems(value)
    if "age" in fields and findings.age is not None and not 0 < findings.age <= 120:
        found.append(say("impossible", finding="age", value=str(findings.age), unit="age-unit"))
    return tuple(dict.fromkeys(found))


def measurement_problems(field: str, given: Measurement) -> list[Said]:
    """What is wrong with one value."""
    if given.value is None:
        return []
    table = unit_tables()[field]
    shown = shown_value(given)
    found = table.to_base(given.unit)
    if found is None:
        key = "unknown-unit" if given.unit.strip() else "no-unit"
        return [say(key, finding=field, value=shown, unit=given.unit, units=usual_units(field))]
    base, factor = found
    if not _possible(table, base, given, factor):
        return [say("impossible", finding=field, value=shown, unit=given.unit)]
    bounds = [limit for limit in (given.low, given.high) if limit is not None]
    if any(limit < 0 for limit in bounds) or given.high == 0 or bounds != sorted(bounds):
        return [say("bad-reference", finding=field, value=shown, unit=given.unit)]
    if _contradicts_itself(given):
        verdict = given.verdict or ""
        return [say("verdict-against-value", finding=field, value=shown, unit=given.unit, verdict=verdict)]
    return []


def shown_value(given: Measurement) -> str:
    """A value with its relation as printed: "5.6", "> 20"."""
    if given.value is None:
        return given.verdict or ""
    signs = {"=": "", "<": "< ", "<=": "≤ ", ">": "> ", ">=": "≥ ", "~": "≈ "}
    return signs[given.relation] + format(given.value, "f")


def _possible(table: UnitTable, base: str, given: Measurement, factor: Decimal) -> bool:
    if given.value is None or not given.value.is_finite() or given.value < 0:
        return False
    if table.whole and given.value != given.value.to_integral_value():
        return False
    value = table.convert(given.value * factor, base, table.bases[0])
    if value is None:
        return given.value > 0
    low, high = table.possible
    # "< x" says nothing against a small value, "> x" nothing against a large one.
    return (value >= low or (given.relation in ("<", "<=") and value > 0)) and value <= high


def _contradicts_itself(given: Measurement) -> bool:
    if given.value is None or given.relation != "=" or given.verdict is None:
        return False
    above = None if given.high is None else given.value > given.high
    below = None if given.low is None else given.value < given.low
    if given.verdict == "high":
        return above is False
    if given.verdict == "low":
        return below is False
    return bool(above) or bool(below)
