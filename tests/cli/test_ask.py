"""``myeloma ask`` and ``myeloma chat``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.assistant.test_record import KEYS
from tests.cli.conftest import Myeloma

QUESTION = "达雷妥尤单抗会干扰交叉配血吗？"


def test_an_answer_with_its_sources(myeloma: Myeloma, built: Path) -> None:
    result = myeloma("ask", "硼替佐米是皮下注射吗？", "--index", built)
    assert (result.code, result.err) == (0, "")
    assert "皮下注射，每周一次。[1]" in result.out
    assert "[1] 门诊备忘 · 给药\n" in result.out
    assert "Injection in practice" in result.out


def test_json_is_one_line_and_the_whole_record(myeloma: Myeloma, built: Path) -> None:
    result = myeloma("ask", "--json", QUESTION, "--index", built)
    assert (result.code, result.err) == (0, "")
    assert result.out.count("\n") == 1
    record = json.loads(result.out)
    assert list(record) == KEYS
    assert record["question"] == QUESTION
    assert record["status"] == "answered"
    assert QUESTION in result.out  # as UTF-8, not as escapes


def test_trace_goes_to_stderr(myeloma: Myeloma, built: Path) -> None:
    plain = myeloma("ask", QUESTION, "--index", built)
    traced = myeloma("ask", "--trace", QUESTION, "--index", built)
    assert traced.out == plain.out
    lines = traced.err.splitlines()
    assert lines[0].startswith("* ")
    assert "给药: 达雷妥尤单抗会干扰" in lines[0]
    assert any(line.startswith("  ") for line in lines)


def test_standard_input(myeloma: Myeloma, built: Path) -> None:
    given = myeloma("ask", QUESTION, "--index", built)
    for stdin in (QUESTION, f"\ufeff{QUESTION}\n"):
        assert myeloma("ask", "-", "--index", built, stdin=stdin).out == given.out


def test_standard_input_that_is_not_utf8(myeloma: Myeloma, built: Path) -> None:
    result = myeloma("ask", "-", "--index", built, stdin="硼替佐米".encode("gb18030"))
    assert (result.code, result.out) == (2, "")
    assert result.err == "myeloma: -: byte 0 is not UTF-8; save the text as UTF-8\n"


def test_nothing_found_is_a_finding(myeloma: Myeloma, built: Path) -> None:
    result = myeloma("ask", "达雷妥尤单抗多少钱？", "--index", built)
    assert result.code == 1
    assert result.out.startswith("抱歉，手头的资料没有回答这个问题。")
    assert result.err == ""


def test_an_empty_question_is_asked_back(myeloma: Myeloma, built: Path) -> None:
    result = myeloma("ask", "？", "--index", built)
    assert result.code == 0
    assert "请输入" in result.out or "Please" in result.out


def test_language_and_audience(myeloma: Myeloma, built: Path) -> None:
    result = myeloma("ask", "--json", QUESTION, "--lang", "en", "--audience", "patient", "--index", built)
    record = json.loads(result.out)
    assert (record["language"], record["audience"]) == ("en", "patient")


def test_half_a_surrogate_pair(myeloma: Myeloma, built: Path) -> None:
    """What a shell makes of bytes that are not UTF-8."""
    result = myeloma("ask", "--json", "硼替佐米\udcff皮下注射吗？", "--index", built)
    assert result.code == 0
    assert json.loads(result.out)["status"] == "answered"


@pytest.mark.parametrize("command", ["ask", "answer", "chat"])
def test_no_index_there(myeloma: Myeloma, tmp_path: Path, command: str) -> None:
    nowhere = tmp_path / "nowhere"
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"question": "骨痛"}\n', encoding="utf-8")
    more = {"ask": ["骨痛"], "answer": [str(questions), "--out", str(tmp_path / "out.jsonl")], "chat": []}
    result = myeloma(command, *more[command], "--index", nowhere)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert str(nowhere) in result.err
    assert "no index here; run `myeloma ingest" in result.err
    assert not nowhere.exists()
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    "argv", [["ask"], ["ask", "骨痛", "--lang", "fr"], ["ask", "骨痛", "--audience", "x"]]
)
def test_misuse(myeloma: Myeloma, argv: list[str]) -> None:
    result = myeloma(*argv)
    assert (result.code, result.out) == (2, "")
    assert "error:" in result.err


def test_chat_turn_by_turn(myeloma: Myeloma, built: Path) -> None:
    result = myeloma("chat", "--index", built, stdin=f"{QUESTION}\n活疫苗可以接种吗？\n\n不会再读\n")
    assert result.code == 0
    assert result.out.index("交叉配血") < result.out.index("活疫苗不得接种")
    assert result.err.count("> ") == 3
    assert "不会再读" not in result.out


def test_chat_ends_with_the_input(myeloma: Myeloma, built: Path) -> None:
    assert myeloma("chat", "--index", built, stdin="").code == 0
    assert "交叉配血" in myeloma("chat", "--index", built, stdin=QUESTION).out


def test_chat_says_how_a_follow_up_was_understood(myeloma: Myeloma, built: Path) -> None:
    result = myeloma("chat", "--index", built, stdin="硼替佐米怎么用？\n卡非佐米呢\n\n")
    assert "（理解为：卡非佐米怎么用？）" in result.err
    assert result.err.count("理解为") == 1
