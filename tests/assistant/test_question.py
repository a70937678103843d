"""Questions taken apart: what they speak of, what they ask, clause by clause."""

from __future__ import annotations

import time

import pytest

from assistant.question import Question, analyse
from assistant.question_forms import is_study, suits


def concepts(question: Question) -> set[str]:
    """Ids of the concepts among the units."""
    return {t.removeprefix("c:") for u in question.units for t in u.exact if t.startswith("c:")}


def asked(text: str) -> set[str]:
    return {a.name for a in analyse(text).attributes}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("硼替佐米怎么给药？", "zh"),
        ("達雷妥尤單抗的靶點是什麼？", "zh"),
        ("daratumumab 皮下注射怎么用？", "zh"),
        ("How is bortezomib given?", "en"),
        ("R-ISS?", "en"),
        ("", "en"),
    ],
)
def test_language_of_the_letters(text: str, language: str) -> None:
    assert analyse(text).language == language


def test_a_given_language_wins() -> None:
    assert analyse("硼替佐米怎么给药？", "en").language == "en"


@pytest.mark.parametrize(
    "text",
    [
        "达雷妥尤单抗会干扰配血吗？",
        "达雷木单抗会干扰配血吗？",
        "達雷妥尤單抗會干擾配血嗎？",
        "兆珂会干扰配血吗？",
        "Does daratumumab interfere with crossmatching?",
        "does DARZALEX interfere with crossmatching",
    ],
)
def test_every_name_of_a_drug_is_the_same_unit(text: str) -> None:
    assert "daratumumab" in concepts(analyse(text))


def test_the_disease_that_all_sources_are_about_is_no_unit() -> None:
    assert concepts(analyse("多发性骨髓瘤患者硼替佐米怎么给药？")) == {"bortezomib"}
    (smouldering,) = analyse("什么是冒烟型骨髓瘤？").units
    assert (smouldering.text, smouldering.category) == ("冒烟型骨髓瘤", "disease")


def test_who_asks_is_left_out() -> None:
    question = analyse("我妈妈68岁，医生说要用硼替佐米，怎么给药？")
    assert not {"relatives", "doctor", "patient"} & concepts(question)
    assert "bortezomib" in concepts(question)


def test_a_stage_is_a_unit() -> None:
    units = {t for u in analyse("R-ISS III期的标准是什么？").units for t in u.exact}
    assert "s:3" in units
    assert "s:3" in {t for u in analyse("What defines stage III?").units for t in u.exact}


@pytest.mark.parametrize(
    ("text", "facets"),
    [
        ("硼替佐米怎么给药？卡非佐米有哪些副作用？", (0, 1)),
        ("我爸68岁，刚做完移植。多久复查一次？", (2,)),
        ("How is bortezomib given and what are its side effects?", (0, 1)),
        ("硼替佐米", (0,)),
        ("How many of 1,027 patients carry t(11;14)?", (0,)),
        ("t（4；14）阳性的1,027例能活多久？", (0,)),
        ("What is LDH; is 1,027 high, and why?", (0, 1, 2)),
    ],
)
def test_facets_are_the_clauses_that_ask(text: str, facets: tuple[int, ...]) -> None:
    assert analyse(text).facets == facets


def test_units_know_their_clause() -> None:
    question = analyse("硼替佐米怎么给药？卡非佐米有哪些副作用？")
    where = {t: u.clause for u in question.units for t in u.exact}
    assert (where["c:bortezomib"], where["c:carfilzomib"]) == (0, 1)
    assert dict(zip((a.name for a in question.attributes), question.asked_in, strict=True)) == {
        "route": {0},
        "adverse_effect": {1},
    }


