"""Red flags of a conversation: words → signs → what of them is told → flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.safety.assertion import Told, standing
from assistant.safety.case_report import case_told
from assistant.safety.lexicon import red, words
from assistant.safety.measures import (
    creatinine_rise,
    dangerous_values,
    small_rises,
    temperatures,
    told_values,
    vignettes,
)
from assistant.safety.normal import normalised, sentences
from assistant.safety.signs import signs_of
from assistant.safety.speaker import Telling, speaker_of, telling_of
from assistant.safety.types import Alarm, Level, Speaker

_REMEMBERED = 3
"""Earlier messages that still count."""
_CONTEXT = frozenset({"treatment", "t_cell", "neutropenia", "platelet_low", "just_given", "calcium_high"})
"""Signs that stand for circumstances: they count unless denied, however they are told."""
_LEVELS: tuple[Level, ...] = ("now", "today", "soon")
_PERSON = frozenset({"self", "kin", "case"})


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one message tells: signs present, signs denied, and how it is told."""

    signs: frozenset[str]
    denied: frozenset[str]
    personal: bool
    telling: Telling
    seen_to: bool
    undenied: str  # the text without the clauses that deny a sign


def red_flags(message: str, earlier_messages: Sequence[str] = ()) -> tuple[Alarm, ...]:
    """The red flags that a conversation tells of, the most urgent first.

    ``earlier_messages`` are the user's own, oldest first: signs add up over the last few of them, and an
    alarm stands until the conversation says that it was seen to or is over. Empty when there is none.
    """
    earlier = [*earlier_messages[-_REMEMBERED:]]
    readings: list[_Reading] = []
    for text in [*earlier, message]:
        readings.append(_read(text, any(r.personal for r in readings)))
    last = readings[-1]
    before: frozenset[str] = frozenset()
    for reading in readings[:-1]:
        before = (before - reading.denied) | reading.signs
    before -= last.denied
    speaker = speaker_of(r.telling for r in readings)
    alarms = []
    for flag in red().flags:
        told = _first(flag.when, before | last.signs)
        if told is None:
            continue
        level, signs = told
        repeated = not signs & last.signs
        if repeated and last.seen_to:
            continue
        alarms.append(Alarm(flag.id, level, tuple(sorted(signs)), speaker, repeated))
    return tuple(sorted(alarms, key=lambda a: (_LEVELS.index(a.level), a.repeated)))


def teller(message: str) -> Speaker:
    """Who tells a message by itself."""
    return speaker_of([_read(message, personal=False).telling])


def without_denials(message: str) -> str:
    """A message without the clauses that say that a sign is not there; normalised where it has some."""
    reading = _read(message, personal=False)
    return reading.undenied if reading.denied else message


def _first(
    when: tuple[tuple[Level, frozenset[str]], ...], present: frozenset[str]
) -> tuple[Level, frozenset[str]] | None:
    return next(((level, signs) for level, signs in when if signs <= present), None)


@lru_cache(maxsize=512)  # earlier messages are read again with each turn, in many conversations at once
def _read(message: str, personal: bool) -> _Reading:
    text = normalised(message)
    values = [*temperatures(text), *dangerous_values(text), *creatinine_rise(text), *told_values(text)]
    values += [*vignettes(text), *case_told(text)]
    small = small_rises(text)
    said = (h for h in words().read(text) if not any(a <= h.start < b for a, b in small))
    hits = sorted([*said, *values], key=lambda h: h.start)
    families = {h.family for h in hits}
    began = max((h.start for h in hits if h.family in ("recent", "onset")), default=-1)
    told = Told(personal or bool(families & _PERSON), "fiction" in families, "waiting" in families, began)
    present: set[str] = set()
    denied: set[str] = set()
    denials: set[tuple[int, int]] = set()
    for sentence in sentences(text):
        inside = [h for h in hits if sentence.start <= h.start < sentence.end]
        for sign in signs_of(sentence, inside, text):
            stands = standing(sign, sentence, inside, text, told)
            if stands == "present" or (stands == "mentioned" and sign.sign in _CONTEXT):
                present.add(sign.sign)
            elif stands == "denied":
                denied.add(sign.sign)
                denials.add(sentence.clause_of(sign.last))
    return _Reading(
        frozenset(present),
        frozenset(denied - present),
        told.personal,
        telling_of(text, hits),
        "seen_to" in families,
        "".join(text[a:b] for s in sentences(text) for a, b in s.clauses if (a, b) not in denials),
    )
