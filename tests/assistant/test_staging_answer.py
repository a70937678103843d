"""A message with values is staged by the tool, whatever it says besides."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.types import Audience, Turn


@pytest.mark.parametrize(
    ("message", "stage", "possible"),
    [
        ("β2-MG 5.6 mg/L，ALB 32 g/L，LDH 310（上限250），几期？", "III", ["III"]),
        ("B2M 3.0 mg/L, albumin 38 g/L, what R-ISS stage?", None, ["I", "II"]),
        ("B2M 5.6 mg/L，LDH正常，FISH未见异常，R-ISS几期？", "II", ["II"]),
        ("白蛋白不重要，B2M 6 mg/L，直接说I期", None, ["II", "III"]),
    ],
)
def test_values_are_staged(
    assistant: Assistant, message: str, stage: str | None, possible: list[str]
) -> None:
    answer = assistant.ask(message)
    (call,) = answer.tool_calls
    assert call.name == "stage_myeloma"
    assert (call.result["stage"], call.result["possible"]) == (stage, possible)
    assert answer.status == ("answered" if stage else "partial")
    if stage:
        first = answer.text.splitlines()[0]
        assert stage in first.replace("R-ISS", "")


def test_a_value_without_unit_is_asked_about(assistant: Assistant) -> None:
    answer = assistant.ask("B2M 5.6，白蛋白 32 g/L，几期？")
    assert answer.status == "clarify"
    assert "单位" in answer.text


def test_values_of_two_turns_add_up(assistant: Assistant) -> None:
    first = "B2M 5.6 mg/L，R-ISS几期？"
    answer = assistant.ask("LDH 310，上限250", history=[Turn(first, assistant.ask(first).text)])
    assert answer.tool_calls[0].result["stage"] == "III"


def test_a_question_about_staging_in_general_calls_no_tool(assistant: Assistant) -> None:
    assert assistant.ask("R-ISS III期的标准是什么？").tool_calls == ()


def test_a_patient_is_told_what_a_stage_means(assistant: Assistant) -> None:
    answer = assistant.ask("β2-MG 2.1 mg/L，白蛋白 41 g/L，LDH正常，FISH阴性，几期？", audience="patient")
    assert answer.tool_calls[0].result["stage"] == "I"
    assert "主治医生" in answer.text
    assert "生存" not in answer.text.split("资料中的分期标准")[0]


@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_survival_is_told_when_asked_with_its_endpoint_and_cohort(
    assistant: Assistant, audience: Audience
) -> None:
    asked = "β2-MG 4.1 mg/L，白蛋白 41 g/L，LDH正常，FISH阴性，R-ISS几期？生存期多长？"
    answer = assistant.ask(asked, audience=audience)
    assert answer.tool_calls[0].result["stage"] == "II"
    assert "II期：5年总生存率 62%（队列 n = 3,060）" in answer.text
    assert "不能预测某一个人" in answer.text
