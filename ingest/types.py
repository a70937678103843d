"""The vocabulary of ingestion: what a document becomes.

All offsets are in characters of ``Source.text``, the cleaned plain text of one document.
The invariant that everything downstream relies on is ``source.text[p.start:p.end] == p.text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PassageKind = Literal["sentence", "item", "row", "footnote", "caption", "meta", "question"]
Severity = Literal["clinical", "meaning", "style"]


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a reference list."""

    number: int
    text: str
    pmid: str | None = None
    doi: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a named cleaning rule acted on a document."""

    rule: str
    count: int


@dataclass(frozen=True, slots=True)
class Repair:
    """A damaged spot: put right where the document itself proves the reading, else marked.

    ``start``/``end`` locate ``after`` in ``Source.text``; ``proven`` is False when the spot
    could only be marked, and then ``after`` equals ``before``.
    """

    rule: str
    start: int
    end: int
    before: str
    after: str
    evidence: str
    proven: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    ``path`` holds the titles from the outermost section to this one without those of level 1, which
    are taken for the document's own. The path of a section of level 1 is its title, that of the text
    before the first section the title of the document; a section right below that title which only
    holds other names in brackets has both.
    ``anchor`` is the stable id that aligns editions, or "".
    """

    title: str
    level: int
    path: tuple[str, ...]
    start: int
    end: int
    anchor: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest thing that can be cited: a sentence, a list item, a table row.

    ``lead`` is what the passage needs to be understood. Of an item: the lead-in of its list (with
    the sentence before it where it says "these"), or the title of its section if there is none, then
    the items that it is nested under. Of a row: the caption and the header in brackets. Of a
    footnote: the caption. "" for the other kinds; a "question" is one that the document hands to its
    reader, and states nothing. ``topic`` is the run-in heading of its
    paragraph, for a row the row above it that only names the rows below, or "".
    ``group`` numbers the list, table or paragraph inside the source; ``cells`` are the spans of a
    table row's cells; ``footnotes`` are positions in ``Source.passages``; ``references`` are
    numbers in the reference list of ``Source.sections[section]``; ``errata`` are register ids.
    """

    start: int
    end: int
    text: str
    kind: PassageKind
    section: int
    group: int
    lead: str = ""
    topic: str = ""
    cells: tuple[tuple[int, int], ...] = ()
    footnotes: tuple[int, ...] = ()
    references: tuple[int, ...] = ()
    errata: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: caption, header cells and the positions of its rows in ``Source.passages``."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[int, ...]
    footnotes: tuple[int, ...]
    group: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a detector noticed; it reports and never changes the text."""

    detector: str
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """One document, read, cleaned and taken apart.

    ``sha256`` is that of the file's bytes; ``reviewed`` is "YYYY-MM" or "YYYY-MM-DD" or "".
    """

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]
    language: str
    sha256: str
    audience: str = "clinician"
    edition: str = ""
    reviewed: str = ""
    licence: str = ""
    url: str = ""
    rules: tuple[RuleCount, ...] = ()
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()

    def path_of(self, passage: Passage) -> tuple[str, ...]:
        """Section path of a passage, its run-in heading included."""
        path = self.sections[passage.section].path
        return (*path, passage.topic) if passage.topic else path

    def references_of(self, passage: Passage) -> tuple[Reference, ...]:
        """The references that a passage cites, in the order of its section's list."""
        wanted = set(passage.references)
        listed = self.sections[passage.section].references
        return tuple(r for r in listed if r.number in wanted)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive passages of one section: what is embedded and retrieved.

    ``lead`` (section path and lead-in or table header) is searched and embedded with the text.
    """

    source_id: str
    first: int
    last: int
    section: int
    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Erratum:
    """A known error of a text in circulation, in our own words."""

    id: str
    severity: Severity
    anchors: tuple[str, ...]
    says: str
    right: str
    says_en: str
    right_en: str
    evidence: str
    evidence_url: str = ""
    not_anchors: tuple[str, ...] = ()
    lead_anchors: tuple[str, ...] = ()
    within: str = ""
    confirmed: bool = True
