"""Values that no reading took up: a number with a unit but no name, a name cut to a letter, a missing unit.

While a test has no value, such a number may be its value, so that nothing is settled before it is asked
about. Numbers behind another word belong to another test; those beside a given value are limits or repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.staging.findings import Measurement
from assistant.staging.reading.lexicon import Name, lexicon, only_filler
from assistant.staging.reading.lines import SOFT, Line
from assistant.staging.reading.types import Mention
from assistant.staging.reading.values import Number, numbers
from assistant.staging.units import fold_unit

_OWNERS = {
    "mg/l": "b2m", "ug/ml": "b2m", "nmol/l": "b2m", "ng/ml": "b2m",
    "g/l": "albumin", "g/dl": "albumin",
}
_PART = re.compile(rf"[,;。!?{SOFT}()\[\]]|\.(?=\s|$)")
_STOP = re.compile(r"[;。!?]|\.(?=\s|$)")
_LETTER = re.compile(r"(?:^|[\s,;。¦])(?P<letter>a|b|白)\s?[:=]?\s?$")
_LETTERS = {"a": "albumin", "白": "albumin", "b": "b2m"}
_LACKS_UNIT = re.compile(
    r"单位(?:也|都)?(?:没|未|忘|漏|缺)|(?:没|未|无|缺|忘)(?:有|写|标|带|给|了)?单位"
    r"|(?<![a-z])(?:no|without(?: a)?|missing) units?(?![a-z])|units? (?:not|missing|omitted|unknown|n.t)"
)


def residue(
    line: Line, turn: int, names: list[Name], found: list[Mention], earlier: list[Mention]
) -> Iterator[Mention]:
    """Numbers of a turn that may be the value of a test which has none, to be asked about."""
    given = {m.finding for m in (*earlier, *found) if _has_value(m)}
    for number in numbers(line.text):
        if number.value is None or any(m.start <= number.start < m.end for m in found):
            continue
        owner = _owner(line, names, number)
        if owner and owner not in given:
            measured = Measurement(text=line.typed(number.start, number.end).strip())
            yield Mention(owner, measured, turn, number.start, number.end, bad=True)
            return


def _owner(line: Line, names: list[Name], number: Number) -> str:
    """The test whose value a number without a name may be; "" for none."""
    text = line.text
    start = max((m.end() for m in _PART.finditer(text, 0, number.start)), default=0)
    before = text[start : number.start]
    stop = _PART.search(text, number.end)
    near = [n for n in names if start <= n.start < (stop.start() if stop else len(text))]
    sentence = max((m.end() for m in _STOP.finditer(text, 0, number.start)), default=0)
    if near or lexicon().values["elsewhere"].search(text, sentence, number.start):
        return ""
    if lexicon().values["limit_word"].search(before):
        return ""
    letter = _LETTER.search(text[: number.start])
    if letter and (number.unit or _LACKS_UNIT.search(text, number.end, number.end + 16)):
        return _LETTERS[letter["letter"]]
    if number.unit is None or re.search(r"\d", before) or not only_filler(before):
        return ""
    opened = text[:start].rstrip().endswith(("(", "["))
    return "" if opened else _OWNERS.get(fold_unit(text[slice(*number.unit)]), "")


def _has_value(mention: Mention) -> bool:
    said = mention.payload
    return mention.bad or (isinstance(said, Measurement) and said.value is not None)
