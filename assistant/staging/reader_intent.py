"""Whether a message asks for the stage of one patient, and by which system."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
import re
import tomllib
from importlib.resources import files

from assistant.staging.findings import Measurement
from assistant.staging.iss import System
from assistant.staging.reader_context import read_iss
from assistant.staging.reader_fish import fish_mentions
from assistant.staging.reader_labs import lab_mentions
from assistant.staging.reader_lexicon import find_names
from assistant.staging.reader_text import prepare

_STAGING_TESTS = frozenset({"b2m", "albumin", "ldh", "fish"})


@dataclass(frozen=True, slots=True)
class StagingRequest:
    """Truth value: the message asks for a stage. ``systems``: those named, in the order named."""

    asks: bool
    systems: tuple[System, ...] = ()

    def __bool__(self) -> bool:
        return self.asks


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((files("assistant.staging") / "data" / "reader_intent.toml").read_text("utf-8"))
    return {key: re.compile(pattern) for key, pattern in data["patterns"].items()}


def asks_for_staging(text: str) -> StagingRequest:
    """Tell "what stage is this patient?" from a question about staging in general.

    Values with nothing else asked are a request too: somebody who types a B2M and an albumin wants the stage.

    >>> bool(asks_for_staging("B2M 5.6mg/L，R-ISS几期？")), bool(asks_for_staging("R-ISS III期的标准？"))
    (True, False)
    """
    line = prepare(text)
    patterns = _patterns()
    systems = _systems(line.text, patterns)
    names = find_names(line.text)
    mentions = [*lab_mentions(line, names, 0), *fish_mentions(line, names, 0)]
    given = {m.finding for m in mentions if m.finding in _STAGING_TESTS}
    if read_iss(line, 0):
        given |= {"b2m", "albumin"}
    numbers = [m for m in mentions if isinstance(m.payload, Measurement) and m.payload.value is not None]
    has_values = bool(given) and (len(given) > 1 or bool(numbers) or patterns["result"].search(line.text) is not None)
    one_patient = has_values or patterns["patient"].search(line.text) is not None
    if patterns["elsewhere"].search(line.text) and not patterns["strong"].search(line.text):
        return StagingRequest(False, systems)
    if patterns["general"].search(line.text) and not (numbers or patterns["patient"].search(line.text)):
        return StagingRequest(False, systems)
    if patterns["strong"].search(line.text):
        return StagingRequest(True, systems)
    if patterns["asks"].search(line.text):
        return StagingRequest(one_patient, systems)
    asked = bool(systems) or not patterns["question"].search(line.text)
    return StagingRequest(has_values and len(given) + bool(systems) > 1 and asked, systems)


def _systems(text: str, patterns: dict[str, re.Pattern[str]]) -> tuple[System, ...]:
    found: list[tuple[int, System]] = []
    rest = text
    # The longer names first: "R2-ISS" holds "ISS".
    for system in ("r2-iss", "r-iss", "iss"):
        for match in patterns[system].finditer(rest):
            found.append((match.start(), system))  # type: ignore[arg-type]
        rest = patterns[system].sub(lambda m: "\x00" * len(m.group()), rest)
    # "ISS III期，R-ISS几期": a system whose stage is given is not the one that is asked for.
    ordered = [s for place, s in sorted(found) if not patterns["given"].match(text, place)]
    return tuple(dict.fromkeys(ordered))
