"""Whole conversations with the assistant on the handbook."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant import Assistant, Turn
from assistant.types import Answer


def talk(assistant: Assistant, turns: Sequence[str], *, texts_only: bool = False) -> list[Answer]:
    history: list[Turn] = []
    answers = []
    for turn in turns:
        answers.append(assistant.ask(turn, history=history))
        history.append(Turn(turn, answers[-1].text) if texts_only else answers[-1].as_turn())
    return answers


@pytest.mark.parametrize("texts_only", [False, True])
def test_a_follow_up_answers_what_the_whole_question_answers(assistant: Assistant, texts_only: bool) -> None:
    *_, last = talk(assistant, ["硼替佐米怎么用？", "卡非佐米呢"], texts_only=texts_only)
    assert (last.question, last.standalone) == ("卡非佐米呢", "卡非佐米怎么用？")
    alone = assistant.ask("卡非佐米怎么用？")
    assert (last.text, last.status) == (alone.text, alone.status)


@pytest.mark.parametrize("texts_only", [False, True])
def test_more_is_never_what_was_shown(assistant: Assistant, texts_only: bool) -> None:
    answers = talk(assistant, ["出现什么要转诊？", "还有呢", "还有吗", "还有吗"], texts_only=texts_only)
    shown = [{(c.source_id, c.start, c.end) for c in answer.citations} for answer in answers]
    assert shown[0]
    assert all(not a & b for n, a in enumerate(shown) for b in shown[n + 1 :])
    assert answers[-1].status == "not_in_source"
    assert "没有更多内容" in answers[-1].text


@pytest.mark.parametrize("before", ["硼替佐米怎么用？", "R-ISS III期的标准？", "How is anaemia treated?"])
@pytest.mark.parametrize(
    "question",
    ["贫血什么时候用促红素？", "达雷妥尤单抗输注前要查什么？", "确诊时的中位年龄多大？", "硼替佐米多少钱？"],
)
def test_an_unrelated_turn_before_changes_nothing(assistant: Assistant, before: str, question: str) -> None:
    *_, last = talk(assistant, [before, question])
    alone = assistant.ask(question)
    assert (last.text, last.status, last.standalone) == (alone.text, alone.status, "")


def test_a_turn_no_rule_completes_is_asked_with_its_topic_and_shows_it(assistant: Assistant) -> None:
    *_, last = talk(assistant, ["R-ISS怎么分期？", "LDH在里面起什么作用"])
    assert last.standalone.endswith("：LDH在里面起什么作用？")
    assert "ISS" in last.standalone
    assert last.status == "answered"
    assert last.text == assistant.ask(last.standalone).text


def test_what_a_stage_means_is_asked_of_the_stage_found(assistant: Assistant) -> None:
    values = "B2M 5.6mg/L，白蛋白32g/L，LDH 310（上限250），FISH del(17p)阳性，R-ISS几期？"
    staged, meaning, again = talk(assistant, [values, "那这个分期意味着什么", "R2-ISS呢"])
    assert staged.tool_calls
    assert not meaning.tool_calls
    assert meaning.standalone == "R-ISS III期意味着什么"
    assert again.tool_calls  # another system is staged, as ever
