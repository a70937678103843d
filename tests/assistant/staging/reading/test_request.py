"""Which messages ask for the stage of a patient, and by which system."""

from __future__ import annotations

from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.request import asks_for_staging
from assistant.staging.reading.stage import stage_reading
from tests.assistant.staging.reading.said import OPEN_EN, OPEN_ZH
from tests.rows import every_row

_VALUES = "B2M 3.0mg/L，白蛋白40g/L"


@every_row(
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


@every_row(
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


@every_row(
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


@every_row(
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


@every_row(
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


@every_row(
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


@every_row(
    ("first", "later"),
    [
        (OPEN_ZH, "单子上就是这么印的，照着算"),
        (OPEN_ZH, "化验单原样抄的，没写错"),
        (OPEN_ZH, "你就按这个数算吧"),
        (OPEN_ZH, "核对过了，没打错"),
        (OPEN_ZH, "这几个数都是治疗前的"),
        (OPEN_ZH, "这些都是未治疗时抽的"),
        (OPEN_EN, "that's what the printout says, just compute it"),
        (OPEN_EN, "I double-checked, the numbers are right"),
        (OPEN_EN, "The report is printed like that, no typo"),
        (OPEN_EN, "these were all before treatment"),
        (OPEN_EN, "The bloods were drawn at diagnosis"),
    ],
)
def test_a_remark_on_the_values_is_answered_by_the_tool(first: str, later: str) -> None:
    assert asks_for_staging(later, [first])
    assert stage_reading(read_findings([first, later])).possible == ("III",)


@every_row(
    "later",
    ["他最近腰疼得厉害", "谢谢老师", "患者昨晚发热38.5℃", "好的，收到", "我们准备明天出院", "她胃口不太好",
     "MGUS是什么？", "来那度胺要吃多久？", "MRI报告提示腰椎压缩骨折", "Thanks a lot", "He has back pain",
     "She feels tired today", "What is MGUS?", "How long should lenalidomide be given?",
     "老的MP方案一个疗程几周，一共几个疗程",
     "缓解维持了好几年才复发，重新用回当初那个组合有没有戏",
     "MRI showed a compression fracture", "He lives alone", "Thanks, that result helps"],
)
def test_something_else_is_not_staged_again(later: str) -> None:
    assert not asks_for_staging(later, [OPEN_ZH])
    assert not asks_for_staging(later, [OPEN_EN])
