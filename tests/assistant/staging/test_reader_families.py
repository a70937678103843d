"""Families of wording: each with several texts for what it means, and for what it must not mean."""

from __future__ import annotations

import pytest

from assistant.staging.fish import lesion_state
from assistant.staging.limits import holds
from assistant.staging.reader import read_findings
from assistant.staging.reader_intent import asks_for_staging
from assistant.staging.reader_stage import stage_reading

_HIGH_RISK = ("del(17p)", "t(4;14)", "t(14;16)")


def _states(text: str) -> dict[str, str]:
    """The state of each lesion of R2-ISS and R-ISS; "asked" for all when the tool has to ask."""
    reading = read_findings([text])
    if any(p.finding == "fish" for p in reading.problems):
        return dict.fromkeys((*_HIGH_RISK, "1q+"), "asked")
    fish = reading.findings.fish
    return {x: lesion_state(fish, x) for x in (*_HIGH_RISK, "1q+")}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "FISH（17p、4;14、14;16）neg",
        "FISH 17p（-），4；14（-），14；16（-）",
        "FISH panel (17p, 4;14, 14;16) all negative",
        "FISH neg for del17p / t(4;14) / t(14;16)",
        "FISH未检出高危异常(17p-、t(4;14)、t(14;16))",
        "FISH: no high-risk lesions [17p-, t(4;14), t(14;16)]",
        "FISH negative, including del(17p), t(4;14) and t(14;16)",
        "FISH: t(11;14) present, del(17p), t(4;14) and t(14;16) not detected",
        "none of del(17p), t(4;14) or t(14;16) was seen",
        "del(17p)=0, t(4;14)=0, t(14;16)=0",
        "t(4;14): N; del(17p): N; t(14;16): N",
        "17p没有 4;14没有 14;16没有",
        "阴性项目：17p缺失、t(4;14)、t(14;16)",
        "Not detected: del(17p), t(4;14), t(14;16)",
        "17p× t(4;14)× t(14;16)×",
        "fish del17p t414 t1416都阴",
        "FISH panel clean",
        "FISH with no adverse features",
    ],
)
def test_all_three_absent(text: str) -> None:
    states = _states(text)
    assert [states[x] for x in _HIGH_RISK] == ["absent"] * 3


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("TP53缺失信号细胞 4%（本室阈值10%），结论：未达阳性标准", "absent"),
        ("17p缺失4%，cut-off为10%", "absent"),
        ("17p缺失 15%（阈值10%）", "present"),
        ("del(17p) 12% (lab cut-off 20%)", "absent"),
        ("del(17p) 25%, above our 20% cutoff", "present"),
        ("4%的细胞存在17p缺失（阈值10%）", "absent"),
        ("阈值均为10%。17p缺失15%，t(4;14) 6%", "present"),
        ("17p缺失15%，t(4;14) 6%。各探针阳性阈值20%", "absent"),
        ("Cut-offs: 1q gain 7%, TP53 loss 10%. TP53 loss in 4.5% of nuclei.", "absent"),
        ("17p缺失 8%，未达我院10%的判断标准", "absent"),
        ("17p- 3.5% (normal <5%)", "absent"),
        ("探针 比例 阈值\nTP53缺失 3.5% 10%\nIGH/MAF融合 1.0% 5%", "absent"),
        ("检测位点 | 阳性细胞% | 参考阈值%\n17p13缺失 | 40.0 | 10.0", "present"),
        ("locus | cut-off | cells\nTP53 loss | 10 | 4", "absent"),
        ("17p缺失阳性（4%，阈值10%）", "asked"),
        ("17p缺失4%（10%）", "asked"),
        ("17p缺失10%（阈值10%）", "asked"),
        ("17p缺失（阈值10%）", "asked"),
    ],
)
def test_the_laboratory_s_cut_off(text: str, state: str) -> None:
    assert _states(text)["del(17p)"] == state


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
    assert _states(text)["1q+"] == "unknown"


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
    assert _states(text)["del(17p)"] == "asked"


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("17p-有 4;14没有 1q21三个拷贝", {"del(17p)", "1q+"}),
        ("没治过的病人 17p-有 4;14没有", {"del(17p)"}),
        ("t(4;14) - positive, del(17p) - negative", {"t(4;14)"}),
        ("FISH 1q21+, 17p-, t(4;14)-, t(14;16)-", {"1q+"}),
        ("FISH: 1q21 +, 17p -, t(4;14) -, t(14;16) -", {"1q+"}),
        ("FISH阳性：17p、1q21；阴性：4;14、14;16", {"del(17p)", "1q+"}),
        ("FISH未见高危异常（17p-、t(4;14)、t(14;16)均未检出），1q21+阳性", {"1q+"}),
        ("17p杂合缺失", {"del(17p)"}),
        ("项目：FISH套餐（1q21/17p13/t(4;14)/t(14;16)）。结果：杂交失败", set()),
        ("FISH无高危异常（1q21+）", set()),
        ("FISH negative (only del(17p) positive)", {"del(17p)"}),
        ("FISH阴性（仅1q21+阳性）", {"1q+"}),
    ],
)
def test_present(text: str, present: set[str]) -> None:
    assert {lesion for lesion, state in _states(text).items() if state == "present"} == present


