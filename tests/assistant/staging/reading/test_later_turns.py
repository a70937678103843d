"""Corrections, errors and reports of somebody else, told in a later turn."""

from __future__ import annotations

from assistant.staging.fish import lesion_state
from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.request import asks_for_staging
from assistant.staging.reading.stage import stage_reading
from tests.assistant.staging.reading.said import OPEN_EN, OPEN_ZH
from tests.rows import every_row

_FIRST = {
    "zh": "初诊MM，β2-MG 5.8 mg/L，白蛋白 37 g/L，LDH 升高，FISH阴性，R-ISS几期？",
    "en": "New MM, B2M 5.8 mg/L, albumin 3.7 g/dL, LDH high, FISH negative. R-ISS?",
}


def test_a_correction_is_no_later_sample() -> None:
    turns = ["MM未治，FISH阴性", "更正，FISH补充报告今天出了，t(14;16)是阳性的，之前那份作废"]
    assert lesion_state(read_findings(turns).findings.fish, "t(14;16)") == "present"


def test_a_value_taken_back_is_gone() -> None:
    turns = ["B2M 5.9mg/L，LDH 512（250），FISH阴性", "那管血溶血，LDH结果作废，明天重抽"]
    assert stage_reading(read_findings(turns)).possible == ("II", "III")


@every_row(
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


@every_row(
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
    first = OPEN_ZH if any(c >= "\u4e00" for c in later) else OPEN_EN
    assert asks_for_staging(later, [first])
    reading = read_findings([first, later])
    assert reading.problems == ()
    assert str(getattr(reading.findings, finding).value) == value


@every_row(
    ("first", "later"),
    [
        (OPEN_ZH, "白蛋白是别人的"),
        (OPEN_ZH, "β2-MG小数点错位了"),
        (OPEN_ZH, "检验科说两管血调换了"),
        (OPEN_ZH, "FISH那张拿错了"),
        (OPEN_ZH, "白蛋白把42看成了32 g/L"),
        (OPEN_ZH, "同一管血，检验系统里显示的是31.2 g/L，不知道哪个对"),
        (OPEN_ZH, "17p那个是误报，实际阴性"),
        (OPEN_ZH, "B2M是同名患者的结果"),
        (OPEN_ZH, "LDH其实是ALT的值"),
        (OPEN_ZH, "B2M填到LDH那一栏了"),
        (OPEN_ZH, "护士抽错人了"),
        (OPEN_ZH, "不是5.8，是2.8"),
        (OPEN_EN, "B2M came from the man in the next bed"),
        (OPEN_EN, "LDH was from a haemolysed tube"),
        (OPEN_EN, "Actually it is 2.8, not 5.8"),
        (OPEN_EN, "Nurse drew the wrong patient"),
        (OPEN_EN, "Sorry, the albumin was someone else's"),
        (OPEN_EN, "The samples were swapped"),
        (OPEN_EN, "the albumin isn't hers"),
        (OPEN_EN, "The system shows 3.9 g/dL for the same tube, no idea which is right"),
        (OPEN_EN, "Forget that LDH, it was hemolysed"),
    ],
)
def test_an_error_that_is_not_understood_is_asked(first: str, later: str) -> None:
    assert asks_for_staging(later, [first])
    assert read_findings([first, later]).problems


@every_row(
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
    reading = read_findings([OPEN_ZH, later])
    assert reading.problems == ()
    assert lesion_state(reading.findings.fish, "del(17p)") == state
