"""A patient's sentence: plainer where it may be, as it was where it may not."""

from __future__ import annotations

import pytest

from assistant.plain.decisions import closing
from assistant.plain.faithful import keeps
from assistant.plain.jargon import per_hundred, unexplained
from assistant.plain.notes import Notes
from assistant.plain.patient import Patient
from assistant.plain.wording import wording
from assistant.plain.writer import plainly

LONG = "这些患者常有肾功能衰竭，可用糖皮质激素治疗；他们的白细胞计数是正常的。"


def test_a_sentence_is_cut_and_reworded() -> None:
    assert plainly(LONG, "zh", lambda _: True) == (
        "这些患者常有肾衰竭，可用激素治疗。",
        "他们的白细胞计数是正常的。",
    )


def test_what_does_not_stand_is_taken_back_word_by_word() -> None:
    assert plainly(LONG, "zh", lambda text: "激素治疗" not in text or "糖皮质" in text) == (
        "这些患者常有肾功能衰竭，可用糖皮质激素治疗。",
        "他们的白细胞计数是正常的。",
    )


def test_what_stands_in_no_other_form_stays_as_it_was() -> None:
    assert plainly(LONG, "zh", lambda text: text == LONG) == (LONG,)


@pytest.mark.parametrize(
    ("clinician", "patient"),
    [
        ("每天尿量> 2000mL。", "每天尿量很多。"),
        ("血钙≥2.75 mmol/L。", "血钙≤2.75 mmol/L。"),
        ("不建议接种活疫苗。", "建议接种活疫苗。"),
        ("可能引起感染。", "引起感染。"),
        ("硼替佐米或卡非佐米有效。", "硼替佐米有效。"),
        ("t(4;14)属高危。", "t(14;16)属高危。"),
    ],
    ids=["number", "comparator", "denial", "modality", "drug", "gene"],
)
def test_less_or_other_is_not_kept(clinician: str, patient: str) -> None:
    assert keeps(clinician, clinician)
    assert not keeps(clinician, patient)


def test_a_condition_is_never_parted_from_its_advice() -> None:
    quote = "没有高钙血症的患者可补充维生素D，补充的剂量应按检测结果进行调整。"
    told = Patient("zh").sentences(quote, "zh", quote)
    assert all("没有高钙血症" in sentence for sentence in told if "补充维生素D" in sentence)
    assert "".join(told).count("没有高钙血症") == 1


def test_a_chinese_quotation_is_not_reworded_for_an_english_reader() -> None:
    quote = "患者可有外周血异常。"
    assert Patient("en").sentences(quote, "zh", quote) == (quote,)


def test_a_term_is_explained_once() -> None:
    notes = Notes("zh")
    assert notes.beside("双膦酸盐可减轻骨痛。") == "（双膦酸盐：保护骨头的药。）"
    assert notes.beside("双膦酸盐每月一次。") == ""


def test_one_more_is_explained_where_there_is_more_room() -> None:
    told = Notes("zh", most=1).beside("双膦酸盐减轻骨痛，来那度胺也可用", more=1)
    assert told == "（双膦酸盐：保护骨头的药。来那度胺：口服的抗骨髓瘤药。）"


def test_what_finds_no_room_is_explained_where_it_comes_again() -> None:
    notes = Notes("zh", most=1)
    assert notes.beside("双膦酸盐减轻骨痛，来那度胺也可用") == "（双膦酸盐：保护骨头的药。）"
    assert notes.beside("来那度胺口服。") == "（来那度胺：口服的抗骨髓瘤药。）"
    both = "（双膦酸盐：保护骨头的药。来那度胺：口服的抗骨髓瘤药。）"
    assert Notes("zh", most=1).beside("双膦酸盐减轻骨痛，来那度胺也可用", every=True) == both


def test_a_name_does_not_explain_itself() -> None:
    assert wording()["zh"].apply("M蛋白是单克隆免疫球蛋白。") == "M蛋白是单克隆免疫球蛋白。"
    assert wording()["zh"].apply("单克隆免疫球蛋白升高。") == "M蛋白升高。"


def test_terms_with_one_meaning_share_it() -> None:
    assert Notes("zh").beside("可用来那度胺或泊马度胺。") == "（来那度胺、泊马度胺：口服的抗骨髓瘤药。）"


def test_a_drug_behind_its_class_is_told_by_it() -> None:
    told = Notes("zh").beside("蛋白酶体抑制剂（如硼替佐米、卡非佐米）有效。")
    assert told == "（蛋白酶体抑制剂：一类抗骨髓瘤药。）"


def test_english_explanations() -> None:
    note = " (bisphosphonates: bone-protecting medicines.)"
    assert Notes("en").beside("Pain is less with bisphosphonates.") == note


def test_unexplained_jargon_is_counted() -> None:
    bare = "可用双膦酸盐。[1]双膦酸盐减轻骨痛。[2]"
    assert [t.text for t in unexplained(bare)] == ["双膦酸盐", "双膦酸盐"]
    assert per_hundred(bare) == 100 * 2 / 16
    assert unexplained("可用双膦酸盐。[1]（双膦酸盐：保护骨头的药。）双膦酸盐减轻骨痛。[2]") == ()
    # Explained too late is not explained.
    late = "可用双膦酸盐。\n\n双膦酸盐：保护骨头的药。"
    assert len(unexplained(late)) == 2
    assert unexplained("贫血和感染是常见的。") == ()


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("可考虑进行自体干细胞移植。", "适不适合移植，请和主治医生一起商量。"),
        ("不建议免疫系统受损的患者使用活疫苗。", "打不打、什么时候打，请先问主治医生。"),
        ("硼替佐米是蛋白酶体抑制剂。", ""),
        ("应怀疑多发性骨髓瘤。", ""),
    ],
    ids=["transplant", "vaccine", "a fact", "no decision of the patient's"],
)
def test_whose_decision_it_is(sentence: str, line: str) -> None:
    assert closing([sentence], [], "怎么办？", "zh") == line


def test_advice_beside_the_question_has_no_closing_line() -> None:
    beside = ["可考虑进行自体干细胞移植。"]
    assert closing(["贫血是常见的。"], beside, "为什么会贫血？", "zh") == ""
    line = closing(["贫血是常见的。"], beside, "贫血能做移植吗？", "zh")
    assert line == "适不适合移植，请和主治医生一起商量。"


def test_measuring_a_vitamin_is_no_decision_to_take_it() -> None:
    assert closing(["诊断时，应测定维生素D的水平。"], [], "要做哪些检查？", "zh") == ""
    assert closing(["血钙高时应避免维生素D。"], [], "怎么办？", "zh") == "补不补、补多少，请先问主治医生。"


def test_a_name_torn_from_a_longer_word_is_not_explained() -> None:
    assert "骨髓瘤肾：" not in Notes("zh").beside("骨髓瘤肾功能不全患者的补液量由医生决定。")
    assert "骨髓瘤肾：" in Notes("zh").beside("轻链堵住肾小管叫骨髓瘤肾。")
