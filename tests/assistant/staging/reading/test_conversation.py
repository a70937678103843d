"""The reader never crashes, never reads what is not there, and does not mind order or other talk."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.staging.findings import Measurement
from assistant.staging.fish import lesion_state
from assistant.staging.limits import holds
from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.stage import stage_reading
from assistant.staging.units import unit_tables
from tests.assistant.staging.truth import ALBUMIN, B2M
from tests.rows import every_row

# What reports are made of, so that random text comes near to real text.
_PIECES = [
    "β2-MG",
    "B2M",
    "白蛋白",
    "ALB",
    "LDH",
    "FISH",
    "17p缺失",
    "del(17p)",
    "t(4;14)",
    "t(4；14)",
    "1q21+",
    "IGH重排",
    "5.6",
    "3,2",
    "32",
    "350",
    "-2.6",
    "1,200",
    "(120-250)",
    "5.6.1",
    "½",
    "①",
    "²",
    "mg/L",
    "g/L",
    "U/L",
    "ｍｇ／Ｌ",
    "阴性",
    "阳性",
    "(+)",
    "(-)",
    "未见异常",
    "待回报",
    "升高",
    "正常",
    "↑",
    "均",
    "其余",
    "未见",
    "无",
    "排除",
    "?",
    "吗",
    "，",
    "。",
    "、",
    ",",
    ";",
    "\n",
    " ",
    "：",
    "(",
    ")",
    "患者甲",
    "患者乙",
    "2024-01-10",
    "治疗后",
    "初诊",
    "复发",
    "更正",
    "不是",
    "ISS III期",
    "R-ISS",
    "前白蛋白",
    "尿β2-MG",
    "岁",
    "normal",
    "negative",
    "no ",
    "albumin",
    "after 4 cycles",
    "at diagnosis",
    "except",
    "others",
    "%",
    "35%",
    "3拷贝",
    "上限",
    "倍",
    "ULN",
    "单位",
    "冒烟型",
    "\u200b",
    "\x00",
    "\ud800",
]
_PROSE = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=4)), max_size=24).map("".join)
_NO_DIGITS = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=4)), max_size=24).map(
    lambda pieces: "".join(c for c in "".join(pieces) if not unicodedata.category(c).startswith("N"))
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PROSE, max_size=4))
def test_never_crashes_and_reads_only_what_is_there(turns: list[str]) -> None:
    reading = read_findings(turns)
    for span in reading.spans:
        assert turns[span.turn][span.start : span.end] == span.text
    written = unicodedata.normalize("NFKC", " ".join(turns))
    digits = re.sub(r"[^\d]", "", written)
    for name in unit_tables():
        value = getattr(reading.findings, name, None)
        if isinstance(value, Measurement) and value.value is not None:
            assert re.sub(r"\D", "", str(value.value)) in digits
    for system in ("iss", "r-iss", "r2-iss"):
        stage_reading(reading, system)


@settings(max_examples=100, deadline=None)
@given(_NO_DIGITS)
def test_no_digits_no_values(text: str) -> None:
    findings = read_findings([text]).findings
    values = [getattr(findings, name, None) for name in unit_tables()]
    assert all(not isinstance(v, Measurement) or v.value is None for v in values)


_STATEMENTS = ("β2-MG 5.8 mg/L", "白蛋白 31 g/L", "LDH 310 U/L（120-250）", "FISH：17p缺失阳性、t(4;14)阴性")
_OTHER_TALK = (
    "患者68岁",
    "Hb 85 g/L",
    "尿β2-MG 0.3 mg/L",
    "前白蛋白 180 mg/L",
    "球蛋白 65 g/L",
    "LDL-C 4.1 mmol/L",
    "κ/λ 125",
    "24h尿蛋白 3.5 g",
    "骨痛3个月",
    "血压 130/80 mmHg",
    "体重60kg",
    "T 36.5℃",
    "白蛋白不重要",
    "家属很着急",
    "IgG 56 g/L",
    "α1-微球蛋白 32 mg/L",
    "CRP 12 mg/L",
    "染色体核型正常",
    "骨髓浆细胞 45%",
    "已签知情同意书",
    "电话13800000000",
)


@settings(max_examples=150, deadline=None)
@given(
    st.permutations([*_STATEMENTS, *_OTHER_TALK]),
    st.sampled_from(["，", "。", "；", "\n", ", ", "; "]),
    st.integers(0, len(_OTHER_TALK)),
)
def test_order_and_other_talk_change_nothing(parts: list[str], joint: str, keep: int) -> None:
    kept = [p for p in parts if p in _STATEMENTS or _OTHER_TALK.index(p) < keep]
    findings = read_findings([joint.join(kept)]).findings
    assert findings.b2m is not None
    assert (findings.b2m.value, findings.b2m.unit) == (Decimal("5.8"), "mg/L")
    assert findings.albumin is not None
    assert (findings.albumin.value, findings.albumin.unit) == (Decimal(31), "g/L")
    assert findings.ldh is not None
    assert (findings.ldh.value, findings.ldh.high) == (Decimal(310), Decimal(250))
    assert lesion_state(findings.fish, "del(17p)") == "present"
    assert lesion_state(findings.fish, "t(4;14)") == "absent"
    assert lesion_state(findings.fish, "t(14;16)") == "unknown"
    assert findings.conflicts == ()


@settings(max_examples=60, deadline=None)
@given(st.permutations(_STATEMENTS), st.sets(st.integers(1, 3)))
def test_turns_add_up(parts: list[str], cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), len(parts)]
    turns = ["，".join(parts[a:b]) for a, b in pairwise(edges)]
    assert stage_reading(read_findings(turns)).possible == ("III",)


@every_row("name", ["β2-MG ", "β2微球蛋白：", "B2M=", "beta-2 microglobulin of ", "Sβ2M为"])
@every_row(("value", "band"), B2M)
def test_b2m_in_every_unit(name: str, value: str, band: str) -> None:
    given_value = read_findings([f"{name}{value}，年龄68岁"]).findings.b2m
    assert (holds("iss-1-b2m", given_value), holds("iss-3-b2m", given_value)) == (
        band == "low",
        band == "high",
    )


@every_row("name", ["ALB ", "白蛋白：", "血清白蛋白为", "albumin was "])
@every_row(("value", "band"), [row for row in ALBUMIN if row[1] in ("low", "ok")])
def test_albumin_in_every_unit(name: str, value: str, band: str) -> None:
    assert holds("iss-1-albumin", read_findings([f"{name}{value}；"]).findings.albumin) is (band == "ok")


@every_row(
    "text",
    [
        "尿β2-MG 5.6 mg/L",
        "β2-MG(尿) 5.6 mg/L",
        "urine beta-2 microglobulin 5.6 mg/L",
        "α1-微球蛋白 5.6 mg/L",
        "前白蛋白 32 g/L",
        "prealbumin 32 mg/dL",
        "球蛋白 32 g/L",
        "微量白蛋白 32 mg/L",
        "LDL-C 310 (120-250)",
        "β2-球蛋白 5.6 g/L",
        "白蛋白/球蛋白 0.8",
        "白蛋白尿 阳性",
        "输注白蛋白20g",
        "维生素B2 5 mg",
        "albumin/creatinine ratio 32 mg/g",
        "β2-MG未出，D-二聚体 5.6 mg/L",
        "白蛋白没查，胱抑素C 1.5 mg/L",
        "albumin pending, folate 5 ug/L",
        "HDL 1.2 mmol/L",
        "5.6 mg/L",
        "12 U/L",
    ],
)
def test_lookalikes_are_left_alone(text: str) -> None:
    findings = read_findings([text]).findings
    given_values = [m for m in (findings.b2m, findings.albumin, findings.ldh) if m is not None]
    assert all(m.value is None for m in given_values)


@every_row(
    ("text", "lesion", "state"),
    [
        ("17p缺失，无骨痛", "del(17p)", "present"),
        ("17p未曾见缺失", "del(17p)", "absent"),
        ("17p缺失这一项并没有看到", "del(17p)", "absent"),
        ("FISH检测17p、t(4;14)", "t(4;14)", "unknown"),
        ("建议查FISH：17p缺失", "del(17p)", "unknown"),
        ("已排除17p缺失", "del(17p)", "absent"),
        ("排除17p缺失？", "del(17p)", "unknown"),
        ("不能排除17p缺失", "del(17p)", "unknown"),
        ("del(17p) was ruled out", "del(17p)", "absent"),
        ("del(17p) cannot be excluded", "del(17p)", "unknown"),
        ("17p缺失阳性？", "del(17p)", "unknown"),
        ("17p缺失3%", "del(17p)", "unknown"),
        ("17p缺失率0%", "del(17p)", "absent"),
        ("17p缺失5%，低于阈值", "del(17p)", "absent"),
        ("1q21 2拷贝", "1q+", "absent"),
        ("1q21 4拷贝", "1q+", "present"),
        ("17號染色體短臂缺失陽性", "del(17p)", "present"),
        ("TP53突变阳性", "del(17p)", "unknown"),
        ("IGH/MAFB融合阳性", "t(14;16)", "unknown"),
        ("染色体核型正常", "del(17p)", "unknown"),
        ("46,XX[20]，未见异常", "del(17p)", "unknown"),
        ("FISH未做，染色体未见异常", "del(17p)", "unknown"),
        ("FISH未见异常", "1q+", "unknown"),
        ("LDH normal FISH pending", "del(17p)", "unknown"),
        ("FISH做了，心电图正常", "del(17p)", "unknown"),
        ("FISH送检，HIV阴性", "del(17p)", "unknown"),
        ("17p缺失 HIV阴性", "del(17p)", "unknown"),
        ("FISH查17p，HIV阳性", "del(17p)", "unknown"),
        ("FISH: t(4;14)+, del(17p)-, t(14;16)-.", "del(17p)", "absent"),
        ("del(17p), no bone pain", "del(17p)", "present"),
    ],
)
def test_lesions(text: str, lesion: str, state: str) -> None:
    assert lesion_state(read_findings([text]).findings.fish, lesion) == state  # type: ignore[arg-type]


@every_row(
    "text",
    [
        "LDH 310，心电图正常",
        "LDH 310 U/L，血压升高",
        "LDH送检 肝功能正常",
        "LDH sent, ECG normal",
        "LDH升高吗？",
        "LDH是否升高",
        "LDH 310",
        "LDH待查",
        "LDH不详",
        "LDH正常高限？",
        "LDH not available",
    ],
)
def test_ldh_that_says_nothing(text: str) -> None:
    assert holds("ldh-high", read_findings([text]).findings.ldh) is None


def test_a_long_document_is_read_in_time() -> None:
    text = "β2-MG 5.6 mg/L，17p缺失阴性、t(4;14)，" * 2000
    reading = read_findings([text])
    assert reading.findings.b2m is not None
    assert reading.cut
