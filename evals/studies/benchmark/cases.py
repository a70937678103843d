"""Asking a system every gold question, and what came of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evals.gold.questions import GoldQuestion, load_files
from evals.studies.benchmark.responders import Response, System
from evals.studies.benchmark.scoring import Outcome, score

Slice = Literal["clinician zh", "patient zh", "English", "unanswerable", "look-alikes"]
SLICES: tuple[Slice, ...] = ("clinician zh", "patient zh", "English", "unanswerable", "look-alikes")
_REFUSALS = frozenset({"not_in_source", "out_of_scope"})
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A gold question and the slice of the report that it belongs to."""

    question: GoldQuestion
    slice: Slice

    @property
    def answerable(self) -> bool:
        """Whether refusing is wrong. Facts are not asked for: some gold only tests the refusal."""
        return self.slice != "unanswerable"


@dataclass(frozen=True, slots=True)
class Case:
    """One question put to one system.

    A failure has its ``error``, an empty text and a status that is never right: a miss everywhere.
    """

    asked: Asked
    outcome: Outcome
    text: str
    latency_ms: float
    error: str = ""

    @property
    def abstained(self) -> bool:
        return self.outcome.abstained

    @property
    def facts(self) -> float | None:
        """Share of the gold facts; 0 for a refusal or failure, None where the gold has none."""
        if not self.outcome.facts:
            return None
        # A refusal may name a fact by accident (the nearest section's title); it has not said it.
        told = 0 if self.abstained else self.outcome.facts_found
        return told / self.outcome.facts

    @property
    def section(self) -> bool | None:
        """Whether a right section is cited; None where the gold names none."""
        if self.outcome.section is None:
            return None
        return self.outcome.section and not self.abstained

    @property
    def recognised(self) -> bool | None:
        """Whether an unanswerable question was taken for one; None for an answerable one."""
        if self.asked.answerable:
            return None
        return self.outcome.status_right

    @property
    def refused(self) -> bool | None:
        """Whether an answerable question was refused; None for an unanswerable one."""
        return self.abstained if self.asked.answerable else None


def read_questions(paths: Sequence[Path], split: str = "all") -> list[Asked]:
    """The questions of gold files, those of one split or all.

    Raises:
        BadGold: a line cannot be used, or two files share an id.
    """
    return [Asked(question, slice_of(question, path.stem)) for path, question in load_files(paths, split)]


def slice_of(question: GoldQuestion, file: str) -> Slice:
    """The slice of a question from the gold file of that name.

    Files about abstention also hold answerable questions that look just like the others; a system
    that refuses too readily is found out there.
    """
    if question.status & _REFUSALS:
        return "unanswerable"
    if any(word in file for word in ("unanswerable", "abstention")):
        return "look-alikes"
    if question.language == "en":
        return "English"
    return "patient zh" if question.audience == "patient" else "clinician zh"


def run(system: System, questions: Sequence[Asked], progress: Progress | None = None) -> list[Case]:
    """Ask every question once; what crashes is a case like any other."""
    if questions:
        _case(system, questions[0])  # not counted: it pays for what is loaded on first use
    cases = []
    for done, asked in enumerate(questions, 1):
        cases.append(_case(system, asked))
        if progress:
            progress(system.name, done, len(questions))
    return cases


def _case(system: System, asked: Asked) -> Case:
    response, error = Response("", "failed", ()), ""
    started = time.perf_counter()
    try:
        response = system.respond(asked.question)
    # Whatever a system throws, the other questions are still asked, and the report counts it.
    except Exception as problem:
        error = f"{type(problem).__name__}: {problem}"
    milliseconds = (time.perf_counter() - started) * 1000
    outcome = score(asked.question, response.text, response.status, response.section_paths)
    return Case(asked, outcome, response.text, milliseconds, error)
