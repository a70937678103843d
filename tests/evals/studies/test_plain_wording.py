"""The measure of plain answers: what it counts, and the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.types import Answer, AnswerSentence, Citation
from evals.metrics.twins import fixed
from evals.studies.plain_wording import length, main, says_the_same, sentences
from tests.evals.conftest import ROWS, Write, row


def test_sentences_of_an_answer() -> None:
    text = "常见贫血。[1]（贫血：血少。）但不都有。[2]\n- 血钙< 2.5[3]\n⚠ 原文不准确。应为A。"
    told = ["常见贫血", "贫血：血少", "但不都有", "血钙< 2.5", "原文不准确", "应为A"]
    assert list(sentences(text, "zh")) == told
    english = list(sentences("It is given at 2.5 mg. [1] (It: a drug.)\nOnce.", "en"))
    assert english == ["It is given at 2.5 mg", "It: a drug", "Once"]
    assert [length(s, "en") for s in english] == [6, 3, 1]
    assert length("常见贫血", "zh") == 4


def _answer(*texts: str) -> Answer:
    cited = Citation(1, "memo", "备忘", ("一",), 0, 9, "", "")
    told = tuple(AnswerSentence(text, (1,), True) for text in texts)
    return Answer("问", "answered", "zh", "patient", "".join(texts), told, (cited,))


@pytest.mark.parametrize(
    ("patient", "same"),
    [
        (("血钙≥2.75才算。", "肾不好时不用。"), True),
        (("血钙≥2.75才算。", "肾不好时用。"), False),
        (("血钙≥2.57才算。", "肾不好时不用。"), False),
        (("肾不好时不用。",), False),
    ],
    ids=["the same", "a denial lost", "another number", "a number lost"],
)
def test_numbers_and_denials_are_compared_span_by_span(patient: tuple[str, ...], same: bool) -> None:
    assert says_the_same(_answer(*patient), _answer("血钙≥2.75才算，肾不好时不用。")) is same


def test_the_command(document: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--source", str(document), str(write(ROWS))]) == 0
    shown = capsys.readouterr()
    assert "| zh | clinician | 1 |" in shown.out
    assert "| zh | patient | 1 |" in shown.out
    assert "1.000 (1)" in shown.out
    assert shown.err == ""


def test_a_dangerous_statement_is_a_finding(
    document: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = write([row("d", "唑来膦酸多久用一次？", audience="patient", forbidden=["每月"])])
    assert main(["--source", str(document), str(gold)]) == 1
    assert "differs or dangerous: d" in capsys.readouterr().err


def test_misuse(document: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--source", str(document), str(write(ROWS[:1]))]) == 2
    assert "no question of a patient" in capsys.readouterr().err
    assert main(["--source", str(document), "no-such-file.jsonl"]) == 2


def test_a_denial_is_one_in_traditional_characters_too() -> None:
    assert fixed("沒有M蛋白，無症狀")[1] == fixed("没有M蛋白，无症状")[1] == 2
