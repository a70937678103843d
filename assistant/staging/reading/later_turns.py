"""What a turn says without its being read as a value: that treatment has begun, that a value was wrong.

Neither may leave a stage standing: the first gives values their time point, the second leads to a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.staging.findings import LesionResult, Measurement
from assistant.staging.reading.context import Context, no_error
from assistant.staging.reading.lexicon import Name, lexicon
from assistant.staging.reading.lines import SOFT, Line
from assistant.staging.reading.reference_limits import read_limits
from assistant.staging.reading.types import Mention
from assistant.staging.reading.values import numbers

_LABS = frozenset({"b2m", "albumin", "ldh"})
_FISH = frozenset({"fish", "lesion", "risk", "standard"})
_PART = re.compile(rf"[,;。!?{SOFT}]|\.(?=\s|$)")
_STOP = re.compile(r"[;。!?]|\.(?=\s|$)")
_COURSE = re.compile(
    r"→|->|[降升变减增][至到为]|从.{0,12}[到至]|(?<!刚)复查|(?<!之)前后|上次|这次|(?<![a-z])(?:fell|rose|from|then|repeat\w*|later)(?![a-z])"
)
_NEAR = 60  # characters behind the name of a test in which a value of it may stand


def story(line: Line, context: Context, mentions: list[Mention], before: str) -> str:
    """The time point that a turn leaves for values of later turns: "我爸做完4个疗程了"."""
    labels = {mark.label for mark in context.phases}
    if context.new_patient:
        before = ""
    if not labels or (not mentions and _asked_about(line.text, context.phases[-1].start)):
        return before
    if "diagnosis" in labels or any(m.phase not in ("after", "relapse") for m in mentions):
        return ""
    return context.phases[-1].label


def _asked_about(text: str, at: int) -> bool:
    """Whether what stands at a place is asked, not told: "复发了吗?", but not "复发了，能重新分期吗?"."""
    start = max((m.end() for m in _PART.finditer(text, 0, at)), default=0)
    end = _PART.search(text, at)
    return lexicon().context["asking"].search(text[start : end.end() if end else len(text)]) is not None


def under(mentions: list[Mention], context: Context, told: str) -> list[Mention]:
    """Mentions of a turn with the time point that the turn, or a turn before it, tells elsewhere.

    "B2M 2.0 mg/L，白蛋白43 g/L。患者已达VGPR": nothing says that these are values at diagnosis.
    """
    labels = {mark.label for mark in context.phases}
    late = context.phases[-1].label if labels and "diagnosis" not in labels else "" if labels else told
    if not late:
        return mentions
    dated = any(m.phase for m in mentions)
    return [m if m.phase or (m.date and dated) else replace(m, phase=late) for m in mentions]


def unread(
    line: Line, names: list[Name], turn: int, found: list[Mention], earlier: list[Mention]
) -> Iterator[Mention]:
    """Statements about findings already given that were not understood, to be asked about."""
    if not earlier:
        return
    words = lexicon().context
    wrong = words["wrong"].search(no_error(line.text)) is not None
    given = {m.finding for m in earlier}
    for name in names:
        if name.kind != "lab" or name.what not in _LABS & given:
            continue
        if any(_says(m) for m in found if m.finding == name.what):
            continue
        following = [n.start for n in names if n.start >= name.end]
        tail = line.text[name.end : min([*following, name.end + _NEAR])]
        stop = _STOP.search(tail)
        tail = tail[: stop.start() if stop else len(tail)]
        part = re.split(rf"[,;。!?{SOFT}]", line.text[: name.start])[-1] + tail
        if words["wrong"].search(no_error(part)) or _tells(tail, name.what):
            yield _asked(line, name.what, turn, name.start, name.end + len(tail))
            wrong = False
    if not any(_says(m) for m in found) and (again := _named_by_figure(line, earlier)):
        yield _asked(line, again, turn, 0, len(line.text))
    elif wrong and not any(_says(m) for m in found) and words["of_data"].search(line.text):
        # "5.8那个不对，3.8才是": which value is meant, only the writer knows.
        named = [n.what for n in names if n.kind == "lab" and n.what in _LABS]
        named += ["fish" for n in names if n.kind in _FISH]
        known = [what for what in named or [earlier[-1].finding] if what in given]
        if known:
            yield _asked(line, known[0], turn, 0, len(line.text))


def replacing(line: Line, context: Context, here: list[Mention], earlier: list[Mention]) -> list[Mention]:
    """Mentions of a later turn, with those that take the place of an earlier value so marked.

    A word of correction may stand behind the value ("B2M以2.1 mg/L为准"), and an earlier figure that is
    named beside the new one is given up by it ("B2M 2.1 mg/L, not 6.1"), unless they tell a course.
    """
    figures = {n.value for n in numbers(line.text) if n.value is not None}
    course = bool(context.phases) or _COURSE.search(line.text) is not None
    marked = []
    for mention in here:
        said = mention.payload
        alone = sum(m.finding == mention.finding for m in here) == 1
        if alone and not mention.corrects and isinstance(said, Measurement) and said.value is not None:
            before = [m.payload for m in earlier if m.finding == mention.finding]
            old = {b.value for b in before if isinstance(b, Measurement)} - {said.value, None}
            own_unit = bool(said.unit) and said.unit in said.text
            named = own_unit and bool(old & figures) and not course
            if old and (named or (context.corrects is not None and not course)):
                mention = replace(mention, corrects=True)
        elif isinstance(said, LesionResult) and context.corrects is not None and not course and earlier:
            mention = replace(mention, corrects=True)
        marked.append(mention)
    return [m for m in marked if not (m.bad and m.corrects and earlier and _given_anew(m, marked))]


def _given_anew(mention: Mention, here: list[Mention]) -> bool:
    """Whether a lesion is read plainly behind a statement on it that was not understood.

    "That t(4;14) belonged to a different sample; ours is negative for t(4;14)."
    """
    said = mention.payload
    later = [m for m in here if m.start > mention.start and not m.bad]
    return isinstance(said, LesionResult) and any(
        isinstance(m.payload, LesionResult) and m.payload.lesion == said.lesion for m in later
    )


def _named_by_figure(line: Line, earlier: list[Mention]) -> str:
    """The test whose value is set against another figure: "不是2.8，是5.8"."""
    figures = {n.value for n in numbers(line.text) if n.value is not None}
    for mention in earlier:
        said = mention.payload
        if isinstance(said, Measurement) and said.value in figures and len(figures) > 1:
            return mention.finding
    return ""


def disowned(line: Line, names: list[Name], found: list[Mention], earlier: list[Mention]) -> list[Mention]:
    """Earlier statements without those of a FISH report that was another patient's, once his own is given."""
    own = [m for m in found if m.finding == "fish"]
    for name in names:
        if name.kind != "fish":
            continue
        starts = [m.end() for m in _STOP.finditer(line.text, 0, name.start)]
        stop = _STOP.search(line.text, name.end)
        first, last = (starts[-1] if starts else 0), (stop.start() if stop else len(line.text))
        said = lexicon().context["not_own"].search(line.text, first, last)
        if said and any(m.start >= said.end() for m in own):
            return [m for m in earlier if m.finding != "fish"]
    return earlier


def _says(mention: Mention) -> bool:
    said = mention.payload
    if not isinstance(said, Measurement) or mention.void or mention.bad:
        return True
    return said.value is not None or said.verdict is not None or bool(said.unit)


def _tells(tail: str, finding: str) -> bool:
    """Whether a figure, or for LDH a verdict, stands behind the name of a test."""
    if any(n.value is not None for n in numbers(read_limits(tail).rest)):
        return True
    values = lexicon().values
    return finding == "ldh" and any(values[key].search(tail) for key in ("high", "not_high", "normal"))


def _asked(line: Line, finding: str, turn: int, start: int, end: int) -> Mention:
    text = line.typed(start, end).strip()
    return Mention(finding, Measurement(text=text), turn, start, end, bad=True)
