"""Laboratory values: which number belongs to which name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.staging.findings import Measurement
from assistant.staging.reading.chosen_values import without_limit
from assistant.staging.reading.lexicon import Name, lexicon
from assistant.staging.reading.lines import SOFT, Line
from assistant.staging.reading.one_test import single, value_mention, verdict_on
from assistant.staging.reading.reference_limits import another_limit, read_bare_limit, read_limits
from assistant.staging.reading.types import Mention
from assistant.staging.reading.values import Number, numbers
from assistant.staging.reading.values_ahead import values_ahead
from assistant.staging.reading.verdicts import read_verdict

_HARD = re.compile(r"[;。!]|\.(?=\s|$)(?!\d)")
_SOFT = re.compile(rf"[,{SOFT}]")
_LIMIT_WORD = re.compile(r"上限|高限|参考|正常范围|\b(?:uln|limit|range|reference)\b")
_LIST = re.compile(r"\s*(?:[、/和及与跟&+]|以及|and|or|或)?\s*(?:血清?|serum|the|都|an?)?\s*")
_COMMA_LIST = re.compile(rf"\s*(?:[,{SOFT}]\s*(?:and)?)\s*")


def lab_mentions(line: Line, names: list[Name], turn: int) -> Iterator[Mention]:
    """Every statement about a laboratory test in a turn."""
    text = line.text
    ahead = values_ahead(text, names)
    for first, last in _groups(text, names):
        members = names[first : last + 1]
        labs = [n for n in members if n.kind == "lab"]
        start = members[-1].end
        end = names[last + 1].start if last + 1 < len(names) else len(text)
        if last + 1 < len(names) and names[last + 1].start in ahead:
            end = ahead[names[last + 1].start].start
        if number := ahead.get(names[first].start):
            yield _value_ahead(line, names[first], number, start, text[start:end], turn)
            continue
        hard = _HARD.search(text, start, end)
        tail = text[start : hard.start() if hard else end]
        if hard and hard.group() == ";" and not tail.strip(" :\t") and members[-1].kind == "lab":
            # A table with one cell a line: the value stands in the next line.
            again = _HARD.search(text, hard.end(), end)
            tail = text[start : again.start() if again else end].replace(";", " ", 1)
        elif hard and members[-1].what == "ldh":
            tail += _own_limit(text[hard.end() : end], read_limits(tail).high)
        if len(members) > 1:
            yield from _shared(line, labs, members, start, tail, turn)
        elif labs:
            yield from single(line, labs[0], start, tail, turn)


def _value_ahead(line: Line, name: Name, number: Number, start: int, tail: str, turn: int) -> Mention:
    """A value that stands before its name, with the limits and the verdict behind the name."""
    part = _HARD.split(tail)[0]
    limits = read_limits(part)
    assert number.unit is not None
    measured = Measurement(
        number.value,
        line.typed(*number.unit).strip(),
        number.relation,
        limits.low,
        limits.high,
        verdict_on(line.text, name, limits.rest, part),
        line.typed(number.start, start),
    )
    return Mention(name.what, measured, turn, number.start, start)


def _own_limit(later: str, high: Decimal | None) -> str:
    """The next sentence, where it only tells the limit: "LDH 260 U/L。我们医院的上限是250"."""
    stop = _HARD.search(later)
    sentence = later[: stop.start() if stop else len(later)]
    if another_limit(sentence, high):
        return SOFT + sentence
    if not _LIMIT_WORD.search(sentence) or read_limits(sentence).high is None:
        return ""
    return SOFT + sentence


def _groups(text: str, names: list[Name]) -> Iterator[tuple[int, int]]:
    """Runs of names in a list ("LDH和FISH均正常"), as first and last position."""
    first = 0
    while first < len(names):
        last = first
        while last + 1 < len(names) and _listed(text, names, last):
            last += 1
        yield first, last
        first = last + 1


def _listed(text: str, names: list[Name], at: int) -> bool:
    between = text[names[at].end : names[at + 1].start]
    if names[at + 1].kind == "lesion" or names[at].kind == "lesion":
        return False
    if between.strip() and _LIST.fullmatch(between):
        return True
    if not _COMMA_LIST.fullmatch(between):
        return False
    # A comma makes a list only where the series says so: "B2M，ALB，LDH分别为".
    stop = _HARD.search(text, names[at].end)
    until = stop.start() if stop else len(text)
    return lexicon().values["series"].search(text, names[at].end, until) is not None


def _shared(
    line: Line, labs: list[Name], members: list[Name], start: int, tail: str, turn: int
) -> Iterator[Mention]:
    limits = read_limits(tail)
    found = numbers(tail.replace("、", SOFT) if limits.high is None else limits.rest)
    found = without_limit(found, tail)
    if len(found) == len(members) and len(labs) == len(members):
        edges = [n.start for n in found[1:]] + [len(tail)]
        for name, number, edge in zip(labs, found, edges, strict=True):
            own = read_limits(tail[number.end : edge])
            bare = read_bare_limit(tail[number.end : edge]) if name.what == "ldh" else None
            high = own.high if own.high is not None else bare[0] if bare else None
            yield value_mention(line, name, number, start, turn, own.low, high, None)
        return
    verdict = read_verdict(_SOFT.split(tail)[0])
    if found or verdict is None or verdict == "unsure":
        for name in labs[:-1]:
            yield from single(line, name, name.end, "", turn)
        if labs and labs[-1] is members[-1]:
            yield from single(line, labs[-1], start, tail, turn)
        return
    for name in labs:
        measured = Measurement(verdict=verdict, text=line.typed(name.start, start + len(tail)))
        yield Mention(name.what, measured, turn, name.start, name.end)