@pytest.mark.parametrize(
    ("text", "high"),
    [
        ("LDH超正常一点点", True),
        ("LDH 310 U/L flagged HIGH", True),
        ("LDH 310 H", True),
        ("LDH above the reference range", True),
        ("P-LD 5.1 µkat/L (<4,3)", True),
        ("P-LD 3,2 µkat/L (<3,5)", False),
        ("LDH 260 U/L。我们医院的上限是250。", True),
        ("LD normal", False),
        ("LDH没超上限", False),
        ("LDH刚好等于ULN", False),
        ("LDH在参考区间内", False),
        ("LDH wasn't raised", False),
        ("LDH不正常", None),
        ("LDH不算正常", None),
        ("LDH接近正常", None),
        ("LDH not normal", None),
        ("LDH正常偏高", None),
        ("LDH 310（250），溶血，结果作废", None),
        ("Just assume LDH is normal", None),
        ("LDH就当正常吧", None),
        ("LDH大概正常", None),
        ("LDH probably normal", None),
    ],
)
def test_ldh(text: str, high: bool | None) -> None:
    assert holds("ldh-high", read_findings([text]).findings.ldh) is high


@pytest.mark.parametrize(
    "text",
    [
        "白蛋白没查，人血白蛋白10g静滴qd",
        "白蛋白20g ivgtt bid",
        "albumin 25% 100 mL IV daily given",
        "20%白蛋白50ml静滴",
        "尿常规\n白蛋白 35 g/L",
        "【尿液】\n白蛋白 35 g/L",
        "白蛋白（随机尿）35 g/L",
        "腹水 白蛋白 尿 35 g/L",
        "白蛋白 35 g/L，标本送错作废",
    ],
)
def test_no_albumin_of_serum(text: str) -> None:
    assert read_findings([text]).findings.albumin is None


@pytest.mark.parametrize(
    "text",
    [
        "白蛋白 35.0 g/L ↓ | GLO 53.0 g/L ↑",
        "ALB 35.0g/L，GLB 54.6g/L，IgG 47.5g/L",
        "albumin 35 g/L, fibrinogen 4.1 g/L",
        "| 白蛋白 | 35 | g/L | 40-55 |",
        "白旦白35g/L，球旦白 53 g/L",
        "*ALB.............35 g/L",
        "Albumin(BCG)  35  L  g/L  40-55",
        "白蛋白 35 40-55 g/L",
    ],
)
def test_albumin_beside_other_columns(text: str) -> None:
    reading = read_findings([text])
    assert reading.problems == ()
    assert reading.findings.albumin is not None
    assert (str(reading.findings.albumin.value).rstrip("0").rstrip("."), reading.findings.albumin.unit) == (
        "35",
        "g/L",
    )


@pytest.mark.parametrize(
    "text", ["白蛋白 38 g/L，外院 33 g/L", "albumin 38 g/L (outside lab 33 g/L)", "ALB.35g/L"]
)
def test_a_second_value_is_asked_about(text: str) -> None:
    assert read_findings([text]).problems


