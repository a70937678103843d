"""Units as reports write them, and the few conversions that the tools may make.

Limits are compared in the unit given wherever they are printed in it (``assistant.staging.limits``). A
*base* is such a unit; every other spelling reaches its base by an exact power of ten. Only a value whose
base has no printed limit is converted by a rounded factor. The table is ``data/units.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

_CHINESE = (
    ("毫克", "mg"), ("微克", "ug"), ("纳克", "ng"), ("毫摩尔", "mmol"), ("微摩尔", "umol"),
    ("纳摩尔", "nmol"), ("毫摩", "mmol"), ("微摩", "umol"), ("纳摩", "nmol"), ("毫升", "ml"), ("分升", "dl"),
    ("国际单位", "iu"), ("单位", "u"), ("分钟", "min"), ("分", "min"), ("小时", "h"), ("天", "d"),
    ("日", "d"), ("克", "g"), ("升", "l"), ("每", "/"),
)
_SHORT = {
    "g%": "g/dl", "gm%": "g/dl", "gms%": "g/dl", "mg%": "mg/dl",
    "pct": "%", "percent": "%", "iu/l": "u/l", "×uln": "xuln",
    "个": "", "处": "",
}
_PER = re.compile(r"[·.*]?(ml|dl|l|min)(?:\^?-1)")
_DAY = re.compile(r"/(?:24(?:h|hr|hrs|hours)|d|day)$")


def fold_unit(unit: str) -> str:
    """One spelling for all: "ｍｇ／Ｌ", "mg·L⁻¹", "毫克/升" and "MG/L" become "mg/l".

    >>> fold_unit("μg / ml"), fold_unit("mcg/mL"), fold_unit("克/24小时"), fold_unit("g%")
    ('ug/ml', 'ug/ml', 'g/24h', 'g/dl')
    """
    text = unicodedata.normalize("NFKC", unit).lower().replace("−", "-").replace("∕", "/").replace("÷", "/")
    text = re.sub(r"\s+", "", text)
    for chinese, latin in _CHINESE:
        text = text.replace(chinese, latin)
    for long, short in (("μ", "u"), ("mcg", "ug"), ("gm/", "g/"), ("²", "2"), ("m^2", "m2")):
        text = text.replace(long, short)
    text = _PER.sub(r"/\1", text)
    text = _DAY.sub("/24h", text).replace("24hr", "24h")
    text = re.sub(r"^24h(\w+)$", r"\1/24h", text)
    return _SHORT.get(text, text)


@dataclass(frozen=True, slots=True)
class UnitTable:
    """How one finding is measured. ``units``: folded spelling → (base, factor into it)."""

    bases: tuple[str, ...]
    units: dict[str, tuple[str, Decimal]]
    possible: tuple[Decimal, Decimal]
    conversion: tuple[str, str, Decimal] | None
    whole: bool

    def to_base(self, unit: str) -> tuple[str, Decimal] | None:
        """The base of a unit as written and the factor into it; None when the unit is not one of these."""
        return self.units.get(fold_unit(unit))

    def convert(self, value: Decimal, base: str, target: str) -> Decimal | None:
        """A value in one base as a value in another; None when no factor is known."""
        if base == target:
            return value
        if self.conversion is None:
            return None
        first, second, factor = self.conversion
        if (base, target) == (first, second):
            return value * factor
        return value / factor if (base, target) == (second, first) else None


@cache
def unit_tables() -> dict[str, UnitTable]:
    """The table of every finding that has units, by its name in ``Findings``."""
    raw = tomllib.loads((files("assistant.staging") / "data" / "units.toml").read_text("utf-8"))
    tables = {}
    for finding, row in raw.items():
        units = {
            spelling: (base, Decimal(factor))
            for base, spellings in row["base"].items()
            for spelling, factor in spellings.items()
        }
        low, high = row["possible"]
        convert = row.get("convert")
        conversion = (convert[0], convert[1], Decimal(convert[2])) if convert else None
        tables[finding] = UnitTable(
            tuple(row["base"]), units, (Decimal(low), Decimal(high)), conversion, row.get("whole", False)
        )
    return tables


def unit_choices(finding: str) -> tuple[str, ...]:
    """Every unit that the table of a finding knows, as reports print it; the usual one first.

    >>> unit_choices("albumin")
    ('g/L', 'g/dL', 'mg/mL', 'mg/dL')
    """
    return tuple(_printed(folded) for folded in unit_tables()[finding].units)


def _printed(folded: str) -> str:
    return re.sub(r"^u(?=g|mol|kat)", "µ", re.sub(r"l$", "L", folded))


def usual_units(finding: str) -> str:
    """The units to ask for, as "mg/L or nmol/L"."""
    return " / ".join(base for base in unit_tables()[finding].bases if base and base != "×ULN")
