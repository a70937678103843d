"""The text of a source while it is written, with the sections and passages found so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ingest.blocks import Heading
from ingest.references import cited_numbers
from ingest.types import Passage, PassageKind, Section, Table

ANCHOR = re.compile(r"\s*\{#([A-Za-z0-9_-]+)\}\s*$")
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
FOOTNOTE_MARK = re.compile(r"([*†‡§¶#])\1*")
AFTER_TABLE = "\0table"  # value of ``last_lead`` right after a table


@dataclass(slots=True)
class DocumentBuilder:
    title: str
    pieces: list[str] = field(default_factory=list)
    length: int = 0  # characters written so far
    sections: list[Section] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    open: list[int] = field(default_factory=list)  # positions of the open sections, outermost first
    group: int = 0
    without_references: int = 0  # first section that has no reference list yet
    list_from: int = 0  # first section that the last reference list serves
    caption: str = ""
    last_lead: str = ""  # last sentence of the paragraph just before, if a list may hang on it

    def write(self, piece: str) -> int:
        """Append ``piece`` and return where it starts."""
        start = self.length
        self.pieces.append(piece)
        self.length += len(piece)
        return start

    def section(self) -> int:
        if not self.open:
            self.sections.append(Section(self.title, 1, (self.title,), self.length, self.length))
            self.open.append(len(self.sections) - 1)
        return self.open[-1]

    def after_table_mark(self, text: str) -> bool:
        """Whether a paragraph is a footnote of the table just before it."""
        return self.last_lead == AFTER_TABLE and bool(FOOTNOTE_MARK.match(text.strip()))

    def open_section(self, heading: Heading) -> None:
        text = heading.inline.text.strip()
        match = ANCHOR.search(text)
        anchor, title = (match.group(1), text[: match.start()]) if match else ("", text)
        self.close_sections(heading.level)
        parents = [self.sections[i].title for i in self.open if self.sections[i].level > 1]
        if not parents and _IN_BRACKETS.fullmatch(title):
            parents = [self.title]  # other names of the document, not a topic of its own
        path = (*parents, title) if heading.level > 1 else (title,)
        start = self.write("#" * heading.level + " " + title + "\n\n")
        self.sections.append(Section(title, heading.level, path, start, start, anchor))
        self.open.append(len(self.sections) - 1)

    def close_sections(self, level: int) -> None:
        while self.open and self.sections[self.open[-1]].level >= level:
            position = self.open.pop()
            self.sections[position] = replace(self.sections[position], end=self.length)

    def add(self, start: int, text: str, kind: PassageKind, **more: object) -> int:
        passage = Passage(start, start + len(text), text, kind, self.section(), self.group)
        self.passages.append(replace(passage, references=cited_numbers(text), **more))  # type: ignore[arg-type]  # field names are checked by replace
        return len(self.passages) - 1
