"""An answer as the suite keeps it: whatever gave it, in one form, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class BadAnswers(Exception):
    """A file of answers has a line that cannot be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a marker of an answer stands for.

    ``start``/``end`` are characters of the text of source ``source_id``; all three are empty where the
    system only gives the words. ``context`` is what the span stands under: headings, lead-in, table header.
    """

    marker: int
    quote: str
    source_id: str = ""
    start: int = -1
    end: int = -1
    section_path: tuple[str, ...] = ()
    context: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of an answer, without its markers."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Something that was found for the question; offsets as in ``Quoted``."""

    text: str
    source_id: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Staged:
    """What a tool computed: the system as it is printed ("R-ISS"), the stage or all that are possible."""

    system: str
    stage: str
    possible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One answer. ``text`` is what the user reads, with ``[1]`` markers.

    ``status`` as in the answer record of the assistant; ``failed`` with an ``error`` where the system
    crashed. ``retrieved`` best first. ``confidence`` (0..1, that the question can be answered) is None
    where the system has none.
    """

    id: str
    status: str
    text: str
    sentences: tuple[Said, ...] = ()
    citations: tuple[Quoted, ...] = ()
    notices: tuple[str, ...] = ()
    staged: tuple[Staged, ...] = ()
    retrieved: tuple[Retrieved, ...] = ()
    confidence: float | None = None
    error: str = ""

    @property
    def abstained(self) -> bool:
        """Whether it declines to answer, or asks back."""
        return self.status in ("not_in_source", "out_of_scope", "clarify")

    @property
    def cited(self) -> Mapping[int, Quoted]:
        """Citations by marker."""
        return {c.marker: c for c in self.citations}


def to_json(answer: StoredAnswer) -> str:
    """One line, the same for the same answer."""
    row: dict[str, object] = {
        "id": answer.id,
        "status": answer.status,
        "answer": answer.text,
        "sentences": [{"text": s.text, "citations": list(s.citations)} for s in answer.sentences],
        "citations": [
            {"marker": c.marker, "source_id": c.source_id, "start": c.start, "end": c.end, "quote": c.quote,
             "section_path": list(c.section_path), "context": c.context}
            for c in answer.citations
        ],
        "notices": list(answer.notices),
        "staged": [
            {"system": s.system, "stage": s.stage, "possible": list(s.possible)} for s in answer.staged
        ],
        "retrieved": [
            {"source_id": r.source_id, "start": r.start, "end": r.end, "text": r.text}
            for r in answer.retrieved
        ],
        "confidence": answer.confidence,
        "error": answer.error,
    }  # fmt: skip
    return json.dumps(row, ensure_ascii=False)


def from_json(row: Mapping[str, Any]) -> StoredAnswer:
    """From an object as ``to_json`` wrote it.

    Raises:
        KeyError, TypeError: a field is missing or of another kind.
    """
    return StoredAnswer(
        id=row["id"],
        status=row["status"],
        text=row["answer"],
        sentences=tuple(Said(s["text"], tuple(s["citations"])) for s in row["sentences"]),
        citations=tuple(
            Quoted(
                c["marker"], c["quote"], c["source_id"], c["start"], c["end"], tuple(c["section_path"]),
                c["context"],
            )
            for c in row["citations"]
        ),
        notices=tuple(row["notices"]),
        staged=tuple(Staged(s["system"], s["stage"], tuple(s["possible"])) for s in row["staged"]),
        retrieved=tuple(Retrieved(r["text"], r["source_id"], r["start"], r["end"]) for r in row["retrieved"]),
        confidence=row["confidence"],
        error=row["error"],
    )  # fmt: skip


def read_answers(path: Path) -> dict[str, StoredAnswer]:
    """The answers of a file that ``write_answers`` wrote, by id.

    Raises:
        BadAnswers: a line cannot be used.
    """
    answers = {}
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            answer = from_json(json.loads(line))
        except KeyError as error:
            raise BadAnswers(f"{path}:{number}: has no field {error}") from error
        except (AttributeError, TypeError, ValueError) as error:
            raise BadAnswers(f"{path}:{number}: {type(error).__name__}: {error}") from error
        answers[answer.id] = answer
    return answers


def write_answers(path: Path, answers: Iterable[StoredAnswer]) -> None:
    """Write a file whole: beside its place, then moved there."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text("".join(f"{to_json(a)}\n" for a in answers), "utf-8")
    partial.replace(path)


@dataclass(frozen=True, slots=True)
class Timed:
    """How long one answer took; kept apart, so that answers of two runs can be compared byte by byte."""

    id: str
    milliseconds: float = field(compare=False)
