"""What is said behind the name of one laboratory test: its value, its limits and the report's word on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.staging.findings import Measurement, Verdict
from assistant.staging.reading.chosen_values import chosen_numbers, taken_again, void, without_doses
from assistant.staging.reading.lexicon import Name, lexicon
from assistant.staging.reading.lines import SOFT, Line
from assistant.staging.reading.reference_limits import read_bare_limit, read_limits
from assistant.staging.reading.types import Mention
from assistant.staging.reading.values import Number, numbers
from assistant.staging.reading.verdicts import read_verdict

_SOFT = re.compile(rf"[,{SOFT}]")


def single(line: Line, name: Name, start: int, tail: str, turn: int) -> Iterator[Mention]:
    """What ``tail``, the text from ``start`` on, says of a test."""
    if void(tail) and (again := taken_again(tail)):
        start, tail = start + again, tail[again:]
    elif void(tail):
        # Also what was given before does not count any more.
        yield Mention(name.what, Measurement(), turn, name.start, name.end, void=True)
        return
    tail = without_doses(tail)
    limits = read_limits(tail)
    chosen = chosen_numbers(name, [n for n in numbers(limits.rest)], limits.rest)
    if not chosen and name.what == "ldh":
        # "LDH flagged normal by the lab at 340 U/L": whose else should a number with this unit be?
        left = [n for n in numbers(limits.rest) if n.unit and limits.rest[slice(*n.unit)].endswith("u/l")]
        chosen = left if len(left) == 1 else chosen
    verdict = verdict_on(line.text, name, limits.rest, tail)
    high = limits.high
    if chosen and high is None and name.what == "ldh":
        bare = read_bare_limit(limits.rest[chosen[0].end :])
        if bare:
            high = bare[0]
            chosen = [n for n in chosen if n is chosen[0] or n.start >= chosen[0].end + bare[1]]
    if not chosen:
        if limits.times is not None and name.what == "ldh":
            # A multiple of the upper limit is a verdict with a figure; equal to the limit is normal.
            span_end = start + limits.end
            told: Verdict = "high" if limits.times > 1 else "normal"
            text = line.typed(name.start, span_end)
            yield Mention(name.what, Measurement(verdict=told, text=text), turn, name.start, span_end)
        elif verdict or (high is not None and name.what == "ldh"):
            span_end = start + (limits.end if high is not None else min(len(tail), 8))
            text = line.typed(name.start, span_end)
            measured = Measurement(low=limits.low, high=high, verdict=verdict, text=text)
            yield Mention(name.what, measured, turn, name.start, span_end)
        return
    for position, number in enumerate(chosen):
        own = verdict if position == 0 else None
        yield value_mention(line, name, number, start, turn, limits.low, high, own)


def verdict_on(text: str, name: Name, rest: str, tail: str) -> Verdict | None:
    """The report's word on a test whose words matter (LDH), from behind the name, or before it in English."""
    if name.what != "ldh":
        return None
    values = lexicon().values
    if values["supposed"].search(text[max(0, name.start - 6) : name.start]):
        # "如果LDH升高呢？" asks for the stage under that condition, not whether it is so.
        rest = values["supposed_end"].sub("", rest)
    pieces = _SOFT.split(rest)
    said = read_verdict(pieces[0])
    for piece in pieces[1:]:
        # "205 U/L, reference range 120-250, which the lab calls high"
        said = said or read_verdict(piece)
    if said == "unsure":
        return None
    before = text[max(0, name.start - 16) : name.start]
    if said == "high" and values["prefix_no"].search(before):
        return "normal"
    if said is None and values["prefix_high"].search(before):
        return "high"
    if said is None and values["prefix_normal"].search(before):
        return "normal"
    return said


def value_mention(
    line: Line,
    name: Name,
    number: Number,
    start: int,
    turn: int,
    low: Decimal | None,
    high: Decimal | None,
    verdict: Verdict | None,
) -> Mention:
    """A number, with its unit and its limits, as a statement about a test."""
    unit = line.typed(start + number.unit[0], start + number.unit[1]) if number.unit else ""
    head = line.text[name.end : start + number.start]
    if not unit and (ahead := lexicon().values["unit"].search(head)) and ahead.group() != "%":
        unit = line.typed(name.end + ahead.start(), name.end + ahead.end())
    first, last = name.start, start + number.end
    if not first < last:
        first, last = start + number.start, start + number.end
    value = number.value
    measured = Measurement(value, unit.strip(), number.relation, low, high, verdict, line.typed(first, last))
    return Mention(name.what, measured, turn, first, last, bad=value is None)
