"""Whether a message asks for the stage of one patient, and by which system."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from assistant.staging.findings import Measurement
from assistant.staging.iss import System
from assistant.staging.reader import read_findings
from assistant.staging.reader_context import read_iss
from assistant.staging.reader_fish import fish_mentions
from assistant.staging.reader_labs import lab_mentions
from assistant.staging.reader_lexicon import find_names
from assistant.staging.reader_text import prepare

_STAGING_TESTS = frozenset({"b2m", "albumin", "ldh", "fish"})


@dataclass(frozen=True, slots=True)
class StagingRequest:
    """Its truth value: the message asks for a stage. ``systems``: those named, in the order named."""

    asks: bool
    systems: tuple[System, ...] = ()

    def __bool__(self) -> bool:
        return self.asks


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((files("assistant.staging") / "data" / "reader_intent.toml").read_text("utf-8"))
    return {key: re.compile(pattern) for key, pattern in data["patterns"].items()}


def asks_for_staging(text: str, earlier: Sequence[str] = ()) -> StagingRequest:
    """Tell "what stage is this patient?" from a question about staging in general.

    Values with nothing else asked are a request too: who types a B2M and an albumin wants the stage.
    ``earlier``: the user's turns before this one. After a request, a turn that adds or corrects a value
    or only names another system ("那R2-ISS呢？") asks again.

    >>> bool(asks_for_staging("B2M 5.6mg/L，R-ISS几期？")), bool(asks_for_staging("R-ISS III期的标准？"))
    (True, False)
    """
    here = _alone(text)
    before = [_alone(turn) for turn in earlier]
    asked = [request for request in before if request]
    if not here and asked and not _of_staging_in_general(text):
        named = _patterns()["another_system"].search(prepare(text).text) is not None
        adds = read_findings([*earlier, text]).findings != read_findings(earlier).findings
        here = StagingRequest(named or adds, here.systems)
    if here and not here.systems:
        named_before = [request.systems for request in before if request.systems]
        here = StagingRequest(True, named_before[-1] if named_before else ())
    return here


def _alone(text: str) -> StagingRequest:
    """What a message asks, taken by itself."""
    line = prepare(text)
    patterns = _patterns()

    def says(key: str) -> bool:
        return patterns[key].search(line.text) is not None

    systems = _systems(line.text)
    names = find_names(line.text)
    mentions = [*lab_mentions(line, names, 0), *fish_mentions(line, names, 0)]
    given = {m.finding for m in mentions if m.finding in _STAGING_TESTS}
    if read_iss(line, 0):
        given |= {"b2m", "albumin"}
    numbers = any(isinstance(m.payload, Measurement) and m.payload.value is not None for m in mentions)
    values = bool(given) and (len(given) > 1 or numbers or says("result"))
    if says("elsewhere") and not says("strong"):
        return StagingRequest(False, systems)
    if says("general") and not (numbers or (says("patient") and not says("staged"))):
        return StagingRequest(False, systems)
    if says("strong"):
        return StagingRequest(True, systems)
    if says("asks"):
        return StagingRequest(values or says("patient"), systems)
    bare = bool(systems) or not says("question")
    return StagingRequest(values and len(given) + bool(systems) > 1 and bare, systems)


def _of_staging_in_general(text: str) -> bool:
    folded = prepare(text).text
    return any(_patterns()[key].search(folded) for key in ("elsewhere", "general"))


def _systems(text: str) -> tuple[System, ...]:
    patterns = _patterns()
    found: list[tuple[int, System]] = []
    rest = text
    # The longer names first, because "R2-ISS" holds "ISS".
    for system in sorted(get_args(System), key=len, reverse=True):
        found += [(match.start(), system) for match in patterns[system].finditer(rest)]
        rest = patterns[system].sub(lambda m: "\x00" * len(m.group()), rest)
    # "ISS III期，R-ISS几期": a system whose stage is given is not the one that is asked for.
    return tuple(dict.fromkeys(s for place, s in sorted(found) if not patterns["given"].match(text, place)))
