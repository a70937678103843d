"""Comparison with unknowns, and the integrity of the rule data."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from itertools import product

import pytest

from assistant.staging.findings import Measurement, Relation
from assistant.staging.limits import all_of, any_of, compare, holds, limits
from assistant.staging.messages import label
from assistant.staging.systems import figures, sources, system_data
from assistant.staging.units import fold_unit, unit_tables

OPERATORS = {"<": lambda x, y: x < y, "<=": lambda x, y: x <= y, ">": lambda x, y: x > y, ">=": lambda x,
 y: x >= y,
             "=": lambda x, y: x == y}


def test_bounded_comparisons_by_brute_force() -> None:
    """A bounded value stands for every number on a fine line that fits it."""
    line = [Fraction(n, 4) for n in range(-40, 60)]
    relations: tuple[Relation, ...] = ("=", "<", "<=", ">", ">=")
    for given, value, asked, limit in product(relations, (1, 2, 3), ("<", "<=", ">", ">="), (1, 2, 3)):
        outcomes = {OPERATORS[asked](x, limit) for x in line if OPERATORS[given](x, value)}
        expected = outcomes.pop() if len(outcomes) == 1 else None
        assert compare(given, Decimal(value), asked, Decimal(limit)) is expected, (given, value, asked, limit)


def test_unknowns_in_and_and_or() -> None:
    assert [any_of(True, None), any_of(False, None), any_of(False, False)] == [True, None, False]
    assert [all_of(False, None), all_of(True, None), all_of(True, True)] == [False, None, True]


@pytest.mark.parametrize("limit_id", [id_ for id_, limit in limits().items() if not limit.origin])
def test_every_limit_one_step_below_at_and_above_in_every_printed_unit(limit_id: str) -> None:
    limit = limits()[limit_id]
    tiny = Decimal("1e-12")
    for unit, amount in limit.amounts.items():
        for step, value in ((-1, amount - tiny), (0, amount), (1, amount + tiny)):
            expected = OPERATORS[limit.relation](step, 0)
            for spelling, (base, factor) in unit_tables()[limit.finding].units.items():
                if base == unit and factor in (1, 10, 1000):
                    given = Measurement(value / factor, spelling)
                    assert holds(limit_id, given) is expected, (value, spelling)


# Typed from the printed criteria, not copied from the data: what must be exactly so.
PRINTED = """
iss-1-b2m < 3.5 mg/L 297 nmol/L | iss-1-albumin >= 35 g/L | iss-3-b2m >= 5.5 mg/L 466 nmol/L
imwg-c-fixed > 2.75 mmol/L 11 mg/dL | imwg-c-uln > 0.25 mmol/L 1 mg/dL
imwg-r-creatinine > 177 µmol/L 2 mg/dL | imwg-r-clearance < 40 mL/min
imwg-a-fixed < 100 g/L | imwg-a-lln < -20 g/L
clone-marrow >= 10 % | slim-s >= 60 % | slim-li-involved >= 100 mg/L
smm-serum >= 30 g/L | smm20-marrow > 20 % | smm20-serum > 20 g/L
china20-marrow >= 20 % | china20-serum >= 20 g/L
ims-b2m >= 5.5 mg/L 466 nmol/L | ims-creatinine < 1.2 mg/dL
ds-1-hb > 100 g/L | ds-3-hb < 85 g/L | ds-1-calcium-12 <= 12 mg/dL 3.0 mmol/L
ds-3-calcium > 12 mg/dL 3.0 mmol/L
ds-1-igg < 50 g/L | ds-3-igg > 70 g/L | ds-1-iga < 30 g/L | ds-3-iga > 50 g/L
ds-b >= 2.0 mg/dL 177 µmol/L | kappa-raised > 19.4 mg/L | lambda-raised > 26.3 mg/L
"""
PRINTED_WITHOUT_UNIT = """
imwg-b >= 1 | several-lesions > 1 | slim-li-ratio >= 100 | slim-m > 1 | smm20-ratio > 20 | china20-ratio >= 20
ds-1-bone < 1 | ds-3-bone-any >= 3 | ds-3-bone-all > 5
flc-low < 0.26 | flc-high > 1.65 | flc-renal-low < 0.37 | flc-renal-high > 3.10
"""
PRINTED_PER_DAY = {"smm-urine": (">=", "500"), "ds-1-urine": ("<", "4000"), "ds-3-urine": (">", "12000")}


def test_limits_are_as_printed() -> None:
    seen = {"ldh-high", "ds-1-calcium-normal", "calcium-surely-normal", "haemoglobin-surely-enough"}
    rows = [row.split() for row in re.split(r"[|\n]", PRINTED) if row.strip()]
    expected = {id_: (sign, dict(zip(rest[1::2], rest[::2], strict=True))) for id_, sign, *rest in rows}
    for row in re.split(r"[|\n]", PRINTED_WITHOUT_UNIT):
        if row.strip():
            id_, sign, amount = row.split()
            expected[id_] = (sign, {"": amount})
    expected |= {id_: (sign, {"mg/24 h": amount}) for id_, (sign, amount) in PRINTED_PER_DAY.items()}
    for id_, (sign, amounts) in expected.items():
        limit = limits()[id_]
        assert (limit.relation, limit.amounts) == (sign, {u: Decimal(a) for u, a in amounts.items()}), id_
        seen.add(id_)
    assert seen == set(limits())
    assert set(limits()["ldh-high"].amounts.values()) == {Decimal(0)}
    assert limits()["ldh-high"].relation == ">"


@pytest.mark.parametrize(
    ("limit_id", "value", "unit", "met"),
    # Converted, not as printed, these would be wrong or right the other way round.
    [("iss-3-b2m", "466", "nmol/L", True), ("iss-1-b2m", "296.9", "nmol/L", True),
     ("iss-3-b2m", "5.5", "mg/L", True),
     ("imwg-r-creatinine", "177", "µmol/L", False), ("imwg-r-creatinine", "2.002", "mg/dL", True),
     ("imwg-c-fixed", "11", "mg/dL", False), ("imwg-c-fixed", "2.745", "mmol/L", False),
     ("ds-b", "177", "µmol/L", True),
     ("imwg-c-fixed", "2.7500", "mmol/L", False), ("ims-creatinine", "106.08", "µmol/L", False),
     ("ims-creatinine", "106.07", "µmol/L", True)],
)
def test_the_unit_given_decides(limit_id: str, value: str, unit: str, met: bool) -> None:
    assert holds(limit_id, Measurement(Decimal(value), unit)) is met


@pytest.mark.parametrize(
    ("value", "high", "verdict", "met"),
    [("250", "250", None, False), ("250.0001", "250", None, True), ("310", None, None, None),
     ("310", None, "high", True),
     (None, None, "normal", False), (None, None, "low", False), (None, None, None, None)],
)
def test_ldh_needs_its_own_limit_or_a_verdict(
    value: str | None, high: str | None, verdict: str | None, met: bool | None
) -> None:
    given = Measurement(
        Decimal(value) if value else None, "U/L", high=Decimal(high) if high else None,
        verdict=verdict  # type: ignore[arg-type]
    )
    assert holds("ldh-high", given) is met


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [(["mg/L", "ｍｇ／Ｌ", "mg / l", "MG/L", "毫克/升", "毫克每升", "mg·L-1", "mg.l^-1", "mg L⁻¹"], "mg/l"),
     (["µg/mL", "μg/ml", "ug/mL", "mcg/mL", "MCG/ML", "微克/毫升", "㎍/㎖"], "ug/ml"),
     (["nmol/L", "纳摩尔/升", "nmol·L⁻¹"], "nmol/l"), (["g/dL", "g%", "克/分升", "gm/dl"], "g/dl"),
     (["g/24h", "g/24 h", "克/24小时", "g/d", "g/day", "g/24hr", "g/天"], "g/24h"),
     (["mL/min/1.73m²", "ml/min/1.73 m2", "mL/分/1.73m²"], "ml/min/1.73m2"), (["%", "％", "percent"], "%"),
     (["U/L", "IU/L", "单位/升", "国际单位/L"], "u/l"),
     (["µmol/L", "μmol/l", "umol/L", "微摩尔/升"], "umol/l")],
)
def test_unit_spellings(spellings: list[str], folded: str) -> None:
    assert {fold_unit(unit) for unit in spellings} == {folded}


def test_every_limit_prints_its_amounts_in_both_languages() -> None:
    """The text of a rule and the numbers that are compared cannot drift apart."""
    for id_, limit in limits().items():
        if limit.source not in tomllib.loads(_data("sources.toml")):
            pytest.fail(f"{id_}: unknown source {limit.source}")
        if "surely" in id_ or limit.origin:
            continue
        for text in (limit.en, limit.zh):
            numbers = {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", text)}
            scaled = {number * scale for number in numbers for scale in (1, 10, 1000)}
            shown = [amount in scaled for amount in limit.amounts.values()]
            loose = id_ in ("ims-b2m", "ds-1-bone") or all(shown)
            assert loose, id_


def test_every_system_has_sources_and_its_figures_have_n_and_endpoint() -> None:
    for system in tomllib.loads(_data("systems.toml")):
        assert sources(system)
        assert all(source.text and source.passage and source.read for source in sources(system))
        stages = system_data(system)["stages"]
        assert isinstance(stages, list)
        for figure in figures(system):
            assert figure.stage in stages
            assert figure.checked in ("paper", "secondary")
            assert figure.n or system == "smm-2020-fish"


def test_every_message_and_label_is_in_both_languages() -> None:
    data = tomllib.loads(_data("messages.toml"))
    for key, texts in {**data["messages"], **data["labels"]}.items():
        assert set(texts) == {"zh", "en"}, key
        assert sorted(re.findall(r"{\w+}", texts["zh"])) or not re.findall(r"{\w+}", texts["en"]), key
        assert set(re.findall(r"{\w+}", texts["zh"])) == set(re.findall(r"{\w+}", texts["en"])), key
    for finding in unit_tables():
        assert label(finding, "zh") != finding or finding == "ldh"


def _data(name: str) -> str:
    return (files("assistant.staging") / "data" / name).read_text("utf-8")
