"""One safe file of the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

from evals.reporting.run_report import judge_directory, write_reports
from evals.reporting.words import Language
from tests.evals.asked import Answering, run


def test_the_same_answers_give_the_same_bytes(suite: Path, tmp_path: Path) -> None:
    for name, workers in (("one", 1), ("two", 3)):
        run(Answering("每月。"), suite, tmp_path / name, workers)
        (tmp_path / name / "timings.jsonl").write_text("", "utf-8")
        write_reports(tmp_path / name, judge_directory(tmp_path / name))
    for file in ("answers.jsonl", "report.json", "report.html", "scores.csv", "run.json"):
        one, two = (tmp_path / name / file for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes(), file


def test_the_report_is_one_safe_file(suite: Path, tmp_path: Path) -> None:
    reported = run(Answering("<script>alert(1)</script>每月。", breaks="a1"), suite, tmp_path / "run")
    shown: dict[Language, str] = {"zh": "逐题", "en": "Question by question"}
    for language, words in shown.items():
        html = write_reports(tmp_path / "run", reported, language)[0].read_text("utf-8")
        assert words in html
        assert "<script" not in html
        assert "&lt;script&gt;" in html
        assert "no &lt;answer&gt;" in html
        assert "http" not in html.replace("http-equiv", "")
        assert "default-src 'none'" in html
    assert json.loads((tmp_path / "run" / "report.json").read_text("utf-8"))["items"][1]["id"] == "a2"
