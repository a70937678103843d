"""Whose values, and of when: two patients, two dates, before and after treatment."""

from __future__ import annotations

from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.request import asks_for_staging
from assistant.staging.reading.stage import stage_reading
from tests.assistant.staging.reading.said import OPEN_EN, OPEN_ZH
from tests.rows import every_row

_TWO_BEDS = "11床：β2-MG 2.2mg/L，白蛋白41g/L。12床：β2-MG 6.7mg/L，白蛋白30g/L。"
_TWO_DAYS = "2024-01-08:β2-MG 3.9mg/L,Alb 37g/L；2024-01-22:β2-MG 3.2mg/L,Alb 38g/L。"
_FINE_ZH = "β2-MG 2.0 mg/L，白蛋白43 g/L，LDH正常，FISH阴性。R-ISS几期？"
_FINE_EN = "B2M 2.0 mg/L, albumin 4.3 g/dL, LDH normal, FISH negative. R-ISS?"
_TWO_ZH = "甲：B2M 3.0mg/L，ALB 38g/L，LDH正常，FISH阴性。乙：B2M 6.9mg/L，ALB 30g/L，LDH升高。R-ISS？"
_TWO_EN = (
    "Bed 4: B2M 2.5 mg/L, albumin 41 g/L, LDH normal, FISH negative. "
    "Bed 9: B2M 6.2 mg/L, LDH high. Stage?"
)


@every_row(
    ("turns", "possible"),
    [
        ([_TWO_BEDS + "只问12床"], ("III",)),
        ([_TWO_BEDS, "12床"], ("III",)),
        (["甲：β2-MG 2.2mg/L，白蛋白41g/L。乙：β2-MG 6.7mg/L。ISS？", "先只说甲"], ("I",)),
        ([_TWO_DAYS + "以1月22日的结果为准"], ("I",)),
        ([_TWO_DAYS, "按1月8号的算"], ("II",)),
        (["3 May: B2M 3.3 mg/L, Alb 38 g/L. 9 May: B2M 5.7 mg/L. Use the 9 May values."], ("III",)),
        ([_TWO_BEDS], ()),
        ([_TWO_DAYS + "不知道以1月8日还是1月22日为准"], ()),
        (["B2M 3.0mg/L，ALB 40g/L", "这些都是移植后3个月查的，治疗前的没有"], ()),
        (["B2M 3.0 mg/L, albumin 40 g/L", "Sorry, should have said these are from after 4 cycles"], ()),
        (["B2M 3.0 mg/L, albumin 40 g/L", "they were all at diagnosis"], ("I",)),
        (["B2M 3.0 mg/L，白蛋白40g/L", "B2M那个写错了"], ("I", "II", "III")),
    ],
)
def test_which_values_count(turns: list[str], possible: tuple[str, ...]) -> None:
    assert stage_reading(read_findings(turns), "iss").possible == possible


@every_row(
    ("first", "later", "possible"),
    [
        (_TWO_ZH, "先要甲的，乙不用管。", ("I",)),
        (_TWO_ZH, "乙的", ("III",)),
        (_TWO_ZH, "先看乙，甲等会儿再说", ("III",)),
        (_TWO_ZH, "别管甲，算乙", ("III",)),
        (_TWO_ZH, "甲先不管，乙几期？", ("III",)),
        (_TWO_ZH, "甲和乙都要", ()),
        (_TWO_EN, "Bed 9, R-ISS.", ("III",)),
        (_TWO_EN, "bed 4 please", ("I",)),
        (_TWO_EN, "4号床", ("I",)),
        (_TWO_EN, "Bed 9 first, forget bed 4 for now", ("III",)),
        (_TWO_EN, "both of them", ()),
    ],
)
def test_the_patient_is_chosen_later(first: str, later: str, possible: tuple[str, ...]) -> None:
    assert asks_for_staging(later, [first])
    assert stage_reading(read_findings([first, later])).possible == possible


@every_row(
    "turns",
    [
        ["MM，移植后第100天复查：" + _FINE_ZH],
        ["骨髓瘤，VRD方案4程后，" + _FINE_ZH],
        ["目前CR，" + _FINE_ZH],
        ["二线DPd方案，" + _FINE_ZH],
        ["C3D1化验：" + _FINE_ZH],
        ["来那度胺维持8个月，" + _FINE_ZH],
        ["打了6针硼替佐米，" + _FINE_ZH],
        ["疗效评价VGPR。" + _FINE_ZH],
        ["既往行4周期PAD化疗，" + _FINE_ZH],
        [_FINE_ZH + "患者已达部分缓解。"],
        ["我爸做完4个疗程了，效果VGPR", "这次" + _FINE_ZH],
        ["Day +100 after ASCT. " + _FINE_EN],
        ["On lenalidomide maintenance. " + _FINE_EN],
        ["18 months post auto, " + _FINE_EN],
        ["He achieved a complete response; " + _FINE_EN],
        ["Second-line DPd, " + _FINE_EN],
        ["S/p 4 cycles of VRd. " + _FINE_EN],
        ["Two prior lines of therapy. " + _FINE_EN],
        ["Progressing on daratumumab. " + _FINE_EN],
        [_FINE_EN + " She is in VGPR now."],
        ["My mum is 3 months post transplant.", _FINE_EN],
    ],
)
def test_values_after_treatment_are_not_staged(turns: list[str]) -> None:
    assert asks_for_staging(turns[-1], turns[:-1])
    assert stage_reading(read_findings(turns)).possible == ()


@every_row(
    "text",
    [
        "新诊断MM，拟行VRD方案4个疗程，" + _FINE_ZH,
        "未治MM，计划VRD诱导后自体移植，" + _FINE_ZH,
        "活动性MM，未接受过任何治疗，" + _FINE_ZH,
        "下周开始第1疗程，" + _FINE_ZH,
        "MM，肌酐CR 120umol/L，" + _FINE_ZH,
        "从冒烟型进展为活动性骨髓瘤，" + _FINE_ZH,
        "确诊时" + _FINE_ZH + "现已4个疗程，VGPR。",
        "New myeloma, to start VRd. " + _FINE_EN,
        "Newly diagnosed; plan 4 cycles of VRd then auto. " + _FINE_EN,
        "No prior lines of therapy. " + _FINE_EN,
        "MM, before cycle 1: " + _FINE_EN,
        "At diagnosis " + _FINE_EN + " Now in VGPR after 4 cycles.",
    ],
)
def test_planned_treatment_is_none(text: str) -> None:
    assert stage_reading(read_findings([text])).possible == ("I",)


@every_row(
    ("first", "later"),
    [
        (OPEN_ZH, "忘了说，这些是第二疗程DVd打完以后抽的，初诊时的数据查不到了。"),
        (OPEN_ZH, "这血是C2D1抽的"),
        (OPEN_ZH, "补充一下，化疗两个疗程之后才查的"),
        (OPEN_ZH, "上面的化验是第3周期开始前查的，有影响吗？"),
        (OPEN_ZH, "抽血那天已经打过一次万珂了"),
        (OPEN_EN, "Should have mentioned these bloods are from cycle 3 day 1 of Dara-VRd."),
        (OPEN_EN, "Forgot to say: drawn after two cycles of VRd"),
        (OPEN_EN, "The labs were taken mid-induction. Does that matter?"),
        (OPEN_EN, "Sample was collected on cycle 2 day 15"),
        (OPEN_EN, "oh and she had already started bortezomib when these were drawn"),
    ],
)
def test_treatment_told_in_a_later_turn(first: str, later: str) -> None:
    assert asks_for_staging(later, [first])
    assert stage_reading(read_findings([first, later])).possible == ()
