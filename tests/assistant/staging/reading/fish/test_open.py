"""What a FISH report leaves open: not tested, hoped for, or not to be understood."""

from __future__ import annotations

import pytest

from tests.assistant.staging.reading.said import states


@pytest.mark.parametrize(
    "text",
    [
        "没有1q探针",
        "17p、t(4;14)阴性，1q探针没有",
        "FISH阴性，panel里没有1q",
        "套餐未含1q21",
        "无t(14;20)、1q21探针",
        "FISH: neg (no 1q probe in our kit)",
        "1q not in the panel",
        "FISH negative, panel did not include 1q21+",
        "FISH报告没提1q21扩增",
        "1q21扩增未加做",
        "FISH report does not mention amp(1q)",
    ],
)
def test_without_a_probe_is_not_tested(text: str) -> None:
    assert states(text)["1q+"] == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "17p阴性，1q没有放探针",
        "1q21未设探针",
        "1q21：无探针",
        "FISH阴性，1q未加探针",
        "1q没有设置探针",
        "1q21探针未放",
        "no probe for 1q",
        "1q: no probe used",
        "FISH negative, without a probe for 1q21",
    ],
)
def test_no_probe_in_other_words_is_not_tested(text: str) -> None:
    assert states(text)["1q+"] == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "17p缺失并不是阳性",
        "17p缺失阳性结果不可信",
        "17p缺失阳性，后经复核为假阳性",
        "17p缺失阳性系笔误",
        "17p缺失弱阳性",
        "17p缺失临界",
        "No definite evidence for del(17p)",
        "no confirmed del(17p)",
        "there is no doubt about del(17p)",
        "未见阳性17p缺失",
        "del(17p) 阳性是误报",
        "FISH不正常",
        "FISH结果阴性，但浆细胞仅2%，不可靠",
        "del(17p) borderline",
        "17p缺失 9 10",
    ],
)
def test_what_is_not_understood_is_asked(text: str) -> None:
    assert states(text)["del(17p)"] == "asked"


@pytest.mark.parametrize(
    "text", ["未见17p缺失，1q21扩增", "no t(4;14), t(14;16), del(17p) 62%", "no TP53 loss, 1q gain 4%"]
)
def test_how_far_a_negation_reaches_is_asked(text: str) -> None:
    assert states(text)["1q+"] == "asked"


@pytest.mark.parametrize(
    "text",
    ["FISH可能阴性", "FISH应该是阴性的", "FISH likely negative", "FISH就按阴性算", "Just assume FISH is fine",
     "FISH阴性（只做了17p和1q21）", "FISH negative (only tested 17p)", "FISH没提t(4;14)"],
)
def test_hoped_for_or_not_tested_is_unknown(text: str) -> None:
    assert states(text)["t(4;14)"] == "unknown"


@pytest.mark.parametrize(
    "claim", ["17p缺失就是III期，", "17p缺失算III期。", "del(17p) means stage III. ", "17p缺失等于高危，"]
)
def test_a_claim_about_the_rule_is_no_finding(claim: str) -> None:
    assert states(f"{claim}FISH未做")["del(17p)"] == "unknown"
