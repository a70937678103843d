"""What a form holds reaches the tool as it was typed."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.staging import BadValue
from assistant.staging.entered import Entered
from assistant.staging.iss import System
from assistant.staging.parse import parse_measurement, with_unit
from assistant.staging.units import unit_choices, unit_tables

SYSTEMS: tuple[System, ...] = get_args(System)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("5.5", "5.5 mg/L"),
        ("０.10", "0.10 mg/L"),
        (" > 20 ", "> 20 mg/L"),
        ("5.6 (0.8-2.4)", "5.6 mg/L (0.8-2.4)"),
        ("5.6 (0.8-2.4 mg/L)", "5.6 (0.8-2.4 mg/L)"),
        ("466 nmol/L", "466 nmol/L"),
        ("466nmol/L ↑", "466nmol/L ↑"),
        ("升高", "升高"),
        ("5,6", "5,6"),
    ],
)
def test_the_unit_goes_behind_the_number_unless_one_was_typed(typed: str, text: str) -> None:
    assert with_unit("b2m", typed, "mg/L") == text


@pytest.mark.parametrize("finding", ["b2m", "albumin"])
def test_every_unit_that_is_offered_is_one_that_the_tables_know(finding: str) -> None:
    offered = unit_choices(finding)
    table = unit_tables()[finding]
    assert len(offered) == len(table.units)
    assert offered[0] == table.bases[0]
    assert all(table.to_base(unit) for unit in offered)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"ldh": "310", "ldh_limit": "250"}, "310 (250)"),
        ({"ldh": "310 U/L", "ldh_limit": "120-250"}, "310 U/L (120-250)"),
        ({"ldh": "310/250", "ldh_limit": "300"}, "310/250"),
        ({"ldh": "升高", "ldh_limit": "250"}, "升高"),
        ({"ldh": "310"}, "310"),
        ({"ldh_limit": "250"}, None),
        ({"ldh_entry": "high", "ldh": "100", "ldh_limit": "250"}, "high"),
        ({"ldh_entry": "unknown", "ldh": "310", "ldh_limit": "250"}, None),
    ],
)
def test_ldh(fields: dict[str, str], text: str | None) -> None:
    entered = Entered(**fields)  # type: ignore[arg-type]  # literals as plain strings
    assert entered.findings().get("ldh") == text
    if text and "(" in text:
        assert str(parse_measurement("ldh", text).high) == "250"


def test_lesions_that_are_unknown_or_not_counted_stay_out() -> None:
    lesions = {"del(17p)": "present", "t(4;14)": "absent", "t(14;16)": "present", "1q+": "absent"}
    entered = {s: Entered(system=s, lesions=lesions) for s in SYSTEMS}  # type: ignore[arg-type]  # as above
    assert entered["iss"].findings() == {}
    assert entered["r-iss"].findings() == {"fish": "del(17p) positive, t(4;14) negative, t(14;16) positive"}
    assert entered["r2-iss"].findings() == {"fish": "del(17p) positive, t(4;14) negative, 1q+ negative"}
    r2 = {c.name: c.met for c in entered["r2-iss"].staged().criteria[-3:]}
    assert r2 == {"del(17p)": True, "t(4;14)": False, "1q+": False}


def test_empty_is_missing_and_zero_is_a_value() -> None:
    assert Entered(b2m="  ").findings() == {}
    assert Entered(b2m="0").staged().problems[0].text("en").startswith("B2M 0 mg/L is not possible")


def test_all_texts_that_are_no_value_are_named_in_either_language() -> None:
    with pytest.raises(BadValue, match=r"B2M '5,6' cannot be read.*albumin 'x' cannot be read") as caught:
        Entered(b2m="5,6", albumin="x").staged()
    assert "β2微球蛋白“5,6”读不出数值" in caught.value.text("zh")
    assert "白蛋白“x”读不出数值" in caught.value.text("zh")
    assert "albumin “x” cannot be read" in caught.value.text("en")