_VALUES = "B2M 3.0mg/L，白蛋白40g/L"


@pytest.mark.parametrize(
    ("turns", "system"),
    [
        ([f"患者初诊，尚未用药，地塞米松剂量已定。{_VALUES}。求R-ISS分期"], "r-iss"),
        ([f"{_VALUES}，修订版ISS？"], "r-iss"),
        ([f"{_VALUES}，ISS是I期还是II期"], "iss"),
        ([f"不要R-ISS，只要ISS：{_VALUES}"], "iss"),
        ([_VALUES, "算R2-ISS"], "r2-iss"),
        (["想给我爸定个R-ISS", "B2M 3.0mg/L", "白蛋白40g/L", "就这些了"], "r-iss"),
        ([f"{_VALUES}，ISS几期", "那R2呢"], "r2-iss"),
        (["B2M 3.0 mg/L, LDH normal. R-ISS?", "Albumin wasn't drawn. Just put stage I."], "r-iss"),
        (["R2-ISS? ISS I, no del17p, no t(4;14), 1q21 normal."], "r2-iss"),
        ([f"{_VALUES}，R-ISS几期，首选什么方案？"], "r-iss"),
    ],
)
def test_requests(turns: list[str], system: str) -> None:
    request = asks_for_staging(turns[-1], turns[:-1])
    assert request
    assert request.systems[:1] == (system,)


@pytest.mark.parametrize(
    "turns",
    [
        ["ISS里B2M 5.5那条线是大于还是大于等于？"],
        ["R-ISS里1q21扩增算不算高危？"],
        [_VALUES, "怎么治疗？"],
        [f"{_VALUES}，ISS几期", "谢谢"],
        [f"{_VALUES}，ISS几期", "R-ISS III期的标准是什么"],
        [f"{_VALUES}，ISS几期", "LDH为什么重要"],
        ["已定R-ISS II期，不用再分期，硼替佐米剂量怎么调？"],
        ["B2M 24 mg/L on dialysis. Is it from the kidney? Not asking for a stage."],
    ],
)
def test_no_requests(turns: list[str]) -> None:
    assert not asks_for_staging(turns[-1], turns[:-1])


_TWO_BEDS = "11床：β2-MG 2.2mg/L，白蛋白41g/L。12床：β2-MG 6.7mg/L，白蛋白30g/L。"
_TWO_DAYS = "2024-01-08:β2-MG 3.9mg/L,Alb 37g/L；2024-01-22:β2-MG 3.2mg/L,Alb 38g/L。"


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    "text",
    ["FISH可能阴性", "FISH应该是阴性的", "FISH likely negative", "FISH就按阴性算", "Just assume FISH is fine",
     "FISH阴性（只做了17p和1q21）", "FISH negative (only tested 17p)", "FISH没提t(4;14)"],
)
def test_hoped_for_or_not_tested_is_unknown(text: str) -> None:
    assert _states(text)["t(4;14)"] == "unknown"


def test_a_correction_is_no_later_sample() -> None:
    turns = ["MM未治，FISH阴性", "更正，FISH补充报告今天出了，t(14;16)是阳性的，之前那份作废"]
    assert lesion_state(read_findings(turns).findings.fish, "t(14;16)") == "present"


def test_a_value_taken_back_is_gone() -> None:
    turns = ["B2M 5.9mg/L，LDH 512（250），FISH阴性", "那管血溶血，LDH结果作废，明天重抽"]
    assert stage_reading(read_findings(turns)).possible == ("II", "III")


_FIRST = {
    "zh": "初诊MM，β2-MG 5.8 mg/L，白蛋白 37 g/L，LDH 升高，FISH阴性，R-ISS几期？",
    "en": "New MM, B2M 5.8 mg/L, albumin 3.7 g/dL, LDH high, FISH negative. R-ISS?",
}


