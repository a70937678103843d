"""Read findings out of clinical prose, Chinese or English, over the turns of a conversation.

Deterministic, and shy: a number without a name, a test that only looks alike, a lesion that somebody wants
excluded are not read. Values of several turns add up; a correction replaces; what belongs to several
patients or dates, or contradicts itself, becomes a conflict that stops the tools.

    >>> reading = read_findings(["B2M 5.6 mg/L，白蛋白 32 g/L", "LDH 310（120-250），17p缺失阴性"])
    >>> reading.findings.b2m.value, reading.findings.ldh.high, reading.findings.fish.results[0].state
    (Decimal('5.6'), Decimal('250'), 'absent')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import cast

from assistant.staging.findings import (
    Conflict,
    Findings,
    Fish,
    IssStage,
    LesionResult,
    Measurement,
    State,
    TimePoint,
)
from assistant.staging.reading.chosen_patient import narrowed
from assistant.staging.reading.context import placed, pressed, read_context, told_later
from assistant.staging.reading.distrust import doubted
from assistant.staging.reading.fish.report import fish_mentions
from assistant.staging.reading.laboratory import lab_mentions
from assistant.staging.reading.later_turns import disowned, replacing, story, under, unread
from assistant.staging.reading.lexicon import find_names
from assistant.staging.reading.lines import LIMIT, Line, prepare
from assistant.staging.reading.merge import awaited, before_treatment, merge_fish, merge_values, one_patient
from assistant.staging.reading.orphans import orphans, unnamed
from assistant.staging.reading.outdated import current, marked
from assistant.staging.reading.residue import residue
from assistant.staging.reading.stated import read_disease, read_iss
from assistant.staging.reading.types import Mention, Problem, Reading, Span
from assistant.staging.stated_iss import values_against

_PHASES: dict[str, TimePoint] = {"after": "after treatment", "relapse": "relapse", "diagnosis": "diagnosis"}


def read_findings(turns: Sequence[str]) -> Reading:
    """Everything that the user's turns, oldest first, say about one patient."""
    return _read(tuple(turns))


@lru_cache(maxsize=8)  # a conversation is read several times on the way to one answer
def _read(turns: tuple[str, ...]) -> Reading:
    lines = [prepare(turn) for turn in turns]
    mentions: list[Mention] = []
    stated: list[Mention] = []
    told = ""  # the time point that earlier turns leave for values to come
    for turn, line in enumerate(lines):
        names = find_names(line.text)
        found = [replace(m, turn=turn) for m in statements(turns[turn])]
        found += orphans(line, names, turn, [*mentions, *found])
        found += unnamed(line, names, turn, [*mentions, *found])
        found = [m for m in found if not pressed(line, m)]
        found = sorted(marked(line, found), key=lambda m: (m.start, m.end))
        context = read_context(line, found)
        if context.new_patient and turn:
            mentions, stated = [], []
        if not found:
            mentions = told_later(line, mentions)
        mentions = disowned(line, names, found, mentions)
        missed = list(unread(line, names, turn, found, mentions))
        missed = missed or list(doubted(line, names, turn, found, mentions))
        missed = missed or list(residue(line, turn, names, found, mentions))
        here = replacing(line, context, placed(found, context), mentions)
        told = story(line, context, here, told)
        mentions += [*under(here, context, told), *missed]
        stated += placed(read_iss(line, turn), context)
    return _reading(lines, mentions, stated)


@lru_cache(maxsize=16)  # read once to tell what is asked, and again for the findings
def statements(message: str) -> tuple[Mention, ...]:
    """What a message by itself says of laboratory tests and FISH, as statements of turn 0."""
    line = prepare(message)
    names = find_names(line.text)
    return (*lab_mentions(line, names, 0), *fish_mentions(line, names, 0))


def _reading(lines: list[Line], mentions: list[Mention], stated: list[Mention]) -> Reading:
    spans = tuple(_span(lines[m.turn], m) for m in [*mentions, *stated])
    mentions = narrowed(lines, mentions)
    silent = all(m.turn < len(lines) - 1 for m in mentions)
    mentions, mixed = one_patient(mentions, lines[-1].text if lines and silent else "")
    problems = [mixed] if mixed else []
    mentions, left_out = before_treatment(current(mentions))
    values: dict[str, Measurement] = {}
    for finding in dict.fromkeys(m.finding for m in mentions if isinstance(m.payload, Measurement)):
        value, problem = merge_values(finding, [m for m in mentions if m.finding == finding])
        if problem:
            problems.append(problem)
        elif value is not None:
            values[finding] = value
            if value.value is not None and not value.unit and finding in ("b2m", "albumin"):
                problems.append(Problem("no unit", finding, (value.text,)))
    fish, problem = merge_fish([m for m in mentions if isinstance(m.payload, Fish | LesionResult)])
    if problem:
        problems.append(problem)
    iss = cast("IssStage | None", stated[-1].payload if stated else None)
    mutation = [m.payload for m in mentions if m.finding == "tp53_mutation"]
    if problem := _against_iss(iss, stated, values):
        problems.append(problem)
    conflicts = tuple(Conflict(p.finding, p.texts) for p in problems if p.kind != "no unit")
    findings = Findings(
        fish=fish,
        tp53_mutation=cast(State, mutation[-1]) if mutation else "unknown",
        disease=read_disease(lines),
        time_point=_time_point(mentions),
        conflicts=conflicts,
    )
    # The checker cannot see that the keys of ``values`` are the names of fields that hold measurements.
    findings = replace(findings, **values)  # type: ignore[arg-type]
    cut = any(len(line.raw) > LIMIT for line in lines)
    return Reading(findings, tuple(problems), spans, iss, left_out, cut)


def _span(line: Line, mention: Mention) -> Span:
    start, end = line.span(mention.start, mention.end)
    return Span(mention.finding, mention.turn, start, end, line.raw[start:end])


def _against_iss(
    iss: IssStage | None, stated: list[Mention], values: dict[str, Measurement]
) -> Problem | None:
    """A stated ISS stage that changed without a correction, or that the values given rule out."""
    if iss is None:
        return None
    if len({m.payload for m in stated}) > 1 and not stated[-1].corrects:
        return Problem("conflict", "b2m", tuple(f"ISS {m.payload}" for m in stated))
    own = Findings(b2m=values.get("b2m"), albumin=values.get("albumin"))
    against = values_against(own, iss)
    return Problem("conflict", "b2m", (f"ISS {iss}", *(v.text for v in against))) if against else None


def _time_point(mentions: list[Mention]) -> TimePoint | None:
    """When the values that are used were taken; the latest time point decides whether a tool applies."""
    values = [m for m in mentions if isinstance(m.payload, Measurement | Fish | LesionResult)]
    # That a result is awaited was told when it was asked about, not when the values were taken.
    phases = [m.phase for m in values if not awaited(m)] or [m.phase for m in values]
    for phase in ("relapse", "after", "diagnosis"):
        if phase in phases:
            return _PHASES[phase]
    return None
