"""Small talk is answered as a person would; a question beside it is answered as a question."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.safety.smalltalk import reply, small_talk
from tests.assistant.safety.messages import Message, messages
from tests.rows import every_row


@every_row("message", messages("smalltalk"), ids=lambda m: m.text)
def test_small_talk(message: Message) -> None:
    assert small_talk(message.text) is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("你好！", "greeting"),
        ("您好，請問您是醫生嗎？", "doctor"),
        ("谢谢医生，再见！", "thanks"),
        ("你是谁", "identity"),
        ("What can you do?", "ability"),
        ("你答得不对", "complaint"),
        ("我好害怕，刚确诊", "feeling"),
        ("I'm so scared, I was just diagnosed", "feeling"),
        ("骨髓瘤又复发了，我真的撑不下去了", "feeling"),
        ("我很害怕，会不会复发？", None),
        ("你好，R-ISS怎么分期？", None),
        ("I'm worried about my kidneys", None),
        ("头晕怎么办", None),
        ("吃激素晚上睡不着觉，怎么办", None),
        ("麻烦给R-ISS分期", None),
        ("谢谢，那移植呢？", None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    assert small_talk(text) == kind


def test_a_feeling_is_met_differently_by_audience() -> None:
    assert reply("feeling", "zh", "patient") != reply("feeling", "zh", "clinician")
    assert "“" in reply("feeling", "en", "patient")


@pytest.mark.parametrize("text", ["你好", "I'm so scared, I was just diagnosed"])
def test_an_answer_to_small_talk(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text, audience="patient")
    assert answer.status == "clarify"
    assert [n.kind for n in answer.notices] == ["greeting"]