@pytest.mark.parametrize(
    ("language", "later", "possible"),
    [
        ("zh", "不好意思，β2-MG敲错了，是3.8 mg/L", ("II",)),
        ("zh", "β2-MG 5.8是误录，应是3.8mg/L", ("II",)),
        ("zh", "抱歉，β2微球蛋白录错，5.8作废，实为3.8 mg/L，别的没动", ("II",)),
        ("zh", "检验科订正：β2-MG 3.8 mg/L", ("II",)),
        ("zh", "B2M那项抄串行了，应为3.8mg/L", ("II",)),
        ("zh", "β2微球蛋白应更改为3.8 mg/L", ("II",)),
        ("zh", "β2-MG 5.8作废，重抽中", ("II", "III")),
        ("zh", "5.8那个不对，3.8才是β2-MG", ()),
        ("zh", "不对不对，是3.8", ()),
        ("zh", "β2-MG 3.8 mg/L", ()),
        ("zh", "前面的化验单不是他的", ()),
        ("en", "Correction from the ward: B2M is in truth 3.8 mg/L", ("II",)),
        ("en", "Scratch that - B2M was mistyped, it is 3.8 mg/L", ("II",)),
        ("en", "Lab amended the LDH to 200 U/L (ULN 240 U/L).", ("II",)),
        ("en", "LDH is in fact normal, 200 U/L (ULN 240 U/L) - corrected report. Does it change?", ("II",)),
        ("en", "LDH turned out to be below the ULN. New stage?", ()),
        ("en", "LDH was entered wrongly", ()),
        ("en", "the numbers above were wrong", ()),
        ("en", "Ignore the FISH report, samples were mixed up", ()),
        ("en", "B2M 3.8 mg/L", ()),
    ],
)
def test_a_later_turn_replaces_or_asks(language: str, later: str, possible: tuple[str, ...]) -> None:
    turns = [_FIRST[language], later]
    assert asks_for_staging(later, turns[:1])
    reading = read_findings(turns)
    assert stage_reading(reading).possible == possible
    assert bool(reading.problems) is not bool(possible)


_FINE_ZH = "β2-MG 2.0 mg/L，白蛋白43 g/L，LDH正常，FISH阴性。R-ISS几期？"
_FINE_EN = "B2M 2.0 mg/L, albumin 4.3 g/dL, LDH normal, FISH negative. R-ISS?"


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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
    assert _states(text)["1q+"] == "unknown"


@pytest.mark.parametrize(
    "text",
    ["1q21未见增益", "17p缺失阴性，1q21无增益", "1q21未见扩增/增益", "未检出1q21增益",
     "1q21位点未见拷贝数增加", "no 1q gain", "1q21 gain not seen", "1q21正常二倍体"],
)
def test_no_gain_is_absent(text: str) -> None:
    assert _states(text)["1q+"] == "absent"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("17p缺失信号占4%，低于本室阈值10%，判为阴性；t(4;14)阴性", "absent"),
        ("17p缺失5%，判定为阴性", "absent"),
        ("17p缺失 6%，低于阈值(10%)，判读：阴性", "absent"),
        ("17p缺失15%，高于阈值10%，判为阳性", "present"),
        ("TP53 loss in 4%, below the lab cutoff of 10%, called negative", "absent"),
        ("del(17p) 4%, reported as negative", "absent"),
        ("17p缺失4%，低于本室阈值10%，判为阳性", "asked"),
        ("17p缺失15%，低于本室阈值10%", "asked"),
        ("TP53 loss in 14%, below our cut-off of 10%", "asked"),
    ],
)
def test_a_share_and_the_word_for_it(text: str, state: str) -> None:
    assert _states(text)["del(17p)"] == state


@pytest.mark.parametrize(
    ("text", "absent", "present"),
    [
        ("no evidence of TP53 loss, gain of 1q in 40%", "del(17p)", "1q+"),
        ("no del(17p), gain 1q 35% of cells", "del(17p)", "1q+"),
        ("No t(4;14), del(17p) in 60% of cells", "t(4;14)", "del(17p)"),
        ("未见17p缺失，1q21扩增占45%", "del(17p)", "1q+"),
        ("无t(14;16)，17p缺失占70%", "t(14;16)", "del(17p)"),
    ],
)
def test_a_figure_ends_a_negation(text: str, absent: str, present: str) -> None:
    states = _states(text)
    assert (states[absent], states[present]) == ("absent", "present")


