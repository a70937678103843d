"""The assistant's own sentences, kept in ``data/messages.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from assistant.types import Language


@cache
def _messages() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = tomllib.loads(
        (files("assistant") / "data" / "messages.toml").read_text("utf-8")
    )
    return data


def message(language: Language, key: str, **values: str) -> str:
    """The message ``key`` in ``language`` with its names filled in."""
    return _messages()[language][key].format(**values)
