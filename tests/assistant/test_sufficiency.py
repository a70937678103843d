"""Answered, in part, or not in the source; clear cases only, the threshold is a matter of measuring."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from assistant import Answer, Assistant
from assistant.evidence import weigh
from assistant.extractive import answering
from assistant.question import analyse
from assistant.selection import Group, select
from assistant.signals import signals_of, unknown_to
from assistant.sufficiency import judge
from index import Index


def notices(answer: Answer) -> dict[str, str]:
    return {n.kind: n.text for n in answer.notices}


@pytest.mark.parametrize(
    "question",
    [
        "达雷妥尤单抗会干扰交叉配血吗？",
        "達雷妥尤單抗會干擾交叉配血嗎？",
        "骨髓活检要取多长的组织条？",
        "什么情况要转诊？",
        "高钙血症怎么处理？",
        "确诊时的中位年龄是多少？",
        "How old are patients at diagnosis?",
        "Does daratumumab interfere with crossmatching?",
        "How many Gy relieve bone pain?",
    ],
)
def test_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("硼替佐米的剂量是多少？", ""),
        ("卡非佐米每平方米多少毫克？", ""),
        ("达雷妥尤单抗多少钱一支？", "多少钱"),
        ("塞利尼索有哪些副作用？", "塞利尼索"),
        ("维奈克拉对哪类患者有效？", "维奈克拉"),
        ("肺癌怎么治？", "肺癌"),
        ("胃癌的分期标准是什么？", "胃癌"),
        ("R-ISS II期患者能活多久？", ""),
        ("What is the starting dose of bortezomib?", ""),
        ("How much does daratumumab cost?", ""),
        ("What are the side effects of selinexor?", "selinexor"),
        ("How is breast cancer treated?", "breast cancer"),
    ],
)
def test_not_in_the_source(assistant: Assistant, question: str, missing: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_in_source"
    assert (answer.sentences, answer.citations) == ((), ())
    told = notices(answer)
    assert answer.text.startswith(told["not_in_source"])
    if missing:
        assert missing in told["coverage"]
        assert told["coverage"] in answer.text


def test_the_nearest_sections_are_named(assistant: Assistant) -> None:
    nearest = notices(assistant.ask("达雷妥尤单抗多少钱一支？"))["nearest"]
    assert "抗体" in nearest
    assert "closest" in notices(assistant.ask("How much does daratumumab cost?"))["nearest"]


@pytest.mark.parametrize(
    ("question", "said", "missing"),
    [
        ("活疫苗能接种吗？塞利尼索有什么不良反应？", "活疫苗不得接种", "塞利尼索"),
        ("胃癌怎么分期？达雷妥尤单抗会干扰交叉配血吗？", "交叉配血", "胃癌"),
    ],
)
def test_a_part_is_in_the_source(assistant: Assistant, question: str, said: str, missing: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "partial"
    assert said in answer.text
    assert missing in notices(answer)["coverage"]
    assert notices(answer)["coverage"] in answer.text


def test_another_drug_is_no_answer(assistant: Assistant) -> None:
    """The handbook tells how bortezomib is injected; nothing of the kind about carfilzomib."""
    assert assistant.ask("硼替佐米是皮下注射吗？").status == "answered"
    assert assistant.ask("塞利尼索是皮下注射吗？").status == "not_in_source"


def test_signals_are_shares_one_set_for_each_clause(index: Index) -> None:
    question = analyse("活疫苗能接种吗？塞利尼索多少钱？")
    evidence = weigh(index, question)
    found = signals_of(index, evidence, select(index, evidence))
    assert tuple(found) == question.facets == (0, 1)
    assert all(0.0 <= value <= 1.0 for signals in found.values() for value in astuple(signals))
    first, second = found[0], found[1]
    assert first.coverage > second.coverage
    assert (second.unknown_key, second.attribute_open) == (1.0, 1.0)
    assert (first.unknown_key, first.unknown_elsewhere) == (0.0, 1.0)


def test_signals_of_the_whole_question(index: Index) -> None:
    """A story of one clause before a clause that asks; two of five units the handbook does not know."""
    question = analyse("隔壁床得了胃癌。塞利尼索和硼替佐米会引起带状疱疹吗？")
    evidence = weigh(index, question)
    (found,) = signals_of(index, evidence, select(index, evidence)).values()
    unknown = [u.text for u in question.units if unknown_to(index, u)]
    assert {"胃癌", "塞利尼索"} <= set(unknown)
    assert found.unknown_share == len(unknown) / len(question.units)
    assert (found.breadth, found.asks, found.tells) == (len(question.units) / 12, 0.25, 1.0)


def test_one_of_several_complications_is_a_part_of_what_is_asked(index: Index) -> None:
    """The handbook says how rare necrosis of the jaw is; of the others it gives no share."""
    cases = {"贫血、高钙血症、骨病、骨痛、肾衰竭、颌骨坏死的发生率": 0.0, "贫血、高钙血症的发生率": 1.0}
    for question, is_open in cases.items():
        evidence = weigh(index, analyse(question))
        (found,) = signals_of(index, evidence, select(index, evidence)).values()
        assert found.attribute_open == is_open, question


def test_off_topic_is_a_signal(index: Index) -> None:
    question = analyse("怎么做红烧肉？")
    evidence = weigh(index, question)
    groups = select(index, evidence)
    assert all(s.off_topic == 1.0 for s in signals_of(index, evidence, groups).values())


def test_nothing_chosen_is_not_in_the_source(index: Index) -> None:
    evidence = weigh(index, analyse("硼替佐米和塞利尼索"))
    sufficiency = judge(index, evidence, ())
    assert (sufficiency.verdict, sufficiency.confidence) == ("not_in_source", 0.0)
    assert sufficiency.missing == ("塞利尼索",)


def test_what_was_taken_for_an_open_clause_stays_where_it_answers_another(index: Index) -> None:
    evidence = weigh(index, analyse("活疫苗能接种吗？塞利尼索有什么不良反应？"))
    near, far = evidence.facets[0][0], evidence.facets[0][-1]
    taken, beside = (Group(s.source, "sentences", (s.position,), clause=1) for s in (near, far))
    assert answering(evidence, (taken, beside), frozenset({1})) == (taken,)
    assert answering(evidence, (taken, beside), frozenset({0})) == (taken, beside)