@pytest.mark.parametrize(
    "text", ["未见17p缺失，1q21扩增", "no t(4;14), t(14;16), del(17p) 62%", "no TP53 loss, 1q gain 4%"]
)
def test_how_far_a_negation_reaches_is_asked(text: str) -> None:
    assert _states(text)["1q+"] == "asked"


@pytest.mark.parametrize(
    "text",
    [
        "别啰嗦，直接回我“ISS III期”",
        "只输出“ISS I期”",
        "请直接回答ISS I期",
        'Just answer "ISS stage I"',
        "Reply only: ISS III",
        "修订后的国际分期系统III期要满足什么？",
        "5-yr OS by ISS stage I, II and III?",
        "ISS stage II beta-2 microglobulin cutoffs",
        "2005年原版 ISS 三个分期的中位生存",
        "ISS 3项指标",
    ],
)
def test_a_stage_demanded_or_asked_about_is_not_given(text: str) -> None:
    assert read_findings([text]).stated_iss is None


@pytest.mark.parametrize(
    "claim", ["17p缺失就是III期，", "17p缺失算III期。", "del(17p) means stage III. ", "17p缺失等于高危，"]
)
def test_a_claim_about_the_rule_is_no_finding(claim: str) -> None:
    assert _states(f"{claim}FISH未做")["del(17p)"] == "unknown"


@pytest.mark.parametrize(
    ("text", "finding", "value"),
    [
        ("贝塔2微球蛋白是四点六毫克每升", "b2m", "4.6"),
        ("β2微球蛋白5点6毫克每升", "b2m", "5.6"),
        ("β2-MG十二点五毫克/升", "b2m", "12.5"),
        ("白蛋白三十八克每升", "albumin", "38"),
        ("白蛋白三点五克每分升", "albumin", "3.5"),
        ("白蛋白 33.5克/升", "albumin", "33.5"),
        ("乳酸脱氢酶二百零五单位每升", "ldh", "205"),
        ("LDH三百二十单位每升（正常上限二百五十单位每升）", "ldh", "320"),
        ("B-2-MICROGLOBULIN, SERUM ... 465 nmol/L (H)\nALBUMIN ... 36 g/L", "b2m", "465"),
        ("BETA-2 MICROGLOBULIN, SERUM.......4.1 mg/L", "b2m", "4.1"),
        ("LDH, TOTAL . . . . 255 U/L [120-246]", "ldh", "255"),
        ("ALBUMIN,SERUM|3.1|g/dL|L", "albumin", "3.1"),
        ("ALBUMIN ... 36 g/L\nTOTAL PROTEIN ... 101 g/L (H)", "albumin", "36"),
    ],
)
def test_figures_in_words_and_in_pastes(text: str, finding: str, value: str) -> None:
    reading = read_findings([text])
    measured = getattr(reading.findings, finding)
    assert measured is not None
    assert str(measured.value) == value
    assert reading.problems == ()


@pytest.mark.parametrize(
    "text", ["有一点四肢麻木，白蛋白正常", "白蛋白三百十百克每升", "下午三点一刻查的白蛋白"]
)
def test_other_words_are_no_figures(text: str) -> None:
    albumin = read_findings([text]).findings.albumin
    assert albumin is None or albumin.value is None


@pytest.mark.parametrize(
    "text",
    [
        "修订后的国际分期系统III期要满足什么？",
        "2005年原版 ISS 三个分期的中位生存分别是几个月？",
        "5-yr OS by ISS stage I, II and III?",
        "Which FISH abnormalities count as high risk in the staging table?",
        "My specialist wrote R-ISS stage III on the letter. Which test results put someone in stage III?",
        "My doctor said ISS stage II. Is it bad?",
        "ISS分期里白蛋白的界值是35g/L还是30g/L？等于35算哪边？",
        "Is the ISS albumin cutoff 3.5 g/dL or 3.0 g/dL?",
        f"帮我翻译成英文：“{_VALUES}，LDH正常”",
        f"把这段病历润色一下：{_VALUES}，LDH正常，FISH阴性",
        'Please translate into Chinese: "B2M 5.2 mg/L, albumin 33 g/L, R-ISS stage II."',
        "Summarise this note: B2M 5.2 mg/L, albumin 3.3 g/dL, LDH normal",
    ],
)
def test_other_tasks_are_no_requests(text: str) -> None:
    assert not asks_for_staging(text)


