"""Everything the interface says, in Chinese and English: ``ui/strings/{zh,en}.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

InterfaceLanguage = Literal["zh", "en"]
LANGUAGES: tuple[InterfaceLanguage, ...] = get_args(InterfaceLanguage)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language."""

    language: InterfaceLanguage
    texts: dict[str, str]
    lists: dict[str, tuple[str, ...]]

    def __call__(self, key: str, **values: str | int) -> str:
        """The text ``key`` with its names filled in."""
        return self.texts[key].format(**values)


@cache
def texts_in(language: InterfaceLanguage) -> Texts:
    """Read the texts of a language."""
    data = tomllib.loads((files("ui") / "strings" / f"{language}.toml").read_text("utf-8"))
    return Texts(
        language,
        {key: value for key, value in data.items() if isinstance(value, str)},
        {key: tuple(value) for key, value in data.items() if isinstance(value, list)},
    )
