"""A message that asks for a patient's stage, answered by the deterministic tool.

The stage, its criteria and what is missing come from ``assistant.staging`` alone; the source adds its
own staging table, quoted and cited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.evidence import weigh
from assistant.messages import message
from assistant.presentation import Presented, escape, present
from assistant.question import analyse
from assistant.selection import select
from assistant.staging.durie_salmon import durie_salmon
from assistant.staging.findings import Findings, Measurement
from assistant.staging.iss import System
from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.durie_salmon import FIELDS, durie_salmon_findings
from assistant.staging.reading.request import StagingRequest, asks_for_staging
from assistant.staging.reading.stage import arguments_of, measurement_text, stage_reading
from assistant.staging.reading.types import Problem, Reading
from assistant.staging.result import StagingResult
from assistant.staging_text import outcomes, told
from assistant.types import Audience, Language, Status, ToolCall
from index import Index

# The message that asks about each kind of problem of a reading.
_QUESTIONS = {
    "no unit": "stage_no_unit",
    "conflict": "stage_conflict",
    "patient": "stage_which_patient",
    "date": "stage_date",
    "unreadable": "stage_unreadable",
}
_ASKS_WHICH = re.compile(r"几期|哪一?期|(?:what|which)\b.{0,16}\bstage", re.IGNORECASE)
_BESIDE = frozenset({"staging", "time", "general", "population", "comparison", "frequency"})
_DEFAULT: tuple[System, ...] = ("r-iss",)


@dataclass(frozen=True, slots=True)
class StagingAnswer:
    """What the tool said, as text, with the calls behind it."""

    status: Status
    text: str
    calls: tuple[ToolCall, ...]
    quoted: Presented


def answer_staging(
    index: Index, question: str, earlier: Sequence[str], language: Language, audience: Audience
) -> StagingAnswer | None:
    """The tool's answer; None when the message does not ask for a stage."""
    request = asks_for_staging(question, earlier)
    if not request.systems and (findings := durie_salmon_findings([*earlier, question])):
        return _durie_salmon(findings, language, audience)
    if not request:
        return None
    reading = read_findings([*earlier, question])
    if not _has_values(reading, question, request):
        return None  # a question about staging, however much it sounds like one about a patient
    problems = [_ask(problem, language) for problem in reading.problems]
    if reading.cut:
        problems.append(message(language, "stage_cut"))
    systems = request.systems or _DEFAULT
    results = [stage_reading(reading, system) for system in systems]
    calls = tuple(
        _call(reading, system, result, language) for system, result in zip(systems, results, strict=True)
    )
    if problems:
        return StagingAnswer("clarify", "\n\n".join(problems), calls, _NOTHING)
    quoted = _table_of_the_source(index, results[0].name, language, audience)
    parts = [told(result, language, audience) for result in results]
    if request.outcomes:
        parts += [text for result in results if (text := outcomes(result, language))]
    if reading.dates_left_out:
        parts.insert(0, message(language, "stage_left_out"))
    if quoted.text:
        parts.append(message(language, "stage_source") + "\n\n" + quoted.text)
    return StagingAnswer(_status(results), "\n\n".join(parts), calls, quoted)


def _durie_salmon(findings: Findings, language: Language, audience: Audience) -> StagingAnswer:
    """The stage by Durie-Salmon, or what the system needs for one."""
    result = durie_salmon(findings)
    arguments = {name: getattr(findings, name) for name in FIELDS}
    given = {
        name: measurement_text(value) if isinstance(value, Measurement) else value
        for name, value in arguments.items()
        if value is not None
    }
    call = ToolCall("stage_durie_salmon", given, result.to_record(language))
    return StagingAnswer(_status([result]), told(result, language, audience), (call,), _NOTHING)


def stage_wanted(asked: str, message: str) -> bool:
    """Whether what a message asks is a stage; ``asked`` is its question where it is a long one.

    A pasted chapter has values and limits of its own, of nobody: there the question has to be for a
    stage and to name nothing else.
    """
    if asked == message:
        return True
    named = [u for u in analyse(asked).units if u.is_concept and u.category not in _BESIDE]
    return not named and bool(asks_for_staging(asked, [message]))


def _has_values(reading: Reading, question: str, request: StagingRequest) -> bool:
    """Whether the conversation gives results to stage, or an ISS stage and asks for another one."""
    found = reading.findings
    if any(value is not None for value in (found.b2m, found.albumin, found.ldh)) or reading.problems:
        return True
    if found.fish is not None:
        return bool(request.systems) or bool(_ASKS_WHICH.search(question))
    return reading.stated_iss is not None and any(system != "iss" for system in request.systems)


_NOTHING = Presented("", (), (), (), ())


def _status(results: Sequence[StagingResult]) -> Status:
    if not any(r.applicable for r in results):
        return "answered"  # that no system applies is the answer; nothing is asked back
    if any(r.problems for r in results) or not any(r.possible for r in results):
        return "clarify"
    return "answered" if all(r.stage for r in results) else "partial"


def _ask(problem: Problem, language: Language) -> str:
    texts = ("、" if language == "zh" else ", ").join(f"“{t}”" for t in problem.texts)
    key = _QUESTIONS[problem.kind]
    return escape(message(language, key, texts=texts))


def _call(reading: Reading, system: System, result: StagingResult, language: Language) -> ToolCall:
    return ToolCall("stage_myeloma", arguments_of(reading, system), result.to_record(language))


@lru_cache(maxsize=8)  # the same for every patient
def _table_of_the_source(index: Index, system: str, language: Language, audience: Audience) -> Presented:
    """The staging table of the source for the system, if it has one."""
    asked = f"{system} 分期标准" if language == "zh" else f"{system} staging criteria"
    question = analyse(asked, language)
    tables = tuple(g for g in select(index, weigh(index, question)) if g.kind == "table")
    return present(tables[:1], question, audience) if tables else _NOTHING
