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
    """A red flag: ``when`` holds (level, signs that must all be told), the most urgent lines first.

    ``alone``: nothing is quoted below it, for an answer could be misused.
    """

    id: str
    alone: bool
    when: tuple[tuple[Level, frozenset[str]], ...]
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """Families that stand near each other, ``without`` words of another family in the same sentence."""

    families: tuple[str, ...]
    without: str


@dataclass(frozen=True, slots=True)
class Red:
    """``signs``: name → forms; ``starting``: the same by the first family of a form, with the sign.

    ``direct`` signs count even in a question or a supposition. ``self_treatment``: patterns by flag.
    """

    signs: dict[str, tuple[Form, ...]]
    starting: dict[str, tuple[tuple[str, Form], ...]]
    direct: frozenset[str]
    flags: tuple[Flag, ...]
    texts: dict[str, dict[str, str]]
    self_treatment: dict[str, str]


class Words:
    """All word families in one automaton; ``parts`` are the families that signs are made of."""

    def __init__(self, data: dict[str, Any], parts: frozenset[str]) -> None:
        self.rewrites = tuple((re.compile(r["from"]), str(r["to"])) for r in data["rewrites"])
        self._any_rewrite = re.compile("|".join(f"(?:{r['from']})" for r in data["rewrites"]))
        families: dict[str, list[tuple[str, bool]]] = {}
        for family, lists in data["word"].items():
            for key, words in lists.items():
                for word in self._all_rewritten(words):
                    families.setdefault(word, []).append((family, key.endswith("_term")))
        seen_through = parts - frozenset(data["hides"])
        self._parts = parts
        self._open_words = frozenset(
            i
            for i, named in enumerate(families.values())
            if all(family in seen_through and not formal for family, formal in named)
        )
        self._open = [word.endswith("*") for word in families]
        self._patterns = [word.rstrip("*") for word in families]
        self._families = list(families.values())
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard)

    def rewritten(self, text: str) -> str:
        """Spellings of one thing made one."""
        for pattern, replacement in self.rewrites:
            text = pattern.sub(replacement, text)
        return text

    def _all_rewritten(self, words: list[str]) -> list[str]:
        """Each of the words rewritten; a list in which there is nothing to rewrite is searched once."""
        if not self._any_rewrite.search("\n".join(words)):
            return words
        return [self.rewritten(word) if self._any_rewrite.search(word) else word for word in words]

    def read(self, text: str) -> list[Hit]:
        """The words of a normalised text; where they overlap the longer, then the earlier, wins."""
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if _LETTER.match(text[start]) and start and _LETTER.match(text[start - 1]):
                continue
            if text[end - 1].isascii():
                letters = cast("re.Match[str]", _LETTERS.match(text, end)).end()
                if letters > end and text[end] != "'" and not self._open[index]:
                    continue
                end = letters if self._open[index] else end
            found.append((start - end, start, end, index))
        hits: list[Hit] = []
        owners = [-1] * len(text)  # the word that each character belongs to
        for _, start, end, index in sorted(found):
            over = set(owners[start:end])
            if over == {-1}:
                owners[start:end] = [index] * (end - start)
                hits += [Hit(family, start, end, formal) for family, formal in self._families[index]]
            elif len(over) == 1 and over <= self._open_words:
                # A part of a longer sign is still that part: 胳膊 in 左边胳膊.
                named = self._families[index]
                whole = {family for family, _ in self._families[over.pop()]}
                seen = [(f, formal) for f, formal in named if f in self._parts and f not in whole]
                hits += [Hit(family, start, end, formal) for family, formal in seen]
        return hits


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("assistant.safety") / "data" / name).read_text("utf-8"))


def _form(written: str) -> Form:
    families, _, without = written.partition(" !")
    return Form(tuple(families.split(" ~ ")), without)


@cache
def words() -> Words:
    """The words that ship with the project."""
    forms = (form for forms in red().signs.values() for form in forms)
    return Words(_data("words.toml"), frozenset(family for form in forms for family in form.families))


@cache
def red() -> Red:
    """The signs, flags and texts that ship with the project."""
    data = _data("red_flags.toml")
    signs = {name: tuple(map(_form, forms)) for name, forms in data["signs"].items()}
    starting: dict[str, list[tuple[str, Form]]] = {}
    for name, forms in signs.items():
        for form in forms:
            starting.setdefault(form.families[0], []).append((name, form))
    return Red(
        signs,
        {family: tuple(forms) for family, forms in starting.items()},
        frozenset(data["direct"]),
        tuple(
            Flag(
                f["id"],
                bool(f.get("alone")),
                tuple((level, frozenset(signs.split(" + "))) for level, signs in f["when"]),
                {key: value for key, value in f.items() if isinstance(value, str)},
            )
            for f in data["flags"]
        ),
        data["texts"],
        data["self_treatment"],
    )
