"""Later messages that put in doubt what was given, in words that no rule for corrections reads.

"B2M是尿的，不是血的", "the lab withdrew the B2M result": such a message names a result, gives none, and holds
a word of doubt or denial. The value may not stand; what holds instead, only the writer knows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from assistant.staging.findings import Measurement
from assistant.staging.reading.lexicon import Name, lexicon
from assistant.staging.reading.lines import Line
from assistant.staging.reading.merge import awaited
from assistant.staging.reading.types import Mention
from assistant.staging.reading.values import numbers

_SENTENCE = re.compile(r"[^;。!?]*[;。!?]?")
_STOP = re.compile(r"\.(?=\s|$)")
_TESTS = (("b2m", re.compile(r"β|b2|beta|微球")), ("albumin", re.compile("白蛋白|alb")))
_FISH = frozenset({"fish", "lesion", "risk", "standard"})


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((files("assistant.staging.reading") / "data" / "distrust.toml").read_text("utf-8"))
    return {key: re.compile(pattern) for key, pattern in data.items()}


def doubted(
    line: Line, names: list[Name], turn: int, found: list[Mention], earlier: list[Mention]
) -> Iterator[Mention]:
    """Findings given in earlier turns that a sentence of this turn puts in doubt without giving them anew."""
    if not earlier:
        return
    for start, end in _sentences(_masked(line.text, names)):
        subject = _subject(line, names, start, end, found, earlier)
        if subject and _doubts(line.text[start:end]):
            text = line.typed(start, end).strip()
            yield Mention(subject, Measurement(text=text), turn, start, end, bad=True)
            return


def _masked(text: str, names: list[Name]) -> str:
    """The text without the ";" inside names such as t(4;14), which ends no sentence."""
    for name in names:
        text = text[: name.start] + text[name.start : name.end].replace(";", "_") + text[name.end :]
    return text


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        start = match.start()
        for stop in _STOP.finditer(text, match.start(), match.end()):
            yield start, stop.end()
            start = stop.end()
        if start < match.end():
            yield start, match.end()


def _subject(
    line: Line, names: list[Name], start: int, end: int, found: list[Mention], earlier: list[Mention]
) -> str:
    """The finding given earlier that a sentence is about and the turn does not give anew; "" for none."""
    given = {m.finding for m in earlier if _says(m) and not awaited(m)}
    here = [n for n in names if start <= n.start < end]
    about = [n.what if n.kind == "lab" else "fish" for n in here if n.kind == "lab" or n.kind in _FISH]
    if not _patterns()["asked"].search(line.text, start, end):
        about += [what for n in here if n.kind == "other" for what in _of_another_fluid(line.text, n)]
    told = {m.finding for m in found if _says(m) and (m.start >= start or m.finding in about)}
    if about:
        return next((what for what in about if what in given and not told & set(about)), "")
    if told:
        return ""
    text = line.text[start:end]
    figures = {n.value for n in numbers(text) if n.value is not None}
    for mention in earlier:
        if isinstance(mention.payload, Measurement) and mention.payload.value in figures:
            return mention.finding
    return earlier[-1].finding if _patterns()["results"].search(text) else ""


def _of_another_fluid(text: str, name: Name) -> Iterator[str]:
    """The test of serum that a name such as "urine B2M" takes back: "that was the urine B2M"."""
    said = text[name.start : name.end]
    if lexicon().values["elsewhere"].search(said):
        yield from (what for what, pattern in _TESTS if pattern.search(said))


def _doubts(sentence: str) -> bool:
    patterns = _patterns()
    rest = patterns["inert"].sub("", sentence)
    if patterns["strong"].search(rest):
        return True
    if patterns["asked"].search(sentence) or patterns["demand"].search(sentence):
        return False
    return patterns["weak"].search(rest) is not None


def _says(mention: Mention) -> bool:
    """Whether a statement gives something, be it only that the result is awaited."""
    said = mention.payload
    if not isinstance(said, Measurement) or mention.bad or mention.void:
        return True
    return said.value is not None or said.verdict is not None or bool(said.unit)
