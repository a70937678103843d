"""Values without a name that can only belong to one test: a unit or a limit given later, a correction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.staging.findings import Measurement
from assistant.staging.reading.lexicon import Name, lexicon
from assistant.staging.reading.lines import SOFT, Line
from assistant.staging.reading.reference_limits import read_limits
from assistant.staging.reading.types import Mention
from assistant.staging.reading.values import Number, numbers
from assistant.staging.units import unit_tables

_LIMIT = re.compile(r"上限|正常|参考|范围|\b(?:uln|limit|normal|range|ref)")
_FIELDS = ("b2m", "albumin")
_PART = re.compile(rf"[,;。!?{SOFT}]|\.(?=\s|$)")
_NAMED = re.compile(r"[a-z]{2,}|[素酮醇酯维酶酸胺]")  # the name of another substance


def orphans(line: Line, names: list[Name], turn: int, earlier: list[Mention]) -> Iterator[Mention]:
    """Statements of a turn that lean on earlier ones."""
    here = [m for m in earlier if m.turn == turn]
    if any(n.kind == "lab" for n in names) and here:
        return
    text = line.text
    before = [m for m in earlier if isinstance(m.payload, Measurement)]
    if not before:
        return
    units = list(lexicon().values["unit"].finditer(text))
    found = numbers(text)
    labs = [n.what for n in names if n.kind == "lab"]
    if units and not found:
        # "单位是mg/L": for the values that lack a unit and could have this one.
        for unit in units:
            for field in labs or list(_FIELDS):
                yield from _unit(line, turn, field, unit, before)
        return
    limits = read_limits(text)
    of_ldh = not any(n.kind in ("lab", "other") for n in names) and any(m.finding == "ldh" for m in before)
    if limits.high is not None and of_ldh and _LIMIT.search(text):
        measured = Measurement(low=limits.low, high=limits.high, text=line.raw)
        yield Mention("ldh", measured, turn, 0, limits.end)
        return
    number = _stands(found, names)
    if lexicon().context["correction"].search(text) and number is not None:
        last = before[-1]
        named = labs[0] if labs else None
        only = {m.finding for m in before if m.turn == last.turn}
        owner = named or (last.finding if len(only) == 1 else _by_unit(line, number.unit))
        if owner is not None:
            unit_text = line.typed(*number.unit) if number.unit else ""
            text = line.typed(number.start, number.end)
            measured = Measurement(number.value, unit_text, number.relation, text=text)
            yield Mention(owner, measured, turn, number.start, number.end)
        return
    yield from _rivals(line, names, turn, found, before)


def unnamed(line: Line, names: list[Name], turn: int, given: list[Mention]) -> Iterator[Mention]:
    """A value in nmol/L without a name: of the tests read here only B2M is reported in it."""
    if any(m.finding == "b2m" for m in given):
        return
    found = [n for n in numbers(line.text) if n.unit and line.text[slice(*n.unit)].startswith("nmol")]
    if len(found) != 1 or found[0].value is None:
        return
    number = found[0]
    start = max((m.end() for m in _PART.finditer(line.text, 0, number.start)), default=0)
    if any(start <= n.start < number.start for n in names) or _NAMED.search(line.text[start : number.start]):
        return
    assert number.unit is not None
    text = line.typed(number.start, number.end)
    measured = Measurement(number.value, line.typed(*number.unit), number.relation, text=text)
    yield Mention("b2m", measured, turn, number.start, number.end)


def _stands(found: list[Number], names: list[Name]) -> Number | None:
    """The one number that a correction leaves: "5.8作废，真实结果是4.8 mg/L", "多打了一个0，35.0g/L才对"."""
    if len(found) == 1:
        return found[0] if found[0].value is not None else None
    left = [n for n in found if not n.negated and n.value is not None and n.unit]
    named_late = any(n.kind == "lab" and left and n.start > left[0].start for n in names)
    return left[0] if len(left) == 1 and not named_late else None


def _rivals(
    line: Line, names: list[Name], turn: int, found: list[Number], before: list[Mention]
) -> Iterator[Mention]:
    """A number with a unit and no name, beside a value that differs: "系统里显示的是31.2 g/L"."""
    for number in found:
        owner = _by_unit(line, number.unit)
        if owner is None or number.value is None or any(n.start < number.start for n in names):
            continue
        said = [m.payload for m in before if m.finding == owner and isinstance(m.payload, Measurement)]
        if said and all(s.value != number.value for s in said):
            measured = Measurement(text=line.typed(number.start, number.end))
            yield Mention(owner, measured, turn, number.start, number.end, bad=True)


def _unit(line: Line, turn: int, field: str, unit: re.Match[str], before: list[Mention]) -> Iterator[Mention]:
    lacking = [m for m in before if m.finding == field and isinstance(m.payload, Measurement)]
    if not lacking:
        return
    last = lacking[-1].payload
    typed = line.typed(*unit.span())
    known = unit_tables()[field].to_base(typed)
    if not isinstance(last, Measurement) or last.value is None or last.unit or known is None:
        return
    if (field == "b2m" and known[1] > 100) or (field == "albumin" and known[1] < 1):
        return  # g/L is a unit of albumin, mg/L of B2M, though each table knows the other's spelling
    measured = Measurement(last.value, typed, last.relation, text=f"{last.text} {typed}")
    yield Mention(field, measured, turn, unit.start(), unit.end())


def _by_unit(line: Line, unit: tuple[int, int] | None) -> str | None:
    if unit is None:
        return None
    typed = line.typed(*unit).lower().replace(" ", "")
    return {"mg/l": "b2m", "nmol/l": "b2m", "g/l": "albumin", "g/dl": "albumin", "u/l": "ldh"}.get(typed)
