"""Plainer words for written ones that mean exactly the same, from ``data/wording.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.types import Language
from ingest.errors import BadRegister

_COLUMNS = ["language", "written", "plain"]


@dataclass(frozen=True, slots=True)
class Wording:
    """The replacements of one language, longest first where several begin at one place."""

    plain: dict[str, str]
    pattern: re.Pattern[str]

    def apply(self, text: str) -> str:
        """``text`` in plainer words.

        A name that the text has already is not put in the place of another: "the M protein is a monoclonal
        immunoglobulin" says what the former is.
        """
        return self.pattern.sub(lambda match: self._instead(match.group(), text), text)

    def _instead(self, written: str, text: str) -> str:
        plain = self.plain[written.lower()]
        is_name = any(char.isupper() for char in plain)
        if is_name and text.count(plain) > written.count(plain):
            return written
        return plain[:1].upper() + plain[1:] if written[:1].isupper() and plain.isascii() else plain


def parse_wording(table: str) -> dict[Language, Wording]:
    """The tables of both languages. A row whose two sides are equal protects a longer name.

    Raises:
        BadRegister: other columns, an unknown language, or a form that is listed twice.
    """
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    if not lines or lines[0] != _COLUMNS:
        raise BadRegister(f"wording: columns are {lines[:1]}, expected {_COLUMNS}")
    tables: dict[Language, dict[str, str]] = {"zh": {}, "en": {}}
    for row in lines[1:]:
        language: Language | None = "zh" if row[0] == "zh" else "en" if row[0] == "en" else None
        if language is None or len(row) != len(_COLUMNS) or row[1].lower() in tables[language]:
            raise BadRegister(f"wording: {row} is repeated or malformed")
        tables[language][row[1].lower()] = row[2]
    return {language: Wording(plain, _pattern(plain, language)) for language, plain in tables.items()}


def _pattern(plain: dict[str, str], language: Language) -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(plain, key=len, reverse=True))
    # English forms are whole words; Chinese has no sign of where one ends.
    return re.compile(rf"\b(?:{forms})\b" if language == "en" else forms, re.IGNORECASE)


@cache
def wording() -> dict[Language, Wording]:
    """The wording that ships with the project."""
    return parse_wording((files("assistant.plain") / "data" / "wording.tsv").read_text("utf-8"))
