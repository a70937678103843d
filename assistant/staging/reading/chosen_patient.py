"""Which patient or which date the writer chooses in so many words: "以1月22日的结果为准", "只问12床"."""

from __future__ import annotations

import re

from assistant.staging.reading.context import who
from assistant.staging.reading.lexicon import lexicon
from assistant.staging.reading.lines import Line
from assistant.staging.reading.types import Mention

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BARE = re.compile(r"[甲乙丙丁]|(?<![a-z])[a-d](?=的|患者|病人|\s?$)")
_DAY = re.compile(
    r"(?:(?:19|20)?\d\d\s?[-/.年]\s?)?(?P<m>1[0-2]|0?[1-9])\s?[-/.月]\s?(?P<d>3[01]|[12]\d|0?[1-9])(?!\d|\.)"
    rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<n1>{'|'.join(_MONTHS)})[a-z]*"
    rf"|(?P<n2>{'|'.join(_MONTHS)})[a-z]*\.?\s(?P<d2>\d{{1,2}})(?!\d)"
)


def narrowed(lines: list[Line], mentions: list[Mention]) -> list[Mention]:
    """The statements about the one patient, or of the one date, that is chosen; all if none clearly is."""
    patients = {m.patient for m in mentions if m.patient}
    if len(patients) > 1:
        wishes = _wishes(lines, mentions)
        chosen = {p for part in wishes for p in _patients(part) if p in patients}
        chosen |= {p for part in wishes for p in patients if f"{p}的" in part and not p.isascii()}
        if len(chosen) == 1:
            mentions = [m for m in mentions if m.patient in chosen]
    dates = {m.date for m in mentions if m.date}
    if len(dates) > 1:
        chosen = {d for part in _wishes(lines, mentions) for d in dates if _names_date(part, d)}
        if len(chosen) == 1:
            mentions = [m for m in mentions if m.date in chosen or not m.date]
    return mentions


def _wishes(lines: list[Line], mentions: list[Mention]) -> list[str]:
    """What is said to count, and a last turn that only answers the question which one is meant."""
    words = lexicon().context["choice"]
    dropped = lexicon().context["left_aside"]
    texts = [dropped.sub(" ", line.text) for line in lines]
    found = [next(g for g in m.groups() if g) for text in texts for m in words.finditer(text)]
    last = len(lines) - 1
    if last > 0 and all(m.turn != last for m in mentions):
        found.append(texts[last])
    return found


def _patients(part: str) -> set[str]:
    words = lexicon().context
    found = {who(m.group()) for m in words["patient"].finditer(part)}
    found |= {who(m.group()) for m in _BARE.finditer(part)}
    return found | {m.group() for m in words["kin"].finditer(part)}


def _names_date(part: str, label: str) -> bool:
    wanted = _day(label)
    if wanted is None:
        return label in part
    return wanted in {_read(m) for m in _DAY.finditer(part)}


def _day(label: str) -> tuple[int, int] | None:
    match = _DAY.search(label)
    return _read(match) if match else None


def _read(match: re.Match[str]) -> tuple[int, int]:
    if match["m"]:
        return int(match["m"]), int(match["d"])
    name, day = (match["n1"], match["d1"]) if match["n1"] else (match["n2"], match["d2"])
    return _MONTHS.index(name) + 1, int(day)
