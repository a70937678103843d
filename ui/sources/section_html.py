"""A section of a source as HTML, with exactly the cited characters inside ``<mark>``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.types import Passage, Section, Source, Table
from ui.safe_html import Html, element, join

_HEADING = re.compile(r"#{1,6} ")
_ITEM = re.compile(r"( *)(- |\d+\. )")
_DEEPEST = 3  # indentation of lists is drawn up to this depth
_CLASSES = {"caption": "mm-caption", "meta": "mm-meta", "footnote": "mm-note"}


def section_at(source: Source, offset: int) -> Section:
    """The innermost section that holds the character at ``offset``."""
    return max(
        (s for s in source.sections if s.start <= offset < s.end),
        key=lambda s: (s.start, s.level),
        default=source.sections[0],
    )


def own_end(source: Source, section: Section) -> int:
    """Where the section's own text ends: at its first subsection, if it has any."""
    return min(
        (s.start for s in source.sections if section.start < s.start < section.end), default=section.end
    )


def section_html(source: Source, start: int, end: int) -> Html:
    """The own text of the section around ``start``, with ``source.text[start:end]`` marked."""
    section = section_at(source, start)
    view = _View(source, start, end)
    # A citation that runs on into a subsection pulls that text in.
    stop = max(own_end(source, section), min(end, len(source.text)))
    return join(view.blocks(section.start, stop))


def part_html(source: Source, section: Section) -> Html:
    """A section with everything below it, nothing marked."""
    return join(_View(source, section.start, section.start).blocks(section.start, section.end))


class _View:
    """One source with one cited span."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source, self.start, self.end = source, start, end
        self.passages = {p.start: p for p in source.passages}
        self.tables = {_table_start(source, t): t for t in source.tables if t.rows}

    def blocks(self, cursor: int, stop: int) -> Iterator[Html]:
        """Headings, paragraphs, lists and tables between two offsets, in order."""
        items: list[Html] = []
        while cursor < stop:
            line_end = self.source.text.find("\n", cursor, stop)
            line_end = stop if line_end < 0 else line_end
            item = self._item(cursor, line_end)
            if item is not None:
                items.append(item)
            elif items:
                yield element("ul", *items)
                items = []
            if table := self.tables.get(cursor):
                html, cursor = self._table(table, cursor)
                yield html
                continue
            if item is None and line_end > cursor:
                yield self._line(cursor, line_end)
            cursor = line_end + 1
        if items:
            yield element("ul", *items)

    def marked(self, start: int, end: int) -> Html:
        """``text[start:end]`` with its cited part marked."""
        text = self.source.text
        left, right = max(start, self.start), min(end, self.end)
        if left >= right:
            return join([text[start:end]])
        return join([text[start:left], element("mark", text[left:right]), text[right:end]])

    def _line(self, start: int, end: int) -> Html:
        heading = _HEADING.match(self.source.text, start, end)
        if heading:
            return element("h4", self.marked(heading.end(), end))
        passage = self.passages.get(start)
        return element("p", self.marked(start, end), class_=_CLASSES.get(passage.kind) if passage else None)

    def _item(self, start: int, end: int) -> Html | None:
        prefix = _ITEM.match(self.source.text, start, end)
        passage = self.passages.get(prefix.end()) if prefix else None
        if prefix is None or passage is None or passage.kind != "item":
            return None
        depth = min(len(prefix.group(1)) // 2, _DEEPEST)
        number = "" if prefix.group(2) == "- " else prefix.group(2)
        kind = f"mm-depth-{depth}" + (" mm-numbered" if number else "")
        return element("li", number, self.marked(prefix.end(), end), class_=kind)

    def _table(self, table: Table, cursor: int) -> tuple[Html, int]:
        """The table that starts at ``cursor`` and the offset behind it."""
        width = max(len(self.source.passages[i].cells) for i in table.rows)
        header = [element("th", cell, scope="col") for cell in table.header]
        head = element("thead", element("tr", *header)) if any(table.header) else Html()
        rows: list[Html] = []
        members = {self.source.passages[i].start for i in (*table.rows, *table.footnotes)}
        cursor = self.source.passages[table.rows[0]].start
        while cursor in members:
            passage = self.passages[cursor]
            rows.append(self._row(passage, width))
            cursor = passage.end + 1
        inner = element("table", head, element("tbody", *rows), aria_label=table.caption)
        # Wider than a narrow screen: to be scrolled by the keyboard as well.
        box = element(
            "div", inner, class_="mm-table", tabindex=0, role="region", aria_label=table.caption or None
        )
        return box, cursor

    def _row(self, passage: Passage, width: int) -> Html:
        if not passage.cells:
            return element("tr", element("td", self.marked(passage.start, passage.end), colspan=width))
        first, *others = (self.marked(start, end) for start, end in passage.cells)
        cited = passage.start < self.end and self.start < passage.end
        cells = [element("th", first, scope="row"), *(element("td", cell) for cell in others)]
        return element("tr", *cells, class_="mm-cited" if cited else None)


def _table_start(source: Source, table: Table) -> int:
    """Offset of the header line, which stands right before the first row."""
    return source.passages[table.rows[0]].start - len(" | ".join(table.header)) - 1
