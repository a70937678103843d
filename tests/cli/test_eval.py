"""``myeloma eval``: what it prints and writes, and with which exit code."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Myeloma

ROWS = [
    {"id": "a", "question": "活疫苗可以接种吗？", "facts": [{"any": ["不得接种"], "note": "不得接种"}]},
    {"id": "b", "question": "What does daratumumab interfere with?", "lang": "en", "pair": "",
     "facts": [{"any": ["交叉配血|cross-?match"], "note": "交叉配血"}]},
    {"id": "c", "question": "硼替佐米多久打一次？", "audience": "patient", "facts": [{"any": ["每周"]}]},
]  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    common = {"lang": "zh", "kind": "fact", "status": ["answered", "partial"]}
    path.write_text("".join(json.dumps(common | row, ensure_ascii=False) + "\n" for row in ROWS), "utf-8")
    return path


@pytest.fixture
def run(myeloma: Myeloma, built: Path, gold: Path, tmp_path: Path) -> Path:
    out = tmp_path / "run"
    result = myeloma("eval", "run", gold, "--index", built, "--out", out)
    assert (result.code, result.err) == (0, "")
    assert "| asked / failed / abstained | 3 / 0 / 0 |" in result.out
    return out


def test_from_a_run_to_a_comparison(myeloma: Myeloma, run: Path, gold: Path, tmp_path: Path) -> None:
    files = [
        "answers.jsonl",
        "corpus.jsonl",
        "report.html",
        "report.json",
        "run.json",
        "scores.csv",
        "timings.jsonl",
    ]
    assert sorted(p.name for p in run.iterdir()) == files
    rows = {row["id"]: row for row in csv.DictReader((run / "scores.csv").read_text("utf-8").splitlines())}
    assert (rows["a"]["nuggets_vital"], rows["c"]["audience_equal"]) == ("1.0", "1.0")
    answers = tmp_path / "theirs.jsonl"
    lines = [
        {"id": "a", "answer": "可以接种。"},
        {"id": "b", "answer": "交叉配血。"},
        {"id": "c", "answer": "每周。"},
    ]
    answers.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    other = tmp_path / "other"
    assert myeloma("eval", "run", gold, "--system", f"answers:{answers}", "--out", other).code == 0
    html = tmp_path / "ab.html"
    result = myeloma("eval", "compare", run, other, "--html", html)
    assert "nuggets_vital: broken 1: a" in result.out
    assert "活疫苗" in html.read_text("utf-8")
    # Nothing real is cited any more, and that is critical... but what cites nothing is not compared.
    assert result.code == 0
    same = myeloma("eval", "compare", run, run)
    assert (same.code, "broken" in same.out, same.out.endswith("\nno regression\n")) == (0, False, True)


def test_sheets_conversions_and_reports(myeloma: Myeloma, run: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    assert myeloma("eval", "sheet", run, "--out", sheet).code == 0
    rows = list(csv.reader(sheet.read_text("utf-8").splitlines()))
    filled = tmp_path / "filled.csv"
    with filled.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(rows[0])
        writer.writerows([*row[:-1], "100" if row[2] == "0" else "25"] for row in rows[1:])
    empty = myeloma("eval", "sheet", run, "--filled", sheet)
    assert (empty.code, "no score for this run" in empty.err) == (2, True)
    assert not (run / "raters.json").exists()
    result = myeloma("eval", "sheet", run, "--filled", filled)
    assert json.loads(result.out)["mean_sentence"] == 100
    assert myeloma("eval", "report", run, "--lang", "zh").code == 0
    assert "人工评分" in (run / "report.html").read_text("utf-8")
    for form in ("ragas", "trec-run", "promptfoo"):
        target = tmp_path / form
        assert myeloma("eval", "convert", run, "--to", form, "--out", target).code == 0
        assert target.stat().st_size > 0
    assert "use one of" in myeloma("eval", "convert", run, "--to", "word", "--out", sheet).err


def test_gold_is_checked_and_drafted(
    myeloma: Myeloma, run: Path, gold: Path, built: Path, notes: Path, tmp_path: Path
) -> None:
    assert myeloma("eval", "validate", gold, "--index", built).code == 0
    drafted = tmp_path / "draft.jsonl"
    assert myeloma("eval", "init", notes, "--out", drafted).code == 0
    assert myeloma("eval", "init", notes, "--out", drafted).err.endswith("name another file\n")
    assert myeloma("eval", "validate", drafted, "--index", built).code == 0
    broken = tmp_path / "broken.jsonl"
    broken.write_text(gold.read_text("utf-8").replace('"kind": "fact"', '"kind": "riddle"'), "utf-8")
    result = myeloma("eval", "validate", broken, "--index", built)
    assert (result.code, result.out.count("kind 'riddle'")) == (1, 3)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "--system", "oracle", "--out", "x"], "system 'oracle' is unknown"),
        (["run", "--kind", "riddle", "--out", "x"], "no question of kind 'riddle'; there are compare,"),
        (["compare", "no-such-run", "no-such-run"], "no run.json here"),
        (["judge", "no-such-run", "--model", "m@http://127.0.0.1:1"], "no run.json here"),
    ],
)
def test_misuse_is_one_line(myeloma: Myeloma, words: list[str], message: str) -> None:
    result = myeloma("eval", *words)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert result.err.count("\n") == 1


def test_a_system_that_never_answers_is_a_finding(
    myeloma: Myeloma, gold: Path, built: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs.jsonl"
    theirs.write_text('{"id": "another question", "answer": "?"}', "utf-8")
    words = (gold, "--system", f"answers:{theirs}", "--index", built, "--out", tmp_path / "run")
    result = myeloma("eval", "run", *words)
    assert (result.code, "every question failed" in result.err) == (1, True)
    assert "| asked / failed / abstained | 3 / 3 / 0 |" in result.out


def test_an_empty_file_is_no_gold(myeloma: Myeloma, built: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", "utf-8")
    for words in (("run", empty, "--out", tmp_path / "run"), ("validate", empty, "--index", built)):
        result = myeloma("eval", *words)
        assert (result.code, "no question in it" in result.err) == (2, True)
    result = myeloma("eval", "run", empty, "--workers", "0", "--out", tmp_path / "run")
    assert (result.code, "0 is not 1 or more" in result.err) == (2, True)
