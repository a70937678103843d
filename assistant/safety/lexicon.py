"""Words, signs and flags of ``data/words.toml`` and ``data/red_flags.toml``, ready for reading."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from ahocorasick_rs import AhoCorasick, MatchKind

from assistant.safety.types import Hit, Level

_LETTER = re.compile(r"[a-z0-9]")
_LETTERS = re.compile(r"[a-z0-9']*")


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag: ``when`` holds (level, signs that must all be told), the most urgent lines first."""

    id: str
    when: tuple[tuple[Level, frozenset[str]], ...]
    lasting: bool
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """Families that stand near each other, ``without`` words of another family in the same sentence."""

    families: tuple[str, ...]
    without: str


@dataclass(frozen=True, slots=True)
class Red:
    """``signs``: name → forms."""

    signs: dict[str, tuple[Form, ...]]
    flags: tuple[Flag, ...]
    texts: dict[str, dict[str, str]]


class Words:
    """All word families in one automaton."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.rewrites = tuple((re.compile(r["from"]), str(r["to"])) for r in data["rewrites"])
        families: dict[str, list[tuple[str, bool]]] = {}
        for family, lists in data["word"].items():
            for key, words in lists.items():
                for word in words:
                    families.setdefault(self.rewritten(word), []).append((family, key.endswith("_term")))
        self._open = [word.endswith("*") for word in families]
        self._patterns = [word.rstrip("*") for word in families]
        self._families = list(families.values())
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard)

    def rewritten(self, text: str) -> str:
        """Spellings of one thing made one."""
        for pattern, replacement in self.rewrites:
            text = pattern.sub(replacement, text)
        return text

    def read(self, text: str) -> list[Hit]:
        """The words of a normalised text in order; where they overlap the earlier, then the longer, wins."""
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if _LETTER.match(text[start]) and start and _LETTER.match(text[start - 1]):
                continue
            if text[end - 1].isascii():
                letters = cast("re.Match[str]", _LETTERS.match(text, end)).end()
                if letters > end and text[end] != "'" and not self._open[index]:
                    continue
                end = letters if self._open[index] else end
            found.append((start, -end, index))
        hits: list[Hit] = []
        cursor = 0
        for start, negative_end, index in sorted(found):
            if start >= cursor:
                cursor = -negative_end
                hits += [Hit(family, start, cursor, formal) for family, formal in self._families[index]]
        return hits


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("assistant.safety") / "data" / name).read_text("utf-8"))


def _form(written: str) -> Form:
    families, _, without = written.partition(" !")
    return Form(tuple(families.split(" ~ ")), without)


@cache
def words() -> Words:
    """The words that ship with the project."""
    return Words(_data("words.toml"))


@cache
def red() -> Red:
    """The signs, flags and texts that ship with the project."""
    data = _data("red_flags.toml")
    return Red(
        {name: tuple(map(_form, forms)) for name, forms in data["signs"].items()},
        tuple(
            Flag(
                f["id"],
                tuple((level, frozenset(signs.split(" + "))) for level, signs in f["when"]),
                bool(f.get("lasting")),
                {key: value for key, value in f.items() if isinstance(value, str)},
            )
            for f in data["flags"]
        ),
        data["texts"],
    )
