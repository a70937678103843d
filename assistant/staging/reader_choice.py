"""Which of the numbers behind the name of a test are its values."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.staging.reader_lexicon import Name, lexicon, only_filler
from assistant.staging.reader_text import SOFT
from assistant.staging.reader_values import Number, read_bare_limit

_SOFT = re.compile(rf"[,{SOFT}]")
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
            # "β2-MG未出，D-二聚体 5.6 mg/L": behind other words the number is not of this test.
            if not only_filler(before, 0 if commas else 3):
                break
        elif not (own_unit or number.trend or (_moved(before) and len(before) < _GAP)):
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


def _moved(text: str) -> bool:
    return lexicon().context["correction"].search(text) is not None


def _fits(field: str, unit: str) -> bool:
    if field == "marrow_plasma_cells":
        return unit == "%"
    return "/" in unit or "每" in unit or "l-1" in unit or "l^-1" in unit or unit in ("g%", "mg%")
