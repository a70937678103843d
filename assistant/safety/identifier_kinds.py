"""The kinds of identifiers, read from ``data/identifiers.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_PART = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of identifier. ``zh`` and ``en``: its name in a placeholder; ``check``: see ``CHECKS``.

    ``said_zh`` and ``said_en``: its name where the kinds that were hidden are listed. ``needs`` is found in
    every text that has one: the many patterns of the others need not be read. The group ``v`` of each
    pattern is what is masked.
    """

    name: str
    zh: str
    en: str
    said_zh: str
    said_en: str
    check: str
    needs: re.Pattern[str]
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of Chinese names. ``words``: surnames that are everyday words as well.

    ``not_free``: what a surname and characters of given names spell by chance. ``first``: first names in
    Latin letters; ``first_with``: those that are words as well.
    """

    surnames: frozenset[str]
    words: frozenset[str]
    not_before: tuple[str, ...]
    no_given: frozenset[str]
    not_names: re.Pattern[str]
    not_free: frozenset[str]
    first: frozenset[str]
    first_with: frozenset[str]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("assistant.safety") / "data" / "identifiers.toml").read_text("utf-8"))


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, those that win first."""
    return tuple(
        Kind(
            k["name"],
            k["zh"],
            k["en"],
            k.get("said_zh", k["zh"]),
            k.get("said_en", k["en"]),
            k.get("check", "any"),
            re.compile(_written_out(k["needs"]), re.IGNORECASE),
            tuple(k["patterns"]),
        )
        for k in _data()["kind"]
    )


@cache
def patterns_of(kind: Kind) -> tuple[re.Pattern[str], ...]:
    """The compiled patterns of a kind."""
    return tuple(re.compile(_written_out(pattern), re.IGNORECASE) for pattern in kind.patterns)


def _written_out(pattern: str) -> str:
    while _PART.search(pattern):
        pattern = _PART.sub(lambda m: _parts()[m.group(1)], pattern)
    return pattern


@cache
def _parts() -> dict[str, str]:
    """The named parts of patterns, those made of lists of names among them."""
    surnames = _data()["surnames"]
    return {
        **_data()["parts"],
        "surname": f"[{surnames['common']}]",
        "compound": f"(?:{surnames['compound']})",
        "given": f"[{surnames['given']}]",
    }


@cache
def protected() -> re.Pattern[str]:
    """What is never an identifier: trial and paper numbers, addresses of pages, placeholders."""
    return re.compile("|".join(_data()["protected"]["patterns"]), re.IGNORECASE)


@cache
def names() -> Names:
    """Surnames and what only looks like one."""
    known, first = _data()["surnames"], _data()["first_names"]
    return Names(
        frozenset(known["single"]) | frozenset(known["compound"].split("|")),
        frozenset(known["words"]),
        tuple(known["not_before"].split("|")),
        frozenset(known["no_given"]),
        re.compile(known["not_names"]),
        frozenset(known["not_free"].split("|")),
        frozenset(first["usual"].split("|")),
        frozenset(first["with_surname"].split("|")),
    )
