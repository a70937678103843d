"""The texts that answers are judged against, and what each of their spans stands under."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ingest.corpus import monograph_sources
from ingest.types import Source


@dataclass(frozen=True, slots=True)
class Place:
    """One passage of a document: its span, its context, and its section as all editions name it."""

    start: int
    end: int
    context: str
    section: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source as the suite keeps it beside the answers. ``places`` are in order of ``start``."""

    id: str
    title: str
    text: str
    places: tuple[Place, ...]

    def place(self, start: int) -> Place | None:
        """The passage in which a character stands, or the last before it; None before the first."""
        i = bisect_right([p.start for p in self.places], start) - 1
        return self.places[i] if i >= 0 else None


Corpus = Mapping[str, Document]


def corpus_of(sources: Iterable[Source]) -> Corpus:
    """The documents that an index was made of, by id."""
    return {source.id: _document(source) for source in sources}


@cache
def shipped_corpus() -> Corpus:
    """The monograph that ships."""
    return corpus_of(monograph_sources())


def write_corpus(path: Path, corpus: Corpus) -> None:
    """One document a line."""
    lines = [
        json.dumps(
            {"id": d.id, "title": d.title, "text": d.text, "places": [astuple(p) for p in d.places]},
            ensure_ascii=False,
        )
        for _, d in sorted(corpus.items())
    ]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def read_corpus(path: Path) -> Corpus:
    """What ``write_corpus`` wrote."""
    documents = {}
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            row = json.loads(line)
            documents[row["id"]] = _read(row)
    return documents


def _read(row: dict[str, Any]) -> Document:
    return Document(row["id"], row["title"], row["text"], tuple(Place(*p) for p in row["places"]))


def _document(source: Source) -> Document:
    chapter = source.id.rsplit("/", 1)[-1]
    places = []
    for passage in source.passages:
        section = source.sections[passage.section]
        name = f"{chapter}#{section.anchor}" if section.anchor else " / ".join((source.id, *section.path))
        context = "\n".join([*source.path_of(passage), passage.lead])
        places.append(Place(passage.start, passage.end, context, name))
    return Document(source.id, source.title, source.text, tuple(sorted(places, key=lambda p: p.start)))
