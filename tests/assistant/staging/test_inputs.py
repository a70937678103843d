"""Texts of a form or a command line: what they mean, and what is refused with one clear line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.staging.findings import Measurement
from assistant.staging.inputs import findings_from
from assistant.staging.parse import BadValue, parse_measurement
from assistant.staging.parse_fish import parse_fish
from assistant.staging.tools import stage_myeloma


def m(value: str | None, unit: str = "", relation: str = "=", low: str | None = None, high: str | None = None,
      verdict: str | None = None) -> tuple[object, ...]:
    numbers = (Decimal(v) if v is not None else None for v in (value, low, high))
    return (*numbers, unit, relation, verdict)


def seen(given_: Measurement) -> tuple[object, ...]:
    return (given_.value, given_.low, given_.high, given_.unit, given_.relation, given_.verdict)


@pytest.mark.parametrize(
    ("finding", "text", "expected"),
    [
        ("ldh", "310/250", m("310", high="250")), ("ldh", "310 / 250 U/L", m("310", "U/L", high="250")),
        ("ldh", "310U/L/250U/L", m("310", "U/L", high="250")),
        ("ldh", "310 (120-250)", m("310", low="120", high="250")),
        ("ldh", "310 U/L（120～250 U/L）↑", m("310", "U/L", low="120", high="250", verdict="high")),
        ("ldh", "310 U/L (ULN 250)", m("310", "U/L", high="250")), ("ldh", "升高", m(None, verdict="high")),
        ("ldh", "310 U/L 升高", m("310", "U/L", verdict="high")),
        ("ldh", "1.5×ULN", m("1.5", "xULN", high="1")),
        ("haemoglobin", "92 g/L (130-175)", m("92", "g/L", low="130", high="175")),
        ("haemoglobin", "9.2g/dL (LLN 13)", m("9.2", "g/dL", low="13")),
        ("creatinine_clearance", "38 mL/min/1.73m2", m("38", "mL/min/1.73m2")),
        ("b2m", "≥5.5 mg/L", m("5.5", "mg/L", ">=")), ("b2m", "＞20mg/L", m("20", "mg/L", ">")),
        ("b2m", "5,500 ng/mL", m("5500", "ng/mL")), ("b2m", "5.6", m("5.6")),
        ("lytic_lesions", "multiple", m("2", relation=">=")), ("lytic_lesions", "无", m("0")),
        ("calcium", "2.6/2.55 mmol/L", m("2.6", "mmol/L", high="2.55")),
    ],
)
def test_values(finding: str, text: str, expected: tuple[object, ...]) -> None:
    assert seen(parse_measurement(finding, text)) == expected


@pytest.mark.parametrize("text",
 ["abc", "", "5.6 mg/L (", "mg/L 5.6", "5.6 mg/L (high risk)", "5.6.7 mg/L", "about 5 mg/L", "5,6 mg/L",
             "5-6 mg/L", "5～6 mg/L"])
def test_texts_that_are_no_value(text: str) -> None:
    with pytest.raises(BadValue, match=r"B2M .* cannot be read; give a number with its unit"):
        parse_measurement("b2m", text)


def test_units_of_value_and_range_must_agree() -> None:
    with pytest.raises(BadValue, match="haemoglobin"):
        parse_measurement("haemoglobin", "9.2 g/dL (130-175 g/L)")


def test_all_bad_values_are_named_at_once() -> None:
    with pytest.raises(BadValue, match=r"B2M 'x' .*; FISH 'y' .*; sex 'z'"):
        findings_from(b2m="x", fish="y", sex="z")


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("17p-", "del(17p)+"), ("17p-(-)", "del(17p)-"), ("t(4;14)-", "t(4;14)-"),
        ("t(4；14)(+)", "t(4;14)+"),
        ("TP53 deletion", "del(17p)+"), ("no del(17p)", "del(17p)-"), ("1q21无扩增", "1q+-"),
        ("amp(1q21)", "1q++"),
        ("RB1 deletion", "del(13q)+"), ("未检出t(14;16)", "t(14;16)-"),
        ("del(17p)、t(4;14)均阴性", "del(17p)- t(4;14)-"),
        ("t(11;14) and t(4;14) negative", "t(11;14)- t(4;14)-"), ("t(4;14)待回报", "t(4;14)?"),
        ("del(17p)(+)，t(4;14)(-)", "del(17p)+ t(4;14)-"), ("IGH重排阳性", "IGH rearrangement+"),
        ("t(14;20)", "t(14;20)+"), ("可疑t(4;14)", "t(4;14)?"),
    ],
)
def test_fish(text: str, states: str) -> None:
    signs = {"present": "+", "absent": "-", "unknown": "?"}
    assert " ".join(r.lesion + signs[r.state] for r in parse_fish(text).results) == states


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("negative", "no abnormality"), ("未见异常", "no abnormality"), ("标危", "no high-risk lesion"),
     ("no high-risk abnormalities", "no high-risk lesion"), ("high-risk", "high-risk lesion, not named"),
     ("not done", "not done"), ("待回报", "pending"), ("del(17p), others negative", "no other abnormality")],
)
def test_fish_verdicts(text: str, verdict: str) -> None:
    assert parse_fish(text).verdict == verdict


@pytest.mark.parametrize(
    "text", ["", ",", "TP53 mutation", "1q-", "t(4;14) borderline", "normal karyotype", "negative, high-risk",
             "del(17p), t(4;14) negative", "no del(17p), t(4;14)", "xyz"],
)
def test_fish_that_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="FISH"):
        parse_fish(text)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=40))
def test_any_text_gives_a_result_or_a_bad_value(b2m: str, albumin: str, ldh: str, fish: str) -> None:
    try:
        result = stage_myeloma(b2m, albumin, ldh, fish)
    except BadValue:
        return
    assert result.possible or result.problems


@given(st.text(alphabet="0123456789.,<>=≥/-() mgLldUunol", max_size=14))
def test_any_value_like_text_gives_a_result_or_a_bad_value(text: str) -> None:
    try:
        result = stage_myeloma(text, "32 g/L", text)
    except BadValue:
        return
    assert result.possible or result.problems or result.missing
