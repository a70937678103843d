"""Gold questions: reading and checking them. The format is described in ``gold/README.md``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BadGold(Exception):
    """A gold file has a line that cannot be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact an answer must hold: one of the patterns must be found."""

    patterns: tuple[re.Pattern[str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question with what a right answer must and must not hold.

    ``pair``: the id that it shares with its translation, or "".
    """

    id: str
    turns: tuple[str, ...]
    language: str
    audience: str
    status: frozenset[str]
    facts: tuple[Fact, ...]
    sections: tuple[tuple[str, ...], ...]
    forbidden: tuple[re.Pattern[str], ...]
    split: str
    pair: str = ""


def load_gold(path: Path) -> list[GoldQuestion]:
    """The questions of one JSONL file.

    Raises:
        BadGold: a line is no JSON, lacks a field, repeats an id, or has a pattern that does not compile.
    """
    questions: dict[str, GoldQuestion] = {}
    # Not splitlines: JSON may hold a line separator (U+2028) inside a text.
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            question = _question(json.loads(line))
        except (json.JSONDecodeError, KeyError, TypeError, re.error) as error:
            raise BadGold(f"{path}:{number}: {type(error).__name__}: {error}") from error
        if question.id in questions:
            raise BadGold(f"{path}:{number}: id {question.id!r} is used twice")
        questions[question.id] = question
    return list(questions.values())


def _question(row: dict[str, Any]) -> GoldQuestion:
    return GoldQuestion(
        id=row["id"],
        turns=tuple(row["turns"]) if "turns" in row else (row["question"],),
        language=row["lang"],
        audience=row.get("audience", "clinician"),
        status=frozenset(row["status"]),
        facts=tuple(
            Fact(
                tuple(re.compile(p, re.IGNORECASE) for p in fact["any"]),
                fact.get("note", ""),
            )
            for fact in row.get("facts", ())
        ),
        sections=tuple(tuple(section) for section in row.get("sections", ())),
        forbidden=tuple(re.compile(p, re.IGNORECASE) for p in row.get("forbidden", ())),
        split=row.get("split", "dev"),
        pair=row.get("pair", ""),
    )
