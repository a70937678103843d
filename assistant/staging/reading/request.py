"""Whether a message asks for the stage of one patient, and by which system."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import get_args

from assistant.staging.findings import Measurement
from assistant.staging.iss import System
from assistant.staging.reading.conversation import read_findings, statements
from assistant.staging.reading.lexicon import find_names, lexicon
from assistant.staging.reading.lines import prepare
from assistant.staging.reading.stated import read_iss
from ingest.lazy_pattern import LazyPattern

_QUOTED = re.compile(r"[\"“”「『‘'].*[\"“”」』’']")
_STAGING_TESTS = frozenset({"b2m", "albumin", "ldh", "fish"})


@dataclass(frozen=True, slots=True)
class StagingRequest:
    """Its truth value: the message asks for a stage. ``systems``: those named, in the order named.

    ``outcomes``: it asks for survival as well.
    """

    asks: bool
    systems: tuple[System, ...] = ()
    outcomes: bool = False

    def __bool__(self) -> bool:
        return self.asks


@cache
def _patterns() -> dict[str, LazyPattern]:
    data = tomllib.loads((files("assistant.staging.reading") / "data" / "request.toml").read_text("utf-8"))
    return {key: LazyPattern(pattern) for key, pattern in data["patterns"].items()}


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
    if here.of_other_things:
        return StagingRequest(False, here.systems)
    asks = here.asks
    if not asks and earlier:
        wished = any(said.asks or said.wishes for said in before)
        asks = (here.wishes or (wished and _goes_on(text, earlier, here))) and _gave_values(before, here)
    systems = here.systems
    if asks and not systems:
        named = [said.systems for said in before if said.systems]
        systems = named[-1] if named else ()
    return StagingRequest(asks, systems, _says(text, "outcomes"))


@dataclass(frozen=True, slots=True)
class _Said:
    """What one message is about. ``wishes``: for a stage, with or without values of a patient."""

    asks: bool
    wishes: bool
    values: bool
    of_other_things: bool
    systems: tuple[System, ...]


def _gave_values(before: Sequence[_Said], here: _Said) -> bool:
    return here.values or any(said.values for said in before)


def _goes_on(text: str, earlier: Sequence[str], here: _Said) -> bool:
    """Whether a message behind a request adds to it, or wants the stage now: "就这些了", "直接说I期就行"."""
    names = {name.what or name.kind for name in find_names(prepare(text).text)}
    if (_says(text, "remark") or names & _STAGING_TESTS) and not _asks_something(text):
        return True
    asks = _asks_something(text) and not _says(text, "again")
    if _says(text, "belongs") and not asks and not _says(text, "aside"):
        return True  # "单子上就是这么印的，照着算" is answered from the report again
    now, then = read_findings([*earlier, text]), read_findings(earlier)
    if then.problems and not _asks_something(text) and not _says(text, "aside"):
        return True  # the tool has asked, and this is no question about something else
    if _asks_something(text) and not now.spans[len(then.spans) :]:
        # "MGUS是什么？一个疗程几周？" says nothing of this patient's disease, nor of when he was treated.
        point = then.findings.time_point if asks and not _of_the_values(text) else now.findings.time_point
        now = replace(now, findings=replace(now.findings, disease=then.findings.disease, time_point=point))
    return here.values or (now.findings, now.problems) != (then.findings, then.problems)


def _asks_something(text: str) -> bool:
    return _says(text, "question") or _says(text, "talk")


def _of_the_values(text: str) -> bool:
    return lexicon().context["those"].search(prepare(text).text) is not None


def _says(text: str, key: str) -> bool:
    return _patterns()[key].search(prepare(text).text) is not None


@lru_cache(maxsize=2048)  # all turns of a conversation are looked at again with each question
def _alone(text: str) -> _Said:
    """What a message says, taken by itself."""
    line = prepare(text)
    patterns = _patterns()

    def says(key: str) -> bool:
        return patterns[key].search(line.text) is not None

    systems = _systems(line.text)
    mentions = statements(text)
    given = {m.finding for m in mentions if m.finding in _STAGING_TESTS}
    asked_for = [s for s in systems if s != "iss"]
    if read_iss(line, 0) and (given or asked_for):
        given |= {"b2m", "albumin"}  # a stated ISS stage alone is no finding of a patient
    measured = [m.payload for m in mentions if isinstance(m.payload, Measurement)]
    numbers = any(m.value is not None for m in measured)
    values = bool(given) and (len(given) > 1 or numbers or says("result"))
    # "5.5那条线是大于还是大于等于": one number without a unit is a limit, not a result.
    results = len(given) > 1 or any(m.value is not None and m.unit for m in measured)
    general = says("general") and not ((results and numbers) or (says("patient") and not says("staged")))
    general |= says("rule") and not (says("patient") or len(given) > 1)
    general |= says("task") and not _asks_beside(line.text)
    itself = says("strong") or (numbers and says("stage_itself"))
    off = says("declined") or (says("elsewhere") and not itself) or general
    wishes = bool(systems) or says("strong") or says("asks")
    if says("strong") or says("asks"):
        asks = bool(given) and (values or says("strong") or says("patient"))
    else:
        bare = bool(systems) or not says("question")
        asks = values and len(given) + bool(systems) > 1 and bare
    return _Said(asks and not off, wishes and not off, values, off, systems)


def _wished(text: str, at: int) -> bool:
    """Whether a stage is demanded, not given: "直接说ISS I期就行"."""
    return lexicon().context["not_stated"].search(text[max(0, at - 14) : at]) is not None


def _asks_beside(text: str) -> bool:
    """Whether the stage is asked for outside what is quoted: "翻译这段话，并告诉我R-ISS几期"."""
    rest = _QUOTED.sub(" ", text)
    rest = rest if rest != text else re.split(r"[:;。]", text)[0] + re.split(r"[;。]", text)[-1]
    return any(_patterns()[key].search(rest) for key in ("strong", "stage_itself"))


def _systems(text: str) -> tuple[System, ...]:
    patterns = _patterns()
    found: list[tuple[int, System]] = []
    rest = text
    # The longer names first, because "R2-ISS" holds "ISS".
    for system in sorted(get_args(System), key=len, reverse=True):
        found += [(match.start(), system) for match in patterns[system].finditer(rest)]
        rest = patterns[system].sub(lambda m: "\x00" * len(m.group()), rest)
    # "ISS III期，R-ISS几期": a system whose stage is given is not the one that is asked for.
    asked = [(p, s) for p, s in sorted(found) if not patterns["given"].match(text, p) or _wished(text, p)]
    wanted = [s for p, s in asked if not patterns["unwanted"].search(text[max(0, p - 16) : p])]
    return tuple(dict.fromkeys(wanted))
