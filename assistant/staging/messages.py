"""What the tools say, in both languages, from ``data/messages.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.types import Language


@cache
def _messages() -> dict[str, dict[str, dict[str, str]]]:
    data: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
        (files("assistant.staging") / "data" / "messages.toml").read_text("utf-8")
    )
    return data


def label(key: str, language: Language) -> str:
    """The name of a finding, a lesion, a stage or a computed value; a key without a label is its own."""
    return _messages()["labels"].get(key, {}).get(language, key)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: a key of the message table and what goes into it."""

    key: str
    values: tuple[tuple[str, str], ...] = ()

    def text(self, language: Language) -> str:
        """The sentence in a language."""
        filled = {
            name: " / ".join(label(part, language) for part in value.split("|"))
            for name, value in self.values
        }
        return _messages()["messages"][self.key][language].format(**filled)


def say(key: str, **values: str) -> Said:
    """A sentence; values that are label keys are named in the reader's language ("|" joins several)."""
    return Said(key, tuple(values.items()))
