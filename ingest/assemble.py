"""Cleaned blocks → the text of a source with its sections, passages, tables and references."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ingest.blocks import Block, Grid, Heading, Inline, ItemList, Paragraph
from ingest.cleaning import Cleaned
from ingest.references import cited_numbers, is_reference_heading, names_a_paper, parse_reference
from ingest.sentences import sentence_spans
from ingest.types import Passage, PassageKind, Reference, Section, Table

_ANCHOR = re.compile(r"\s*\{#([A-Za-z0-9_-]+)\}\s*$")
_CAPTION = re.compile(r"^(?:表|Table)\s*\d*\s*[:：.]\s*")
_LEADS_IN = re.compile(r"[:：]$|包括|如下|以下|标准|表示为|针对$|following|includ|criteria", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_POINTS_BACK = re.compile(r"这些|这类|上述|它们|these|they\b", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:image|photo|picture|figure)s?\b.{0,20}\b(?:courtesy|credit|reproduced)|图片?由|图片来源",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    r"这些|这种|这类|它们|上述|此类|^(?:其(?!他|余|中)|该|此时|它)|\b(?:these|this|those|they|it|such)\b",
    re.IGNORECASE,
)
_LONGEST_ANTECEDENT = 400  # characters
_RUN_IN_STARTS_BEFORE = 8  # characters; bold text further on is emphasis, not a heading
_FOOTNOTE_MARK = re.compile(r"([*†‡§¶#])\1*")
_CAPTION_LENGTH = 80  # characters; a longer line above a table is a paragraph
_TABLE = "\0table"  # value of ``last_lead`` right after a table


@dataclass(frozen=True, slots=True)
class Assembled:
    """The text of a source and what stands where in it."""

    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]


@dataclass(slots=True)
class _Builder:
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
        return self.last_lead == _TABLE and bool(_FOOTNOTE_MARK.match(text.strip()))

    def open_section(self, heading: Heading) -> None:
        text = heading.inline.text.strip()
        match = _ANCHOR.search(text)
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


def assemble(cleaned: Cleaned, title: str) -> Assembled:
    """Write the blocks out as one text; the spans of everything are offsets in it."""
    b = _Builder(title)
    blocks = cleaned.blocks
    in_references = False
    table_section = False
    for i, block in enumerate(blocks):
        is_note = isinstance(block, Paragraph) and b.after_table_mark(block.inline.text)
        if table_section and not isinstance(block, Grid) and not is_note:
            table_section = False
            b.close_sections(b.sections[b.open[-1]].level)
        match block:
            case Heading():
                text = _ANCHOR.sub("", block.inline.text.strip())
                in_references = is_reference_heading(text)
                b.last_lead = ""
                b.open_section(block)
                titles_table = i + 1 < len(blocks) and isinstance(blocks[i + 1], Grid)
                table_section = titles_table and i in cleaned.captions
                b.caption = text if titles_table else ""
            case Paragraph():
                after = blocks[i + 1] if i + 1 < len(blocks) else None
                if is_note:
                    _footnote(b, block.inline.text.strip())
                else:
                    # Text after the list ends it; text between its heading and it does not.
                    in_references = in_references and not isinstance(blocks[i - 1], ItemList)
                    _paragraph(b, block, i in cleaned.meta, after)
            case ItemList():
                if in_references:
                    _reference_list(b, block)
                else:
                    _item_list(b, block)
            case Grid():
                _grid(b, block)
    b.close_sections(0)
    return Assembled("".join(b.pieces), tuple(b.sections), tuple(_valid_marks(b)), tuple(b.tables))


def _is_caption(text: str, after: Block | None) -> bool:
    """A credit, or a short line that names the picture or table that follows."""
    if _CREDIT.match(text):
        return True
    if len(text) > _CAPTION_LENGTH or text.endswith(("。", ".", "！", "？", "!", "?")):
        return False
    if isinstance(after, Grid):
        return not _LEADS_IN.search(text) or bool(_CAPTION.match(text))
    if isinstance(after, Paragraph) and _CREDIT.match(after.inline.text.strip()):
        return len(text) <= _CAPTION_LENGTH // 2
    return bool(_CAPTION.match(text))


def _valid_marks(b: _Builder) -> list[Passage]:
    """A number in brackets is a citation only if the list of its section has that number."""
    return [
        replace(
            p,
            references=tuple(
                n for n in p.references if any(r.number == n for r in b.sections[p.section].references)
            ),
        )
        for p in b.passages
    ]


def _paragraph(b: _Builder, block: Paragraph, is_meta: bool, after: Block | None) -> None:
    text = block.inline.text.strip()
    offset = len(block.inline.text) - len(block.inline.text.lstrip())
    b.group += 1
    b.section()
    base = b.write(text + "\n\n")
    if not is_meta and _is_caption(text, after):
        if isinstance(after, Grid) or _CAPTION.match(text):
            b.caption = _CAPTION.sub("", text)
        b.add(base, text, "caption")
        b.last_lead = ""
        return
    topic = _run_in(block.inline, offset)
    for start, end in sentence_spans(text):
        b.add(base + start, text[start:end], "meta" if is_meta else "sentence", topic=topic)
    if not is_meta:
        b.last_lead = _lead_in(b.passages, b.group)


def _footnote(b: _Builder, text: str) -> None:
    """A paragraph below a table that starts with a footnote mark."""
    start = b.write(text + "\n")
    note = b.add(start, text, "footnote", lead=b.tables[-1].caption)
    b.tables[-1] = replace(b.tables[-1], footnotes=(*b.tables[-1].footnotes, note))
    _link_footnotes(b)


def _antecedent(b: _Builder, sentence: str) -> str:
    """What a sentence that says "these" or "it" speaks of: the sentence or the list before it."""
    if not b.passages or not _ANAPHOR.search(sentence):
        return ""
    previous = b.passages[-1]
    if previous.section != b.section() or previous.kind in ("meta", "caption", "footnote"):
        return ""
    if previous.kind == "sentence":
        return previous.text
    listed = [p.text for p in b.passages if p.group == previous.group]
    return "\n".join([previous.lead, *listed])[-_LONGEST_ANTECEDENT:]


def _lead_in(passages: list[Passage], group: int) -> str:
    """What a list right after this paragraph hangs on, or "" if nothing there announces a list.

    A lead-in that only points back ("these include") takes the sentence before it along.
    """
    last = passages[-1].text
    if last[-1:] in "。！？.!?" and not _LEADS_IN.search(last):
        return ""
    before = passages[-2] if len(passages) > 1 else None
    if _POINTS_BACK.match(last) and before is not None and before.group == group:
        return f"{before.text}{last}"
    return last


def _run_in(inline: Inline, offset: int) -> str:
    """Bold text at the head of a longer paragraph is its heading."""
    for start, end in inline.strong:
        if start - offset <= _RUN_IN_STARTS_BEFORE and end - start <= 30 and len(inline.text) > end + 4:
            return inline.text[start:end].strip(" 　:：.")
    return ""


def _item_list(b: _Builder, block: ItemList) -> None:
    section = b.section()
    b.group += 1
    lead = b.last_lead if b.last_lead != _TABLE else ""
    lead = lead or b.sections[section].title
    outer: dict[int, str] = {}  # depth → the item under which deeper ones stand
    for item in block.items:
        text = " ".join(item.inline.text.split())
        start = b.write("  " * item.depth) + 2 * item.depth
        start += len(marker := "- " if item.number is None else f"{item.number}. ")
        b.write(marker + text + "\n")
        above = [outer[depth] for depth in sorted(outer) if depth < item.depth]
        b.add(start, text, "item", lead=" ".join([lead, *above]))
        outer = {depth: outer[depth] for depth in outer if depth < item.depth} | {item.depth: text}
    b.write("\n")
    b.last_lead = ""


def _reference_list(b: _Builder, block: ItemList) -> None:
    goes_on = b.without_references == len(b.sections)  # the list above, in another form
    known = b.sections[-1].references if goes_on else ()
    references: list[Reference] = []
    for position, item in enumerate(block.items, len(known) + 1):
        reference = parse_reference(item, position)
        if any(r.number == reference.number for r in (*known, *references)):  # numbered anew from 1
            reference = replace(reference, number=position)
        references.append(reference)
        b.write(f"{reference.number}. {reference.text}\n")
    b.write("\n")
    start = b.list_from if goes_on else b.without_references
    for i in range(start, len(b.sections)):
        b.sections[i] = replace(b.sections[i], references=(*known, *references))
    b.list_from, b.without_references = start, len(b.sections)


def _grid(b: _Builder, grid: Grid) -> None:
    b.section()
    b.group += 1
    caption = b.caption or b.sections[b.section()].title
    header = tuple(c.text.strip() for c in grid.header)
    b.write(" | ".join(header) + "\n")
    lead = f"{caption}（{' | '.join(h for h in header if h)}）" if any(header) else caption
    rows: list[int] = []
    notes: list[int] = []
    label = ""  # a row that only names the rows below it
    texts = [[c.text.strip() for c in row] for row in grid.rows]
    texts = [row for row in texts if any(row)]
    last_full = max((i for i, row in enumerate(texts) if sum(map(bool, row)) > 1), default=len(texts))
    for i, row in enumerate(texts):
        alone = sum(map(bool, row)) == 1 and len(row) > 1 and bool(row[0])
        is_note = alone and (i > last_full or bool(rows and _FOOTNOTE_MARK.match(row[0])))
        cells: list[tuple[int, int]] = []
        begin = b.length
        for position, text in enumerate(row[:1] if alone else row):
            if position:
                b.write(" | ")
            at = b.write(text)
            cells.append((at, at + len(text)))
        b.write("\n")
        text = row[0] if alone else " | ".join(row)
        if is_note:
            notes.append(b.add(begin, text, "footnote", lead=caption))
        else:
            if alone:
                label = text
            under = f"{lead}{label}" if label and not alone else lead
            rows.append(b.add(begin, text, "row", lead=under, cells=tuple(cells)))
    b.write("\n")
    b.tables.append(Table(caption, header, tuple(rows), tuple(notes), b.group))
    _link_footnotes(b)
    b.caption, b.last_lead = "", _TABLE


def _link_footnotes(b: _Builder) -> None:
    """Give each row the footnotes whose mark it carries."""
    table = b.tables[-1]
    marks = {note: m.group() for note in table.footnotes if (m := _mark_of(b.passages[note]))}
    for row in table.rows:
        passage = b.passages[row]
        shown = {m.group() for m in _FOOTNOTE_MARK.finditer(passage.text)}
        marked = tuple(note for note, mark in marks.items() if mark in shown)
        b.passages[row] = replace(passage, footnotes=marked)


def _mark_of(note: Passage) -> re.Match[str] | None:
    return _FOOTNOTE_MARK.match(note.text)