def test_a_long_list_of_questions_has_a_limit() -> None:
    text = "？".join(
        f"{drug}怎么给药" for drug in ("硼替佐米", "卡非佐米", "来那度胺", "沙利度胺", "泊马度胺")
    )
    assert len(analyse(text).facets) == 4


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("硼替佐米的剂量是多少？", "dose"),
        ("来那度胺多少钱一盒？", "price"),
        ("How much does lenalidomide cost?", "price"),
        ("硼替佐米是口服还是静脉？", "route"),
        ("硼替佐米皮下与静脉的区别", "routes_compared"),
        ("bortezomib iv vs subcutaneous", "routes_compared"),
        ("How does bortezomib work?", "action"),
        ("卡非佐米有什么副作用？", "adverse_effect"),
        ("得了这个病能活多久？", "survival_number"),
        ("多少人有高钙血症？", "percentage"),
        ("血清游离轻链正常值是多少？", "reference_range"),
        ("What is the median survival?", "survival_number"),
        ("硼替佐米属于哪类药？", "drug_class"),
        ("昨晚的药忘记吃了要不要紧？", "missed_dose"),
        ("I missed a dose yesterday", "missed_dose"),
        ("How often is the marrow checked?", "how_often"),
        ("为什么会对硼替佐米耐药？", "resistance"),
        ("脊髓受压怎么处理？", "treatment"),
        ("How should hypercalcaemia be managed?", "treatment"),
        ("帮我写一封请假信", "task"),
        ("Draft a letter to my employer", "task"),
    ],
)
def test_attributes(text: str, attribute: str) -> None:
    assert attribute in asked(text)


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("How does ISS staging work?", "action"),
        ("How fast does smouldering disease progress?", "dose"),
        ("Durie-Salmon不同版本在哪几点上打架", "interaction"),
    ],
)
def test_words_that_sound_like_an_attribute(text: str, attribute: str) -> None:
    assert attribute not in asked(text)


def test_a_question_for_no_attribute() -> None:
    assert asked("有没有贫血？") == set()


@pytest.mark.parametrize(
    ("text", "shown", "not_shown"),
    [
        ("放疗一共做多少次？", "分10次照射。", "共照射20 Gy。"),
        ("血肌酐高到多少μmol/L？", "血肌酐 > 177 μmol/L", "血肌酐升高。"),
        ("How many months does it last?", "It lasts 9 months.", "It lasts 9 weeks."),
    ],
)
def test_a_quantity_is_answered_in_its_unit(text: str, shown: str, not_shown: str) -> None:
    (quantity,) = (a for a in analyse(text).attributes if a.name.startswith("quantity"))
    assert quantity.shown_in(shown, frozenset())
    assert not quantity.shown_in(not_shown, frozenset())


def test_quantities_that_ask_nothing() -> None:
    assert not any(name.startswith("quantity") for name in asked("我化疗了好几次，贫血怎么办？"))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("哪些情况应转诊？", "list"),
        ("R-ISS怎么分期？", "criteria"),
        ("为什么会贫血？", "why"),
        ("硼替佐米和卡非佐米有什么区别？", "compare"),
        ("贫血能治好吗？", "yes_no"),
        ("中位年龄是多少？", "number"),
        ("什么是冒烟型骨髓瘤？", "definition"),
        ("Which drugs are proteasome inhibitors?", "list"),
        ("Is it curable?", "yes_no"),
    ],
)
def test_forms(text: str, form: str) -> None:
    assert form in analyse(text).forms


def test_suits_is_the_share_of_forms() -> None:
    assert suits("中位年龄为69岁", frozenset({"number"})) == 1.0
    assert suits("年龄偏大", frozenset({"number"})) == 0.0
    assert suits("因为69岁", frozenset({"number", "why"})) == 1.0
    assert suits("69岁", frozenset({"number", "why"})) == 0.5
    assert suits("69岁", frozenset()) == 0.0


@pytest.mark.parametrize("text", ["", "？！…", "🙂", "()[]*", " \n"])
def test_nothing_to_take_apart(text: str) -> None:
    question = analyse(text)
    assert (question.units, question.attributes, question.mentions) == ((), (), ())


def test_a_long_story_is_taken_apart_in_good_time() -> None:
    story = "硼替佐米怎么给药？" + "我妈妈昨天去了医院做了很多检查。" * 500
    started = time.perf_counter()
    assert "bortezomib" in concepts(analyse(story))
    assert time.perf_counter() - started < 5


def test_words_that_only_ask_are_no_units() -> None:
    """能活多少年 is how a survival time is asked for; the segmenter makes a noun 能活 of it."""
    question = analyse("确诊之后一般能活多少年？")
    assert [a.name for a in question.attributes if a.name == "survival_number"]
    assert "能活" not in {u.text for u in question.units}


