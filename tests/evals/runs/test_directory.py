"""A run directory that was damaged is told by the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.reporting.run_report import judge_directory, write_reports
from evals.runs.directory import BadRun
from tests.evals.asked import Answering, run


def test_a_damaged_file_is_named(suite: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    reported = run(Answering("每月。"), suite, out)
    for name in ("run.json", "timings.jsonl", "corpus.jsonl"):
        path = out / name
        whole = path.read_text("utf-8") if path.exists() else None
        for damage in ("{", "[1]"):
            path.write_text(damage, "utf-8")
            with pytest.raises(BadRun, match=f"{name}: is damaged"):
                judge_directory(out)
        if whole is None:
            path.unlink()
        else:
            path.write_text(whole, "utf-8")
    answers = (out / "answers.jsonl").read_text("utf-8").splitlines(keepends=True)
    (out / "answers.jsonl").write_text("".join(answers[:-1]), "utf-8")
    with pytest.raises(BadRun, match=f"has no answer to {json.loads(answers[-1])['id']}"):
        judge_directory(out)
    (out / "judge.json").write_text("{", "utf-8")
    with pytest.raises(BadRun, match=r"judge\.json: is damaged"):
        write_reports(out, reported)
