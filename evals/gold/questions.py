"""Gold questions: reading and checking them. The format is described in ``README.md``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

Importance = Literal["vital", "okay"]
REFUSALS = frozenset({"not_in_source", "out_of_scope"})


class BadGold(Exception):
    """A gold file has a line that cannot be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a source says a fact: ``source.text[start:end] == quote``, in characters."""

    source_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A nugget: a fact that an answer must hold; one of the patterns must be found.

    ``spans`` are the places that say it, any one of which is enough; () where gold names none.
    """

    patterns: tuple[re.Pattern[str], ...]
    note: str
    importance: Importance = "vital"
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Staging:
    """The result that a staging question must have: a stage, or all that remain possible."""

    system: str
    stage: str
    possible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question with what a right answer must and must not hold.

    ``pair``: the id that it shares with its translation, or ""; ``source``: the document that it is
    about; ``spans``: places that answer it, where its facts have none of their own.
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
    kind: str = "fact"
    source: str = ""
    tags: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    staging: Staging | None = None

    @property
    def refusal_is_right(self) -> bool:
        """Whether the source does not answer it, so that an answer is wrong."""
        return bool(self.status & REFUSALS)

    @property
    def evidence(self) -> tuple[Span, ...]:
        """Every span that gold names for it, each once, in the order of its facts."""
        return tuple(dict.fromkeys([*(s for fact in self.facts for s in fact.spans), *self.spans]))

    @property
    def cluster(self) -> str:
        """What is resampled together: a question and its translation."""
        return self.pair or self.id


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
        except KeyError as error:
            raise BadGold(f"{path}:{number}: has no field {error}") from error
        except (json.JSONDecodeError, AttributeError, TypeError, ValueError, re.error) as error:
            raise BadGold(f"{path}:{number}: {type(error).__name__}: {error}") from error
        if question.id in questions:
            raise BadGold(f"{path}:{number}: id {question.id!r} is used twice")
        questions[question.id] = question
    return list(questions.values())


def load_files(paths: Iterable[Path], split: str = "all") -> Iterator[tuple[Path, GoldQuestion]]:
    """(file, question) of several gold files, those of one split or all.

    Raises:
        BadGold: a line cannot be used, or two files share an id.
    """
    known: set[str] = set()
    for path in paths:
        for question in load_gold(path):
            if question.id in known:
                raise BadGold(f"{path}: id {question.id!r} is also in another file")
            known.add(question.id)
            if split in ("all", question.split):
                yield path, question


def _question(row: dict[str, Any]) -> GoldQuestion:
    return GoldQuestion(
        id=row["id"],
        turns=_strings(row, "turns") if "turns" in row else (str(row["question"]),),
        language=row["lang"],
        audience=row.get("audience", "clinician"),
        status=frozenset(_strings(row, "status")),
        facts=tuple(
            Fact(
                tuple(re.compile(p, re.IGNORECASE) for p in _strings(fact, "any")),
                fact.get("note", ""),
                _importance(fact.get("importance", "vital")),
                _spans(fact),
            )
            for fact in row.get("facts", ())
        ),
        sections=tuple(_strings({"sections": path}, "sections") for path in row.get("sections", ())),
        forbidden=tuple(re.compile(p, re.IGNORECASE) for p in _strings(row, "forbidden", ())),
        split=row.get("split", "dev"),
        pair=row.get("pair", ""),
        kind=row.get("kind", "fact"),
        source=row.get("source", ""),
        tags=_strings(row, "tags", ()),
        spans=_spans(row),
        staging=_staging(row.get("staging")),
    )


def _strings(row: dict[str, Any], name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """A list of texts; a lone text in its place would be taken letter by letter."""
    value = row[name] if default is None else row.get(name, default)
    if isinstance(value, str) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"{name!r} is {value!r}, not a list of texts")
    return tuple(value)


def _importance(value: str) -> Importance:
    if value not in ("vital", "okay"):
        raise ValueError(f"importance {value!r} is neither vital nor okay")
    return cast(Importance, value)


def _spans(row: dict[str, Any]) -> tuple[Span, ...]:
    return tuple(Span(s["source_id"], s["start"], s["end"], s["quote"]) for s in row.get("spans", ()))


def _staging(row: dict[str, Any] | None) -> Staging | None:
    if row is None:
        return None
    return Staging(row["system"], row.get("stage") or "", tuple(row.get("possible", ())))
