"""Identifiers are masked, and nothing else of a message is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant, Turn
from assistant.record import to_record
from assistant.safety import identifiers
from assistant.safety.identifier_checks import check_digit_18, luhn
from assistant.safety.identifiers import has_placeholders, mask, mask_all, without_placeholders
from assistant.staging.reading.conversation import read_findings
from tests.assistant.safety.messages import Message, messages, own
from tests.rows import every_row

VIGNETTES = sorted((Path(__file__).parents[1] / "staging").glob("*.jsonl"))
HEADER = "姓名：张建国，住院号：0012345，电话13800138000，身份证110105194912310021。"


def turns_of(path: Path) -> list[list[str]]:
    return [json.loads(line)["turns"] for line in path.read_text("utf-8").splitlines()]


def test_the_check_digit_of_the_standard() -> None:
    assert check_digit_18("11010519491231002") == "X"  # the example of GB 11643
    assert check_digit_18("44052418800101001") == "4"


def test_the_check_digit_of_a_card() -> None:
    assert luhn("79927398713")  # the textbook example
    assert not luhn("79927398710")


@every_row("message", messages("identifier"), ids=lambda m: m.text)
def test_what_identifies_somebody_is_masked(message: Message) -> None:
    masked = mask(message.text)
    assert masked
    assert has_placeholders(masked.text)
    for identifier in message.identifiers:
        assert identifier not in masked.text
    for kept in message.kept:
        assert kept in masked.text


def test_what_stays_stays() -> None:
    kept = messages("kept")
    assert len(kept) >= 20
    assert [(m.text, mask(m.text).text) for m in kept if mask(m.text)] == []


@pytest.mark.parametrize("kind", ["name", "no_name"])
def test_names_without_a_label(kind: str) -> None:
    found = {text: [s.kind for s in mask(text).spans] for text in own(kind)}
    assert len(found) >= 80
    wrong = [f for f in found.items() if any(k in ("name", "titled_name") for k in f[1]) != (kind == "name")]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证11010519491231002X吗", "身份证［身份证号］吗"),
        ("身份证 110105 19491231 002x", "身份证 ［身份证号］"),
        ("老证110105491231002", "老证［身份证号］"),
        ("打１３８００１３８０００给我", "打［手机号］给我"),
        ("+86 138-0013-8000", "[phone number]"),
        ("卡6222 0212 3456 7890 128", "卡［银行卡号］"),
        ("床号：12，病历号 A123456", "床号：［病历号］，病历号 ［病历号］"),
        ("患者张建国，男，63岁", "患者［姓名］，男，63岁"),
        ("张先生和李女士", "［患者甲］先生和［患者乙］女士"),
        ("Mr Li and Ms Li", "Mr [patient A] and Ms [patient B]"),
        ("生于1958年3月12日，63岁", "生于［出生日期］，63岁"),
        ("\u200b姓名：张\u200b三 ", "\u200b姓名：［姓名］ "),
        ("張先生的手機號13800138000", "［患者甲］先生的手機號［手机号］"),
        ("My name is John Smith, 63", "My name is [name], 63"),
    ],
)
def test_placeholders_are_readable_and_the_rest_stays(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "患者高钙血症怎么处理",
        "患者高血压，女，60岁",
        "我妈白蛋白，68岁",
        "如何先生后死",
        "主治医生、管床医生、有关医生",
        "家属何时可以探视",
        "患者于2024年3月5日入院，63岁",
        "检查日期2024-03-05 06:40",
        "PMID: 26240224，doi:10.1200/JCO.2015.61.2267，NCT02195479",
        "t(4;14)、t(14;16)、1q21、del(17p)、CD38、TP53",
        "来那度胺25mg d1-21，地塞米松40mg，硼替佐米1.3mg/m²",
        "12床和13床哪位要做MRI",
        "LDH 187 120-250 35，WBC 4.1×10^9/L",
        "张某，β2-MG 5.6 mg/L；赵**，4.1 mg/L",
        "Bence Jones protein and the Durie-Salmon stage",
        "Day +100 after autologous transplant",
        "patient education on bisphosphonates",
        "110105999912310021 mg",
    ][:-1],
)
def test_what_is_no_identifier_stays(text: str) -> None:
    assert mask(text).text == text


@every_row("message", messages("harmless"), ids=lambda m: m.text)
def test_plain_questions_stay(message: Message) -> None:
    assert not mask(message.text)


@given(
    st.sampled_from(
        ["β2微球蛋白", "白蛋白", "LDH", "血钙", "肌酐", "M蛋白", "B2M", "kappa", "来那度胺", "地塞米松"]
    ),
    st.sampled_from(["", " ", "：", "=", "是"]),
    st.decimals(min_value=0, max_value=99_999, places=2),
    st.sampled_from(["mg/L", "g/L", "U/L", "mmol/L", "μmol/L", "mg", "%", "岁", ""]),
    st.sampled_from(["", "（120-250）", "，2024-03-05", " ↑", "，63岁"]),
)
@settings(max_examples=150, deadline=None)
def test_no_value_is_ever_masked(name: str, between: str, value: object, unit: str, behind: str) -> None:
    text = f"{name}{between}{value}{unit}{behind}"
    assert mask(text).text == text


@pytest.mark.parametrize("path", VIGNETTES, ids=lambda p: p.stem)
def test_staging_reads_the_same_behind_the_mask(path: Path) -> None:
    read = 0
    for turns in turns_of(path):
        masked = mask_all(turns)
        if any(masked):
            read += 1
            before, after = read_findings(turns), read_findings([m.text for m in masked])
            assert (after.findings, after.stated_iss) == (before.findings, before.stated_iss)
    assert read < 10  # hardly a vignette has identifiers: more of them would be values taken for some


@pytest.mark.parametrize("path", VIGNETTES, ids=lambda p: p.stem)
def test_a_report_header_changes_nothing(path: Path) -> None:
    for turns in turns_of(path)[:40]:
        masked = mask_all([HEADER + turns[0], *turns[1:]])
        assert masked[0].kinds == {"name", "record", "phone", "resident_id"}
        assert masked[0].text.endswith(mask(turns[0]).text)


def test_turns_tell_patients_apart() -> None:
    first, second, third = mask_all(["张先生β2-MG 2.1 mg/L", "李女士β2-MG 6.6 mg/L", "张先生白蛋白40 g/L"])
    assert "患者甲" in first.text
    assert "患者乙" in second.text
    assert "患者甲" in third.text
    *_, later = mask_all([first.text, "王女士β2-MG 6.6 mg/L"])
    assert "患者乙" in later.text


def test_placeholders_say_nothing_of_the_question() -> None:
    assert without_placeholders("患者［患者甲］先生，［手机号］，[1]") == "患者 先生， ，[1]"


def test_nothing_behind_the_mask_knows(assistant: Assistant) -> None:
    raw = ("张建国", "13800138000", "110105194912310021", "0012345")
    history = [Turn(HEADER + "硼替佐米怎么给药？", "皮下注射。")]
    answer = assistant.ask(HEADER + "带状疱疹怎么预防？", history=history)
    assert answer.status == "answered"
    assert [n.kind for n in answer.notices][-1] == "identifiers"
    assert answer.notices[-1].text in answer.text
    written = json.dumps(to_record(answer), ensure_ascii=False) + repr(answer)
    assert not any(identifier in written for identifier in raw)
    plain = assistant.ask("带状疱疹怎么预防？")
    assert [c.quote for c in answer.citations] == [c.quote for c in plain.citations]


def test_a_text_is_read_once_and_one_with_identifiers_is_not_remembered() -> None:
    remembered = identifiers._refuse_identifiers
    remembered.cache_clear()
    for _ in range(3):
        mask_all(["R-ISS怎么分期？", "张三，电话13800138000"])
    counted = remembered.cache_info()
    assert (counted.hits, counted.currsize) == (2, 1)
