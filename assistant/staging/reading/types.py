"""What the reader of clinical prose hands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.staging.findings import Findings, Fish, IssStage, LesionResult, Measurement

ProblemKind = Literal["no unit", "conflict", "patient", "date", "unreadable"]


@dataclass(frozen=True, slots=True)
class Span:
    """Where something was read: ``turns[turn][start:end] == text``; ``finding`` as in ``Findings``."""

    finding: str
    turn: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to ask the user before anything is staged; ``texts`` are the user's own words."""

    kind: ProblemKind
    finding: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read in a conversation.

    ``stated_iss`` is an ISS stage that the user gives ("ISS III期，LDH正常"), not one worked out here.
    ``dates_left_out``: values after treatment were given too and were not used. ``cut``: a turn was too
    long to be read to its end, so that nothing should be staged from it.
    """

    findings: Findings
    problems: tuple[Problem, ...] = ()
    spans: tuple[Span, ...] = ()
    stated_iss: IssStage | None = None
    dates_left_out: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """One statement, before statements are put together.

    ``payload``: a value, a FISH result, a verdict on the whole panel, or a word ("present", "II").
    ``bad``: the number is there and cannot be read. ``corrects``: it replaces what was said before;
    ``void``: it takes that back and gives nothing for it. ``outdated``: said to be of an earlier time.
    """

    finding: str
    payload: Measurement | LesionResult | Fish | str
    turn: int
    start: int
    end: int
    patient: str = ""
    phase: str = ""
    date: str = ""
    corrects: bool = False
    bad: bool = False
    void: bool = False
    outdated: bool = False
