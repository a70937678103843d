"""Which of the numbers behind the name of a test are its values."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.staging.reading.lexicon import Name, lexicon, only_filler
from assistant.staging.reading.lines import SOFT
from assistant.staging.reading.reference_limits import read_bare_limit
from assistant.staging.reading.values import Number, numbers
from assistant.staging.units import unit_tables

_SOFT = re.compile(rf"[,{SOFT}]")
# "β2-MG 3.1mg/L（上次6.1）": a second value, in the unit of the first.
_EARLIER = re.compile(
    r"(?:上次|前次|此前|之前|前一次|原先|外院|入院时|(?<![a-z])(?:previous(?:ly)?|prior|last time|earlier))"
    r"\s?(?:为|是|:|was|查|的)*\s?$"
)
_GAP = 18  # characters between a name and its value, fillers such as "的检测结果为"


def without_limit(found: list[Number], tail: str) -> list[Number]:
    """Numbers that are no bare limit of the one before."""
    kept: list[Number] = []
    for number in found:
        bare = read_bare_limit(tail[kept[-1].end :]) if kept else None
        if bare and kept and number.start < kept[-1].end + bare[1]:
            continue
        kept.append(number)
    return kept


def chosen_numbers(name: Name, found: list[Number], text: str) -> list[Number]:
    """The numbers that are values of this test: the first one, and further ones that rival it."""
    kept: list[Number] = []
    values = lexicon().values
    for number in found:
        before = text[kept[-1].end if kept else 0 : number.start]
        commas = len(_SOFT.findall(before))
        own_unit = number.unit is not None and _fits(name.what, text[slice(*number.unit)])
        if number.unit is not None and not own_unit and text[slice(*number.unit)] in ("%", "ml/min"):
            continue
        if not kept:
            # "LDH正常值120-250，他是310": behind its range a value needs no unit.
            behind_range = name.what == "ldh" and "\x00" in before and len(before.rpartition("\x00")[2]) < 8
            if len(before.rpartition("\x00")[2]) > _GAP or commas > 1:
                break
            if commas and not (own_unit or behind_range or _moved(before)):
                break
            if values["limit_word"].search(before):
                break
            # "β2-MG未出，D-二聚体 5.6 mg/L": behind other words the number is not of this test.
            if not only_filler(before, 0 if commas else 3) or _elsewhere(text, before, number):
                break
        elif not _rivals(name, number, before, text):
            continue
        kept.append(number)
    stated = [n for n in kept if not n.negated]
    moved = [i for i, n in enumerate(stated) if i and _moved(text[stated[i - 1].end : n.start])]
    if moved:
        # "5.6应为3.2 mg/L": what follows the correction stands, in the unit that either has.
        first = stated[0]
        stated = [n if n.unit else replace(n, unit=first.unit) for n in stated[moved[-1] :]]
    if stated and len(kept) > len(stated) and stated[0].unit is None:
        stated[0] = replace(stated[0], unit=next((n.unit for n in kept if n.unit), None))
    return stated


def _rivals(name: Name, number: Number, before: str, text: str) -> bool:
    """Whether a further number is a second value of the test.

    "38 g/L（外院 33 g/L）" gives two, "38 g/L | GLO 53 g/L" one.
    """
    if number.trend or (_moved(before) and len(before) < _GAP):
        return True
    if number.unit is None and _EARLIER.search(before):
        return True
    table = unit_tables().get(name.what)
    if number.unit is None or table is None or table.to_base(text[slice(*number.unit)]) is None:
        return False
    if name.what == "b2m" and text[slice(*number.unit)].startswith(("g/", "克")):
        return False  # behind B2M a value in g/L is albumin, whatever its name
    values = lexicon().values
    foreign = values["foreign"].search(before)
    if foreign is None or values["second"].search(foreign.group()):
        return True
    return foreign.group("latin") is not None and only_filler(foreign.group("latin"))


def _elsewhere(text: str, before: str, number: Number) -> bool:
    """Whether a value is of urine or another fluid, said before it or right behind it."""
    elsewhere = lexicon().values["elsewhere"]
    behind = re.match(r"\s?(?:\([^()]{0,12}\)|[^,;¦。]{0,3}|\s?in [^,;¦.]{0,10})", text[number.end :])
    return elsewhere.search(before) is not None or bool(behind and elsewhere.search(behind.group()))


def without_doses(text: str) -> str:
    """A text without the doses of a drug in it (same length): "人血白蛋白10g静滴" is no albumin value."""
    values = lexicon().values
    pieces = re.split(rf"([,{SOFT}])", text)
    return "".join(
        values["dosed"].sub(_blank, piece) if values["dose"].search(piece) else piece for piece in pieces
    )


def _blank(match: re.Match[str]) -> str:
    return "\x01" * len(match.group())


def taken_again(text: str) -> int:
    """Where the value of a second sample starts behind one that does not count; 0 if there is none.

    "那管溶血作废，重抽结果198U/L"
    """
    match = lexicon().values["again"].search(text)
    return match.end() if match and any(n.unit for n in numbers(text[match.end() :])) else 0


def void(text: str) -> bool:
    """Whether the result itself is said not to count, in the words right behind the name."""
    first, *later = _SOFT.split(text)
    said = len(first)
    for piece in later:
        if re.search(r"\d", piece) and not piece.startswith(("结果", "作废", "result")):
            break
        said += 1 + len(piece)
    match = lexicon().values["void"].search(text)
    return match is not None and match.start() < said


def _moved(text: str) -> bool:
    return lexicon().context["correction"].search(text) is not None


def _fits(field: str, unit: str) -> bool:
    if field == "marrow_plasma_cells":
        return unit == "%"
    return "/" in unit or "每" in unit or "l-1" in unit or "l^-1" in unit or unit in ("g%", "mg%")
