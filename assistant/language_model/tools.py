"""The clinical tools as a model may call them: only with values that stand in the user's messages.

The result is the tool's own, shown by the program; what the model makes of it is not shown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import ValidationError, validate_call

from assistant.language_model.exchange import ToolRequest
from assistant.staging import BadValue, StagingResult
from assistant.staging.catalogue import CLINICAL_FUNCTIONS
from assistant.types import Language, ToolCall
from assistant.verification import verify
from ingest.folding import folded_text

_FUNCTIONS = {function.__name__: function for function in CLINICAL_FUNCTIONS}
_VALUE = re.compile(r"(\d+(?:\.\d+)?)\s*([a-zµμ%]+(?:/[\da-z. ]+)?)?", re.IGNORECASE)
_WINDOW = 24  # characters behind a name in which its value stands


@dataclass(frozen=True, slots=True)
class Ran:
    """``result`` is None when the call was refused; ``told`` goes back to the model."""

    told: str
    result: StagingResult | None = None
    call: ToolCall | None = None


def wanted(messages: Sequence[str]) -> bool:
    """Whether the messages hold a value that a tool could use."""
    pattern = _compiled(_data()["wanted"]["value"])
    return any(pattern.search(folded_text(message)) for message in messages)


def run(request: ToolRequest, messages: Sequence[str], language: Language) -> Ran:
    """Run a tool for a model, or say what is wrong with the call."""
    function = _FUNCTIONS.get(request.name)
    if function is None:
        return Ran(f"no tool {request.name!r}; there are {', '.join(_FUNCTIONS)}")
    if request.arguments is None:
        return Ran("the arguments are not a JSON object")
    given = {name: value for name, value in request.arguments.items() if value not in (None, "")}
    said = folded_text("\n".join(messages)).lower()
    for name, value in given.items():
        if not _stands(name, value, said):
            return Ran(f"{name}={value!r} does not stand in the user's message; leave it out")
    try:
        result = validate_call(function)(**given)
    except BadValue as problem:
        return Ran(str(problem))
    except (ValidationError, TypeError) as problem:
        lines = str(problem).splitlines()
        return Ran(" ".join(lines[1:3]) or lines[0])
    return Ran("done; shown to the reader", result, ToolCall(request.name, given, result.to_record(language)))


def _stands(name: str, value: Any, said: str) -> bool:
    """Whether the messages give ``name`` this value."""
    data = _data()
    if name in data["choices"]["free"]:
        return True
    words = data["words"].get(f"{name}={value}")
    if words is not None:
        return bool(_compiled(words).search(said))
    label = data["names"].get(name)
    if label is None or not isinstance(value, str | int | float):
        return False
    text = folded_text(str(value)).lower()
    if name == "fish":
        return bool(_compiled(label).search(said)) and verify(text, [said]).supported
    numbers = _VALUE.findall(text)
    if not numbers:
        return False
    windows = [said[m.end() : m.end() + _WINDOW] for m in _compiled(label).finditer(said)]
    if name == "age":
        windows += [said[max(0, m.start() - 6) : m.end()] for m in _compiled(label).finditer(said)]
    number, unit = numbers[0]
    return any(_begins(window, number, None if name == "age" else unit) for window in windows)


def _begins(window: str, number: str, unit: str | None) -> bool:
    """Whether the first number of ``window`` is this one in this unit; None: in any."""
    first = _VALUE.search(window)
    if first is None or float(first[1]) != float(number):
        return False
    return unit is None or _unit(unit) == _unit(first[2] or "")


def _unit(text: str) -> str:
    return re.sub(r"\s", "", text).replace("µ", "u").replace("μ", "u").lower()


@cache
def _data() -> dict[str, Any]:
    text = (files("assistant.language_model") / "data" / "arguments.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
