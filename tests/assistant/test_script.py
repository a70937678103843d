"""Answers in the characters of the question. Expected texts are written by hand."""

from __future__ import annotations

import pytest

from assistant.script import in_script_of, is_traditional, to_traditional
from assistant.types import Answer, AnswerSentence, Citation, Notice
from ingest.corpus import monograph_files
from ingest.folding import folded_text


@pytest.mark.parametrize(
    "question",
    ["骨髓瘤怎麼治療？", "R-ISS怎麼分期", "來那度胺要吃多久", "媽媽發燒到39度", "β2微球蛋白點樣睇"],
)
def test_traditional_questions(question: str) -> None:
    assert is_traditional([question])


@pytest.mark.parametrize(
    "question",
    ["骨髓瘤怎么治疗？", "ISS", "", "骨髄瘤怎么办", "What is myeloma?", "张醫生说要做检查吗", "骨髓"],
)
def test_other_questions(question: str) -> None:
    assert not is_traditional([question])


def test_a_turn_that_does_not_tell_takes_the_script_of_the_one_before() -> None:
    assert is_traditional(["來那度胺要吃多久", "ISS呢"])
    assert not is_traditional(["來那度胺要吃多久", "沙利度胺呢？为什么"])
    assert is_traditional(["沙利度胺为什么", "為什麼"])


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("地舒单抗和来那度胺。[1]", "地舒單抗和來那度胺。[1]"),
        ("血钙>2.75 mmol/L，t(4;14)，κ/λ≥100", "血鈣>2.75 mmol/L，t(4;14)，κ/λ≥100"),
        ("α干扰素是历史药物", "α干擾素是歷史藥物"),
        ("自体干细胞移植后复发", "自體幹細胞移植後復發"),
        ("血里的钙分别为2.6和3.1", "血裡的鈣分別為2.6和3.1"),
        ("表格、冲洗、干咳、口干", "表格、沖洗、乾咳、口乾"),
        ("头发会掉，发热，骨质疏松", "頭髮會掉，發熱，骨質疏鬆"),
        ("International Staging System", "International Staging System"),
    ],
)
def test_conversion(simplified: str, traditional: str) -> None:
    assert to_traditional(simplified) == traditional


def test_the_monograph_folds_back_to_itself() -> None:
    for id_, path in monograph_files():
        if "/zh-" in id_:
            text = path.read_text("utf-8")
            assert folded_text(to_traditional(text)) == folded_text(text)


CITATION = Citation(1, "s", "骨髓瘤", ("治疗",), 0, 4, "治疗骨病", "")
ANSWER = Answer(
    "骨病怎麼治",
    "answered",
    "zh",
    "clinician",
    "治疗骨病[1]",
    (AnswerSentence("治疗骨病", (1,), True),),
    (CITATION,),
    notices=(Notice("coverage", "资料只涉及一部分"),),
)


def test_an_answer_is_converted_and_its_quotation_is_not() -> None:
    answer = in_script_of(ANSWER, ["骨病怎麼治療"])
    assert answer.text == "治療骨病[1]"
    assert answer.sentences == (AnswerSentence("治療骨病", (1,), True),)
    assert answer.notices == (Notice("coverage", "資料只涉及一部分"),)
    assert answer.citations == (CITATION,)
    assert answer.language == "zh"


def test_an_answer_to_simplified_or_in_english_stays() -> None:
    assert in_script_of(ANSWER, ["骨病怎么治"]) is ANSWER
    english = Answer("怎麼治療", "answered", "en", "clinician", "Bone disease")
    assert in_script_of(english, ["怎麼治療"]) is english
