"""Every emergency is seen however it is told; nothing harmless raises an alarm."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from zhconv import convert

from assistant.safety.detector import red_flags
from assistant.safety.types import Alarm
from ingest.folding import folded_text

_STRIDE = 3  # every third cell of the grid: each pair of factors is still met many times


@cache
def _grid() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("grid.toml").read_text("utf-8"))


def _told(language: str, who: str, phrase: str, mild: str) -> str:
    gap, end = ("", "。") if language == "zh" else (" ", ".")
    return f"{who}{gap}{phrase}{mild}{end}"


def _hidden(told: str, unrelated: str, context: str, who: str) -> tuple[tuple[str, ...], ...]:
    return (
        (told,),
        (unrelated + told,),
        (told + unrelated,),
        (f"{who} {context}.", told),
        (told, unrelated),
    )


def emergencies() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Flag, language and the turns of a conversation."""
    folded_text("漢")  # reads the converter's dictionary, whose file zhconv leaves open
    for language in ("zh", "en"):
        data = _grid()[language]
        phrases = [(flag, p) for flag, ps in data["emergencies"].items() for p in ps]
        cells = product(phrases, data["who"], data["mild"], data["unrelated"], data["context"])
        for number, ((flag, phrase), who, mild, unrelated, context) in enumerate(cells):
            if number % _STRIDE == 0:
                ways = _hidden(_told(language, who, phrase, mild), unrelated, context, who)
                turns = ways[number // _STRIDE % len(ways)]
                yield flag, language, turns
                if language == "zh":
                    yield flag, "zh-Hant", tuple(convert(t, "zh-hant") for t in turns)


def harmless() -> Iterator[str]:
    """Messages that tell of no emergency."""
    grid = _grid()["harmless"]
    for language in ("zh", "en"):
        for frame, term in product(grid[language]["frames"], grid[language]["terms"]):
            yield frame.format(term=term)
    pairs = zip(grid["zh"]["frames"], grid["zh"]["terms"], strict=False)
    yield from (convert(frame.format(term=term), "zh-hant") for frame, term in pairs)
    yield from grid["others"]


@cache
def _read_all() -> list[tuple[str, tuple[str, ...], tuple[Alarm, ...]]]:
    return [(flag, turns, red_flags(turns[-1], turns[:-1])) for flag, _, turns in emergencies()]


def test_no_emergency_is_missed() -> None:
    cells = _read_all()
    assert len(cells) >= 1500
    missed = [(flag, turns) for flag, turns, alarms in cells if not alarms]
    assert not missed, (len(missed), len(cells), missed[:10])


def test_the_right_flag_is_raised() -> None:
    # What is told of one organ may point at another; that the flag is among those named is enough.
    cells = _read_all()
    wrong = [(flag, turns) for flag, turns, alarms in cells if flag not in {alarm.flag for alarm in alarms}]
    assert not wrong, (len(wrong), len(cells), wrong[:10])


def test_harmless_messages_raise_no_alarm() -> None:
    messages = list(harmless())
    assert len(messages) >= 600
    false = [(m, red_flags(m)) for m in messages if red_flags(m)]
    assert len(false) <= 0.01 * len(messages), (len(false), len(messages), false[:10])
