"""Asking: failures count, an interrupted run goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.answers.stored import read_answers
from evals.gold.suites import read_suite
from evals.reporting.run_report import judge_directory
from evals.runs.asking import ask_all
from evals.runs.directory import BadRun
from tests.evals.asked import Answering, run


def test_a_failure_is_in_every_mean(suite: Path, tmp_path: Path) -> None:
    reported = run(Answering("手足麻木。每月。血型，交叉配血。", breaks="a2"), suite, tmp_path / "run")
    whole = reported.results.slices[0]
    assert (whole.asked, whole.failed, whole.abstained) == (4, 1, 0)
    vital = whole.cells["nuggets_vital"]
    assert (vital.mean.n, vital.mean.value, vital.failed) == (3, pytest.approx(2 / 3), 1)


def test_an_interrupted_run_goes_on(suite: Path, tmp_path: Path) -> None:
    out, first = tmp_path / "run", Answering("每月。", stops="a3")
    with pytest.raises(KeyboardInterrupt):
        run(first, suite, out)
    with (out / "answers.so-far.jsonl").open("a", encoding="utf-8") as half:
        half.write('{"ms": 1, "answer": {"id": "a')
    with pytest.raises(BadRun, match="not finished"):
        judge_directory(out)
    second = Answering("每月。")
    run(second, suite, out)
    assert second.asked == ["a3", "a3", "u1"]  # the first one twice: the warming up is not counted
    assert list(read_answers(out / "answers.jsonl")) == ["a1", "a2", "a3", "u1"]
    with pytest.raises(BadRun, match="already holds a finished run"):
        run(second, suite, out)
    questions = read_suite([suite])
    ask_all(lambda: second, questions, out, [suite], reuse=True)
    assert len(second.asked) == 3
    with pytest.raises(BadRun, match="already holds a finished run"):
        ask_all(lambda: second, questions[:2], out, [suite], reuse=True)


def test_what_failed_before_the_interruption_is_asked_again(suite: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(Answering("每月。", stops="a3", breaks="a2"), suite, tmp_path / "run")
    second = Answering("每月。")
    assert run(second, suite, tmp_path / "run").results.slices[0].failed == 0
    assert second.asked == ["a2", "a2", "a3", "u1"]
