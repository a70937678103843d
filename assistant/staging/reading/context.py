"""Whose values these are and when they were taken: patients, dates, treatment, corrections."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.staging.reading.lexicon import lexicon
from assistant.staging.reading.lines import SOFT, Line
from assistant.staging.reading.treatment import begun
from assistant.staging.reading.types import Mention

_PART = re.compile(rf"[,;。!{SOFT}]|\.(?=\s|$)")
_FOLLOWED = re.compile(r"\s?(?:\)|and |but |vs|versus|then |→|->)")
_ORDINAL = {
    "甲": "1",
    "a": "1",
    "一": "1",
    "first": "1",
    "乙": "2",
    "b": "2",
    "二": "2",
    "second": "2",
    "丙": "3",
    "c": "3",
    "三": "3",
    "third": "3",
    "丁": "4",
    "d": "4",
    "四": "4",
}
_PHASES = {
    "diagnosis": "diagnosis",
    "after": "after",
    "treated": "after",
    "response": "after",
    "lines": "after",
    "ongoing": "after",
    "relapse": "relapse",
}
_PLAN = 24  # characters before a treatment in which it is said to be planned
_REMARK = 80  # characters: a longer turn without values tells a story, not when they were taken
_WHO = re.compile(
    r"患者|病人|病例|\b(?:patient|case|subject|pt|no|the|bed|room)\b\.?"
    r"|第|个|位|名|例|号|床|#|\s"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A label from ``start`` on, until the next one of its kind."""

    label: str
    start: int


@dataclass(frozen=True, slots=True)
class Context:
    """The marks of a turn. ``corrects``: where a correction starts, if there is one."""

    patients: tuple[Mark, ...]
    phases: tuple[Mark, ...]
    dates: tuple[Mark, ...]
    corrects: int | None
    new_patient: bool


def read_context(line: Line, mentions: list[Mention]) -> Context:
    """The marks of a turn; ``mentions`` tell whether a mark stands before its values or behind them."""
    words = lexicon().context
    text = line.text
    ends = sorted({m.end for m in mentions})
    found = [m for m in words["patient"].finditer(text) if not _owner(text, m)]
    patients = [Mark(who(m.group()), m.start()) for m in found]
    patients += [Mark(m.group(), m.start()) for m in words["kin"].finditer(text)]
    stages = [(m, label) for key, label in _PHASES.items() for m in words[key].finditer(text)]
    stages = [(m, label) for m, label in stages if not _denied(text, m)]
    stages += [(m, "after") for m in begun(text)]
    phases = _placed(text, stages, ends)
    days = [m for key in ("date", "visit") for m in words[key].finditer(text)]
    # "FISH今天出了" dates the report, not the sample.
    days = [m for m in days if not words["reported"].match(text, m.end())]
    dates = _placed(text, [(m, m.group().strip()) for m in days], ends)
    correction = words["correction"].search(no_error(text))
    return Context(
        tuple(sorted(patients, key=lambda m: m.start)),
        phases,
        dates,
        correction.start() if correction else None,
        words["new_patient"].search(text) is not None,
    )


def _owner(text: str, match: re.Match[str]) -> bool:
    """Whether a patient is only said to be the one whom a wrong report is of: "那张FISH是12床的。"."""
    behind = re.match(r"的\s?(?:[,;。¦.!]|$)", text[match.end() :])
    return behind is not None and text[: match.start()].endswith(("是", "属于", "为"))


def no_error(text: str) -> str:
    """A text without the words that deny an error (same length): "没写错"."""
    return lexicon().context["not_wrong"].sub(lambda m: "\x01" * len(m.group()), text)


def who(label: str) -> str:
    """A patient's label without the words around it: "患者甲" and "patient 1" are both "1"."""
    name = _WHO.sub("", label) or label
    return _ORDINAL.get(name, name)


def _placed(text: str, found: list[tuple[re.Match[str], str]], ends: list[int]) -> tuple[Mark, ...]:
    """Marks in order. A mark counts from where it stands, or for what it follows: "6.1 mg/L at diagnosis".

    It follows its values when none comes after it in its part of the sentence, or when the part goes on
    with "and": "6.1 mg/L at diagnosis and 2.2 mg/L after 4 cycles".
    """
    marks: list[Mark] = []
    reached = 0  # where the last mark ends: a later one in the same part never reaches over it
    for match, label in sorted(found, key=lambda f: f[0].start()):
        starts = [m.end() for m in _PART.finditer(text, 0, match.start())]
        stop = _PART.search(text, match.end())
        first, last = (starts[-1] if starts else 0), (stop.start() if stop else len(text))
        before = [end for end in ends if max(first, reached) < end <= match.start() + 1]
        after = any(match.end() < end <= last for end in ends)
        start = match.start()
        if before and not after:
            start = before[0] - 1 if reached > first else first
        elif before and _FOLLOWED.match(text, match.end()) and not text[before[-1] : start].strip(" ("):
            start = before[-1] - 1
        marks.append(Mark(label, start))
        reached = match.end()
    return tuple(sorted(marks, key=lambda m: m.start))


def _denied(text: str, match: re.Match[str]) -> bool:
    if lexicon().context["not_taken"].match(text, match.end()):
        return True
    if re.search(r"(?:没有?|未|无|不是|非|not|no|never)\s?$", text[: match.start()]):
        return True
    starts = [m.end() for m in _PART.finditer(text, 0, match.start())]
    before = text[starts[-1] if starts else 0 : match.start() + 1]
    late = not lexicon().context["diagnosis"].fullmatch(match.group())
    return late and lexicon().context["planned"].search(before[-_PLAN:]) is not None


def pressed(line: Line, mention: Mention) -> bool:
    """Whether a finding is only to be taken for granted: "Just assume FISH is fine"."""
    words = lexicon().context
    starts = [m.end() for m in _PART.finditer(line.text, 0, mention.start)]
    stop = _PART.search(line.text, mention.end)
    part = line.text[starts[-1] if starts else 0 : stop.start() if stop else len(line.text)]
    if words["asked_if"].search(part):
        return False
    if mention.finding == "fish" and words["claimed"].match(line.text, mention.end):
        return True  # "17p缺失就是III期" is a claim about the rule
    return words["pressed"].search(part) is not None


def told_later(line: Line, mentions: list[Mention]) -> list[Mention]:
    """Earlier statements with the time point that a turn without values gives them: "这些都是移植后查的"."""
    words = lexicon().context
    phases = {mark.label for mark in read_context(line, []).phases}
    of_all = words["those"].search(line.text) is not None
    asks = words["asking"].search(line.text) is not None and not of_all
    mixed = len(phases) > 1 and "diagnosis" in phases
    if not phases or mixed or asks or len(line.text) > _REMARK * (1 + of_all):
        return mentions
    phase = "relapse" if "relapse" in phases else phases.pop()
    return [replace(m, phase=phase) if of_all or not m.phase else m for m in mentions]


def placed(mentions: list[Mention], context: Context) -> list[Mention]:
    """Mentions with the labels that hold where their values stand."""
    found = []
    for mention in mentions:
        at = max(mention.start, mention.end - 1)
        corrects = context.corrects is not None and mention.end > context.corrects
        found.append(
            replace(
                mention,
                patient=_label(context.patients, at),
                phase=_label(context.phases, at),
                date=_label(context.dates, at),
                corrects=corrects,
            )
        )
    return found


def _label(marks: tuple[Mark, ...], at: int) -> str:
    return next((m.label for m in reversed(marks) if m.start <= at), "")
