"""``myeloma answer``: JSONL in, JSONL out, and one clear line for what cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.test_record import KEYS
from tests.cli.conftest import Myeloma, Result


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    return tmp_path / "questions.jsonl"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "answers.jsonl"


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def run(myeloma: Myeloma, asked: Path, out: Path | str, built: Path, *rows: object, **more: str) -> Result:
    asked.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    options = [part for name, value in more.items() for part in (f"--{name}", value)]
    return myeloma("answer", asked, "--out", out, "--index", built, *options)


def test_one_record_a_line_in_the_order_asked(myeloma: Myeloma, asked: Path, out: Path, built: Path) -> None:
    result = run(
        myeloma,
        asked,
        out,
        built,
        {"id": "b", "question": "活疫苗可以接种吗？", "facts": ["ignored"], "split": "dev"},
        {"id": "a", "turns": ["达雷妥尤单抗会干扰交叉配血吗？"], "audience": "patient"},
        {"question": "达雷妥尤单抗多少钱？"},
    )
    assert (result.code, result.out, result.err) == (0, "", "")
    found = records(out)
    assert [(r["id"], r["audience"], r["status"]) for r in found] == [
        ("b", "clinician", "answered"),
        ("a", "patient", "answered"),
        ("3", "clinician", "not_in_source"),
    ]
    assert all(list(r) == KEYS for r in found)
    assert not list(out.parent.glob("*.partial"))


def test_turns_are_one_conversation(myeloma: Myeloma, asked: Path, out: Path, built: Path) -> None:
    turns = ["硼替佐米怎么给药？", "活疫苗可以接种吗？", "达雷妥尤单抗会干扰交叉配血吗？"]
    run(myeloma, asked, out, built, {"id": "c", "turns": turns})
    (record,) = records(out)
    assert record["question"] == turns[-1]
    assert [e["question"] for e in record["earlier"]] == turns[:-1]
    assert all(list(e) == KEYS and e["id"] == "c" for e in record["earlier"])


def test_options_win_over_lines(myeloma: Myeloma, asked: Path, out: Path, built: Path) -> None:
    run(
        myeloma,
        asked,
        out,
        built,
        {"question": "骨痛", "audience": "clinician"},
        audience="patient",
        lang="en",
    )
    (record,) = records(out)
    assert (record["audience"], record["language"]) == ("patient", "en")


def test_standard_input_and_output(myeloma: Myeloma, built: Path) -> None:
    line = json.dumps({"id": 7, "question": "活疫苗可以接种吗？"}, ensure_ascii=False)
    result = myeloma("answer", "-", "--out", "-", "--index", built, stdin=f"\ufeff{line}\r\n\r\n")
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out)["id"] == "7"


def test_no_questions_no_answers(myeloma: Myeloma, asked: Path, out: Path, built: Path) -> None:
    assert run(myeloma, asked, out, built).code == 0
    assert out.read_text("utf-8") == ""


def test_odd_characters_stay_on_their_line(myeloma: Myeloma, asked: Path, out: Path, built: Path) -> None:
    """A line separator is legal inside JSON; half a surrogate pair can be written as an escape."""
    questions = ["活疫苗\u2028可以\u0085接种吗？", "活疫苗\ud800可以接种吗？"]
    asked.write_text(
        json.dumps({"question": questions[0]}, ensure_ascii=False)
        + "\n"
        + json.dumps({"id": "half \ud800", "question": questions[1]})
        + "\n",
        encoding="utf-8",
    )
    result = myeloma("answer", asked, "--out", out, "--index", built)
    assert (result.code, result.err) == (0, "")
    first, second = records(out)
    assert first["question"] == questions[0]
    assert (first["status"], second["status"]) == ("answered", "answered")
    assert second["id"] == "half \ud800"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON"),
        ("骨痛怎么办？", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"id": ' + "1" * 5000 + "}", "not JSON"),
        ('["骨痛"]', "not a JSON object"),
        ("3", "not a JSON object"),
        ('{"id": "x"}', "no question"),
        ('{"turns": []}', "no question"),
        ('{"turns": "骨痛"}', "no question"),
        ('{"turns": ["骨痛", 3]}', "no question"),
        ('{"question": null}', "no question"),
        ('{"question": "骨痛", "audience": "nurse"}', "audience 'nurse' is unknown"),
        ('{"question": "骨痛", "audience": ["patient"]}', "audience"),
    ],
    ids=lambda value: value[:30],
)
def test_a_bad_line_is_named_and_nothing_is_written(
    myeloma: Myeloma, asked: Path, out: Path, built: Path, line: str, problem: str
) -> None:
    asked.write_text(f'{{"question": "骨痛"}}\n\n{line}\n', encoding="utf-8")
    out.write_text("as it was", encoding="utf-8")
    result = myeloma("answer", asked, "--out", out, "--index", built)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"myeloma: {asked}:3: ")
    assert problem in result.err
    assert result.err.count("\n") == 1
    assert out.read_text("utf-8") == "as it was"
    assert not list(out.parent.glob("*.partial"))


def test_a_file_that_is_not_utf8(myeloma: Myeloma, asked: Path, out: Path, built: Path) -> None:
    asked.write_bytes('{"question": "骨痛"}'.encode("gb18030"))
    result = myeloma("answer", asked, "--out", out, "--index", built)
    assert (result.code, out.exists()) == (2, False)
    assert result.err == f"myeloma: {asked}: byte 14 is not UTF-8; save the text as UTF-8\n"


def test_a_file_that_is_not_there(myeloma: Myeloma, tmp_path: Path, out: Path, built: Path) -> None:
    missing = tmp_path / "missing.jsonl"
    result = myeloma("answer", missing, "--out", out, "--index", built)
    assert (result.code, out.exists()) == (2, False)
    assert result.err == f"myeloma: {missing}: No such file or directory; check the path\n"


@pytest.mark.parametrize("where", ["nowhere/answers.jsonl", "."])
def test_a_place_that_cannot_be_written(
    myeloma: Myeloma, asked: Path, tmp_path: Path, built: Path, where: str
) -> None:
    before = {p.name for p in tmp_path.iterdir()} | {asked.name}
    result = run(myeloma, asked, tmp_path / where, built, {"question": "骨痛"})
    assert result.code == 2
    assert str(tmp_path / where) in result.err
    assert result.err.count("\n") == 1
    assert {p.name for p in tmp_path.iterdir()} == before


def test_an_interrupted_run_leaves_no_half_file(
    myeloma: Myeloma, asked: Path, out: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant import Assistant

    calls = 0
    ask = Assistant.ask

    def interrupted(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        return ask(*args, **options)

    monkeypatch.setattr(Assistant, "ask", interrupted)
    result = run(myeloma, asked, out, built, {"question": "骨痛"}, {"question": "贫血"})
    assert (result.code, out.exists()) == (2, False)
    assert result.err == "\nmyeloma: stopped\n"
