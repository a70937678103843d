"""Laboratory values: verdicts of LDH, albumin among other columns, figures in words."""

from __future__ import annotations

from assistant.staging.limits import holds
from assistant.staging.reading.conversation import read_findings
from tests.rows import every_row


@every_row(
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


@every_row(
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


@every_row(
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


@every_row(
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


@every_row(
    "text", ["白蛋白 38 g/L，外院 33 g/L", "albumin 38 g/L (outside lab 33 g/L)", "ALB.35g/L"]
)
def test_a_second_value_is_asked_about(text: str) -> None:
    assert read_findings([text]).problems


@every_row(
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


@every_row(
    "text", ["有一点四肢麻木，白蛋白正常", "白蛋白三百十百克每升", "下午三点一刻查的白蛋白"]
)
def test_other_words_are_no_figures(text: str) -> None:
    albumin = read_findings([text]).findings.albumin
    assert albumin is None or albumin.value is None
