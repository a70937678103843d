"""A system that answers by script, and a run of it from question to judged answer."""

from __future__ import annotations

from pathlib import Path

from evals.answers.stored import StoredAnswer
from evals.gold.corpus import Corpus
from evals.gold.questions import GoldQuestion
from evals.gold.suites import read_suite
from evals.reporting.run_report import Reported, judge_directory
from evals.runs.asking import ask_all
from evals.systems.base import SystemUnderTest


class Answering:
    """Says the same to everything; a question in ``stops`` interrupts the run, one in ``breaks`` crashes."""

    concurrent = True

    def __init__(self, text: str, stops: str = "", breaks: str = "") -> None:
        self.name, self.asked = "scripted", list[str]()
        self.corpus: Corpus = {}
        self._text, self._stops, self._breaks = text, stops, breaks

    def answer(self, question: GoldQuestion) -> StoredAnswer:
        self.asked.append(question.id)
        if question.id == self._stops:
            raise KeyboardInterrupt
        if question.id == self._breaks:
            raise RuntimeError("no <answer>")
        return StoredAnswer(question.id, "answered", self._text)

    def describe(self) -> dict[str, str]:
        return {"kind": "scripted"}


def run(system: SystemUnderTest, suite: Path, out: Path, workers: int = 1) -> Reported:
    ask_all(lambda: system, read_suite([suite]), out, [suite], workers=workers)
    return judge_directory(out)