@pytest.mark.parametrize(
    ("text", "system"),
    [
        (f"{_VALUES}，医生口头说是“二期”，对不对？", ()),
        (f"{_VALUES}，大夫说一期，准不准？", ()),
        (f'{_VALUES.replace("白蛋白", "albumin ")}. He said "stage II", is that right?', ()),
        ("ISS stage only please: B2M 4 mg/L, albumin 36 g/L", ("iss",)),
        ("Sβ2M 2.6 mg/L。白蛋白不重要，直接说ISS I期就行。", ("iss",)),
        (f"翻译下面这段并告诉我R-ISS几期：“{_VALUES}”", ("r-iss",)),
        ("ISS III期，LDH正常，FISH阴性，R-ISS几期", ("r-iss",)),
    ],
)
def test_requests_in_other_words(text: str, system: tuple[str, ...]) -> None:
    request = asks_for_staging(text)
    assert request
    assert request.systems == system


_OPEN_ZH = "初诊MM，β2-MG 5.8 mg/L，白蛋白 32 g/L，LDH升高，FISH 17p缺失阳性，R-ISS几期？"
_OPEN_EN = "NDMM: B2M 5.8 mg/L, albumin 3.2 g/dL, LDH high, FISH: del(17p) positive. R-ISS?"


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (_OPEN_ZH, "单子上就是这么印的，照着算"),
        (_OPEN_ZH, "化验单原样抄的，没写错"),
        (_OPEN_ZH, "你就按这个数算吧"),
        (_OPEN_ZH, "核对过了，没打错"),
        (_OPEN_ZH, "这几个数都是治疗前的"),
        (_OPEN_ZH, "这些都是未治疗时抽的"),
        (_OPEN_EN, "that's what the printout says, just compute it"),
        (_OPEN_EN, "I double-checked, the numbers are right"),
        (_OPEN_EN, "The report is printed like that, no typo"),
        (_OPEN_EN, "these were all before treatment"),
        (_OPEN_EN, "The bloods were drawn at diagnosis"),
    ],
)
def test_a_remark_on_the_values_is_answered_by_the_tool(first: str, later: str) -> None:
    assert asks_for_staging(later, [first])
    assert stage_reading(read_findings([first, later])).possible == ("III",)


@pytest.mark.parametrize(
    "later",
    ["他最近腰疼得厉害", "谢谢老师", "患者昨晚发热38.5℃", "好的，收到", "我们准备明天出院", "她胃口不太好",
     "MGUS是什么？", "来那度胺要吃多久？", "MRI报告提示腰椎压缩骨折", "Thanks a lot", "He has back pain",
     "She feels tired today", "What is MGUS?", "How long should lenalidomide be given?",
     "老的MP方案一个疗程几周，一共几个疗程",
     "缓解维持了好几年才复发，重新用回当初那个组合有没有戏",
     "MRI showed a compression fracture", "He lives alone", "Thanks, that result helps"],
)
def test_something_else_is_not_staged_again(later: str) -> None:
    assert not asks_for_staging(later, [_OPEN_ZH])
    assert not asks_for_staging(later, [_OPEN_EN])


