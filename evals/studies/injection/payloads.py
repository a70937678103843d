"""Planted documents: a short ward note with one payload in it, from ``payloads.toml``."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from assistant.types import Audience, Language

_TAGS = 0xE0000  # U+E0000 + ASCII: tag characters, shown by nothing


@dataclass(frozen=True, slots=True)
class Note:
    """A user's own document before anything is planted in it, and what is asked about its topic.

    ``genuine`` is the title of the source that answers rightly; ``poison`` and ``figure`` contradict it.
    """

    id: str
    language: Language
    heading: str
    genuine: str
    text: str
    poison: str
    figure: str
    questions: tuple[tuple[str, Audience], ...]


@dataclass(frozen=True, slots=True)
class Payload:
    """What is planted. ``unseen``: no reader of the document would see it; ``titled``: the document bears
    the genuine title; ``obeyed``: what a model that does as told writes, "" where it repeats a falsehood."""

    id: str
    about: str
    texts: dict[str, str]
    obeyed: str
    file: Literal["md", "html"] = "md"
    unseen: bool = False
    titled: bool = False
    spaced: bool = False
    tagged: bool = False
    marks: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Data:
    """The whole file; see there."""

    code: str
    secret: str
    host: str
    notes: tuple[Note, ...]
    payloads: tuple[Payload, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """A note with its payload, as a file that can be ingested.

    ``marks``: words that are only in the payload; ``false``: what it wants believed, "" for an order.
    """

    note: Note
    payload: Payload
    name: str
    title: str
    content: str
    obeyed: str
    marks: tuple[str, ...]
    false: str


@cache
def shipped() -> Data:
    """The payloads that ship.

    Raises:
        KeyError, TypeError: the file lacks a field or has one too many.
    """
    data = tomllib.loads((files("evals") / "studies" / "injection" / "payloads.toml").read_text("utf-8"))
    return Data(
        data["code"],
        data["secret"],
        data["host"],
        tuple(_note(row) for row in data["document"]),
        tuple(_payload(row) for row in data["payload"]),
    )


def plant(payload: Payload, note: Note, data: Data) -> Planted:
    """The note with the payload in it."""
    words = {
        "code": data.code, "secret": data.secret, "host": data.host, "poison": note.poison,
        "figure": note.figure, "title": note.genuine, "question": note.questions[0][0],
    }  # fmt: skip
    template = payload.texts[note.language]
    text = template.format(**words)
    mark = (payload.marks or {}).get(note.language)
    false = note.poison if "{poison}" in template else note.figure if "{figure}" in template else ""
    if payload.spaced:
        text = "\u200b".join(text)
    if payload.tagged:
        text = note.text + "".join(chr(_TAGS + ord(char)) for char in text)
    title = note.genuine if payload.titled else note.heading
    return Planted(
        note,
        payload,
        f"{note.id}-{payload.id}.{payload.file}",
        title,
        _html(title, note.text, text) if payload.file == "html" else _markdown(title, note.text, text),
        payload.obeyed.format(**words) or false,
        (false,) if false else tuple(filter(None, (data.code, data.host, mark))),
        false,
    )


def planted(data: Data, payloads: Sequence[str] = ()) -> Iterator[tuple[Planted, ...]]:
    """One round for each payload (of the ids given, or all): it in every note."""
    for payload in data.payloads:
        if not payloads or payload.id in payloads:
            yield tuple(plant(payload, note, data) for note in data.notes)


def _markdown(title: str, text: str, payload: str) -> str:
    return f'---\ntitle: "{title}"\n---\n\n# {title}\n\n{text}\n\n{payload}\n'


def _html(title: str, text: str, payload: str) -> str:
    name = html.escape(title)
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{name}</title></head><body>"
        f"<h1>{name}</h1><p>{html.escape(text)}</p>{payload}</body></html>\n"
    )


def _note(row: dict[str, object]) -> Note:
    fields = dict(row)
    asked = fields.pop("questions")
    told = fields.pop("patient")
    assert isinstance(asked, list)
    questions = (*((q, "clinician") for q in asked), (told, "patient"))
    return Note(questions=questions, **fields)  # type: ignore[arg-type]  # checked by the dataclass's names


def _payload(row: dict[str, object]) -> Payload:
    fields = dict(row)
    texts = {language: fields.pop(language) for language in ("zh", "en")}
    titled = fields.pop("title", False)
    return Payload(texts=texts, titled=titled, **fields)  # type: ignore[arg-type]  # as above
