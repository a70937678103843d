"""What is said where the sources do not answer: what was looked for, what can be asked, and whom."""

from __future__ import annotations

import re

import pytest

from assistant import Assistant
from assistant.evidence import Evidence, weigh
from assistant.question import analyse
from assistant.refusal import refusal
from assistant.sufficiency import Sufficiency
from assistant.types import Audience
from index import Index


def told(evidence: Evidence, audience: Audience, missing: tuple[str, ...] = ()) -> dict[str, str]:
    found = refusal(evidence, Sufficiency("not_in_source", 0.1, missing), audience)
    return {notice.kind: notice.text for notice in found}


def test_what_is_missing_is_named_or_else_what_was_looked_for(index: Index) -> None:
    evidence = weigh(index, analyse("骨髓瘤用硼替佐米，带状疱疹多久能好？"))
    assert told(evidence, "clinician")["coverage"] == "查找的是：硼替佐米、带状疱疹。"
    assert told(evidence, "clinician", ("带状疱疹",))["coverage"] == "资料中没有提到：带状疱疹。"


def test_three_topics_at_most_are_named(index: Index) -> None:
    nearest = told(weigh(index, analyse("硼替佐米和达雷妥尤单抗多少钱？")), "clinician")["nearest"]
    topics = re.findall("“(.+?)”", nearest)
    assert 1 <= len(topics) == len(set(topics)) <= 3


def test_what_is_named_as_the_nearest_is_answered(assistant: Assistant) -> None:
    """Whoever asks for a topic that a refusal names gets an answer."""
    refused = ("达雷妥尤单抗多少钱一支？", "塞利尼索有哪些副作用？", "R-ISS II期患者能活多久？")
    topics: set[str] = set()
    for question in refused:
        answer = assistant.ask(question)
        assert answer.status == "not_in_source"
        topics.update(re.findall("“(.+?)”", next(n.text for n in answer.notices if n.kind == "nearest")))
    assert topics
    assert not [t for t in topics if assistant.ask(t, language="zh").status == "not_in_source"]


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("来那度胺一个月多少钱，医保能报吗？", "医院的医保办公室或医务社工"),
        ("单位能不能辞退我，病假工资怎么算？", "医务社工或治疗团队"),
        ("硼替佐米忘打了一针，要补吗？", "主治医生或药师"),
        ("自体移植要住院准备什么东西？", "主治医生或移植团队"),
        ("能养猫吗？", "您的治疗团队"),
        (
            "How much does lenalidomide cost?",
            "the hospital's insurance or billing office, or a social worker",
        ),
        ("I missed a dose of lenalidomide. What now?", "your doctor or pharmacist"),
        ("Can I fly to Spain?", "your treatment team"),
    ],
)
def test_patients_are_told_whom_to_ask(index: Index, question: str, who: str) -> None:
    evidence = weigh(index, analyse(question))
    assert who in told(evidence, "patient")["whom"]
    assert "whom" not in told(evidence, "clinician")