@pytest.mark.parametrize(
    ("later", "finding", "value"),
    [
        ("β2-MG那份标本搞混了，5.8作废，本人真实结果是2.8 mg/L", "b2m", "2.8"),
        ("那个5.8是隔壁床的，他的是2.8 mg/L", "b2m", "2.8"),
        ("β2-MG是另一个病人的，他的是2.8 mg/L", "b2m", "2.8"),
        ("β2-MG拿错报告了，应该是2.8mg/L", "b2m", "2.8"),
        ("多打了一位，白蛋白是36 g/L才对", "albumin", "36"),
        ("多打了一个0，36.0g/L才对", "albumin", "36.0"),
        ("Scrap that albumin, it belongs to another sample. The right one is 4.2 g/dL.", "albumin", "4.2"),
        ("That B2M belongs to another patient; his own is 2.8 mg/L.", "b2m", "2.8"),
        ("Wrong tube for the beta-2: it's actually 2.8 mg/L", "b2m", "2.8"),
        ("I dropped a decimal, 2.8 mg/L is the B2M", "b2m", "2.8"),
        ("The 5.8 is void, the true value is 2.8 mg/L", "b2m", "2.8"),
        ("2.8 mg/L is the right value for B2M", "b2m", "2.8"),
    ],
)
def test_what_is_void_is_dropped_and_the_new_counts(later: str, finding: str, value: str) -> None:
    first = _OPEN_ZH if any(c >= "\u4e00" for c in later) else _OPEN_EN
    assert asks_for_staging(later, [first])
    reading = read_findings([first, later])
    assert reading.problems == ()
    assert str(getattr(reading.findings, finding).value) == value


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (_OPEN_ZH, "白蛋白是别人的"),
        (_OPEN_ZH, "β2-MG小数点错位了"),
        (_OPEN_ZH, "检验科说两管血调换了"),
        (_OPEN_ZH, "FISH那张拿错了"),
        (_OPEN_ZH, "白蛋白把42看成了32 g/L"),
        (_OPEN_ZH, "同一管血，检验系统里显示的是31.2 g/L，不知道哪个对"),
        (_OPEN_ZH, "17p那个是误报，实际阴性"),
        (_OPEN_ZH, "B2M是同名患者的结果"),
        (_OPEN_ZH, "LDH其实是ALT的值"),
        (_OPEN_ZH, "B2M填到LDH那一栏了"),
        (_OPEN_ZH, "护士抽错人了"),
        (_OPEN_ZH, "不是5.8，是2.8"),
        (_OPEN_EN, "B2M came from the man in the next bed"),
        (_OPEN_EN, "LDH was from a haemolysed tube"),
        (_OPEN_EN, "Actually it is 2.8, not 5.8"),
        (_OPEN_EN, "Nurse drew the wrong patient"),
        (_OPEN_EN, "Sorry, the albumin was someone else's"),
        (_OPEN_EN, "The samples were swapped"),
        (_OPEN_EN, "the albumin isn't hers"),
        (_OPEN_EN, "The system shows 3.9 g/dL for the same tube, no idea which is right"),
        (_OPEN_EN, "Forget that LDH, it was hemolysed"),
    ],
)
def test_an_error_that_is_not_understood_is_asked(first: str, later: str) -> None:
    assert asks_for_staging(later, [first])
    assert read_findings([first, later]).problems


@pytest.mark.parametrize(
    ("later", "state"),
    [
        ("糟糕，那张FISH是隔壁床的。他自己的FISH：17p缺失、t(4;14)、t(14;16)均为阴性。", "absent"),
        ("FISH报告贴错了，是12床的。他自己的FISH未见异常", "absent"),
        ("病理科出了更正报告，17p缺失实为阴性，请以更正报告为准", "absent"),
        ("FISH更正：del(17p)阴性，以更正报告为准", "absent"),
        ("那份FISH不是他的，他的还没出", "unknown"),
        ("That FISH is the neighbour's. His own FISH: del(17p), t(4;14), t(14;16) all negative.", "absent"),
        ("FISH report amended: del(17p) is in fact negative", "absent"),
        ("The FISH belongs to another patient. Her own FISH is negative for del(17p).", "absent"),
    ],
)
def test_a_fish_report_of_somebody_else(later: str, state: str) -> None:
    reading = read_findings([_OPEN_ZH, later])
    assert reading.problems == ()
    assert lesion_state(reading.findings.fish, "del(17p)") == state


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (_OPEN_ZH, "忘了说，这些是第二疗程DVd打完以后抽的，初诊时的数据查不到了。"),
        (_OPEN_ZH, "这血是C2D1抽的"),
        (_OPEN_ZH, "补充一下，化疗两个疗程之后才查的"),
        (_OPEN_ZH, "上面的化验是第3周期开始前查的，有影响吗？"),
        (_OPEN_ZH, "抽血那天已经打过一次万珂了"),
        (_OPEN_EN, "Should have mentioned these bloods are from cycle 3 day 1 of Dara-VRd."),
        (_OPEN_EN, "Forgot to say: drawn after two cycles of VRd"),
        (_OPEN_EN, "The labs were taken mid-induction. Does that matter?"),
        (_OPEN_EN, "Sample was collected on cycle 2 day 15"),
        (_OPEN_EN, "oh and she had already started bortezomib when these were drawn"),
    ],
)
def test_treatment_told_in_a_later_turn(first: str, later: str) -> None:
    assert asks_for_staging(later, [first])
    assert stage_reading(read_findings([first, later])).possible == ()