@pytest.mark.parametrize(
    ("text", "concept"), [("肾怎么会跟着坏掉？", "kidney"), ("尿为什么变少了？", "urine")]
)
def test_a_character_that_stands_alone_is_a_name(text: str, concept: str) -> None:
    assert concept in concepts(analyse(text))


def test_a_question_in_letters_has_few_names() -> None:
    """In small letters a word may be anything; capitals and digits make a name."""
    kinds = {u.text: u.category for u in analyse("was the arrow drawn from CD34 cells in ENDEAVOR").units}
    assert (kinds["arrow"], kinds["cd34"], kinds["endeavor"]) == ("word", "noun", "noun")
    assert {u.text: u.category for u in analyse("endeavor 研究怎么样").units}["endeavor"] == "noun"


def test_what_is_asked_at_the_edge_of_an_interrogative_is_no_concept() -> None:
    """能不能做: 不能做 ("must not") is no part of it."""
    assert "avoid" not in concepts(analyse("能不能做移植？"))


def test_an_attribute_is_asked_in_every_clause_that_asks_it() -> None:
    question = analyse("维奈克拉每天吃几毫克，要不要逐周加量？")
    assert dict(zip((a.name for a in question.attributes), question.asked_in, strict=True))["dose"] == {0, 1}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("血钙高于2.75 mmol/L时要处理。", True),
        ("年龄大于40岁伴有持续的、原因不明的骨痛，夜间或休息时更明显，或者化验有异常，如血钙高。", False),
        ("超过100 mg/L。", True),  # its subject stands in a heading or lead-in
    ],
)
def test_a_limit_far_from_the_thing_is_none_of_its(text: str, shown: bool) -> None:
    question = analyse("血钙高到多少要处理？")
    [threshold] = [a for a in question.attributes if a.name == "threshold"]
    assert threshold.shown_beside(text, frozenset({"c:serum_calcium", "c:hypercalcemia"})) is shown


@pytest.mark.parametrize(
    ("text", "study"),
    [
        ("ZOE-HSCT试验中，1846例自体移植受者接种两剂疫苗或安慰剂。", True),
        ("一项2000年的荟萃分析汇总30项随机试验。", True),
        ("In the PERSEUS trial, the hazard ratio was 0.42.", True),
        ("硼替佐米属于蛋白酶体抑制剂。", False),
        ("约80%的骨髓瘤患者有贫血。", False),
        ("Bortezomib is a proteasome inhibitor.", False),
    ],
)
def test_the_report_of_one_study_is_told_from_a_rule(text: str, study: bool) -> None:
    assert is_study(text) is study


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The lifetime risk of multiple myeloma in the United States is given as 1 in 132 (0.76%).", True),
        (f"Anemia is seen in 73%, which has {'many ' * 15}causes in myeloma.", False),
    ],
)
def test_in_english_near_is_more_letters(text: str, shown: bool) -> None:
    [percentage] = [a for a in analyse("What is the lifetime risk?").attributes if a.name == "percentage"]
    assert percentage.shown_beside(text, frozenset({"c:multiple_myeloma"})) is shown


def test_a_reference_range_in_english_may_stand_after_its_condition() -> None:
    [normal] = [a for a in analyse("What is the reference range?").attributes if a.name == "reference_range"]
    text = "The reference range of the κ/λ ratio in renal insufficiency is 0.37–3.10."
    assert normal.shown_in(text, frozenset())


def test_asking_whether_denies_nothing() -> None:
    assert [unit.text for unit in analyse("这个病能不能根治？").units] == ["根治"]


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("怎么预防带状疱疹？", "prevention"),
        ("How can herpes zoster be prevented?", "prevention"),
        ("打骨针平时要注意些什么？", "precaution"),
        ("移植危险吗？", "adverse_effect"),
        ("Is a transplant dangerous?", "adverse_effect"),
    ],
)
def test_ways_and_dangers_are_asked_for(text: str, attribute: str) -> None:
    assert attribute in {a.name for a in analyse(text).attributes}


def test_a_risk_factor_is_no_danger() -> None:
    assert "adverse_effect" not in {a.name for a in analyse("有什么危险因素？").attributes}