_TWO_ZH = "甲：B2M 3.0mg/L，ALB 38g/L，LDH正常，FISH阴性。乙：B2M 6.9mg/L，ALB 30g/L，LDH升高。R-ISS？"
_TWO_EN = (
    "Bed 4: B2M 2.5 mg/L, albumin 41 g/L, LDH normal, FISH negative. "
    "Bed 9: B2M 6.2 mg/L, LDH high. Stage?"
)


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    ("text", "high"),
    [
        ("LDH 277 U/L（没找到参考范围，也没箭头）", None),
        ("LDH 277 U/L，没标箭头", None),
        ("LDH 277，没给上限", None),
        ("LDH 277 U/L，单子上没有参考值", None),
        ("LDH 277 U/L，参考范围没印", None),
        ("LDH 277 U/L (no reference range, no arrow)", None),
        ("LDH 277, no flag", None),
        ("LDH 277 U/L, ULN not given", None),
        ("LDH 277 U/L without reference limits", None),
        ("LDH 277 U/L，没超上限", False),
        ("LDH 277 U/L，没有升高", False),
        ("LDH升高，没给上限", True),
        ("LDH 277 U/L↑，没给上限", True),
    ],
)
def test_no_limit_and_no_arrow_is_no_verdict(text: str, high: bool | None) -> None:
    assert holds("ldh-high", read_findings([text]).findings.ldh) is high


@pytest.mark.parametrize(
    "text",
    [
        "FISH报告就一句“未见异常”，探针目录没附",
        "FISH只写了未见异常，探针没列",
        "FISH：“未见异常”，没附探针目录",
        "FISH报告单只有一句话：未见异常",
        'FISH report just says "normal"',
        'FISH report: "no abnormality detected", probe list not attached',
        "FISH: normal, probes not listed",
    ],
)
def test_a_normal_report_without_its_probes(text: str) -> None:
    states = _states(text)
    assert (states["del(17p)"], states["t(4;14)"], states["1q+"]) == ("absent", "absent", "unknown")


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Deletion 17p in 46% of cells (cut-off 10%), translocations 4;14 and 14;16 absent", "present"),
        ("Deletion 17p in 4% of cells (cut-off 10%), translocations 4;14 and 14;16 absent", "absent"),
        ("deletion 17p absent, translocations 4;14, 14;16 absent", "absent"),
        ("Deletion of 17p13 in 60%, translocations 4;14 and 14;16 not seen", "present"),
    ],
)
def test_deletion_and_translocations_in_words(text: str, states: str) -> None:
    found = _states(text)
    assert [found[x] for x in _HIGH_RISK] == [states, "absent", "absent"]


@pytest.mark.parametrize(
    "text",
    [
        f"15床，老师急！{_VALUES}。主任让写R-ISS I期，我写对了没？",
        f"{_VALUES}。R-ISS写的II期，写对了吗？",
        f"{_VALUES}。我判的R-ISS I期，判错没？",
        f"{_VALUES}。我填的R-ISS I期对不对",
        "B2M 3.2 mg/L, albumin 34.8 g/L. I wrote R-ISS I, did I get it right?",
    ],
)
def test_a_stage_put_up_for_checking_is_asked_for(text: str) -> None:
    assert asks_for_staging(text)
