"""The evidence as numbered passages, marked as data, within a budget of tokens."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.language_model.tokens import count
from assistant.markdown import readable
from assistant.page import context_of, marks_of
from assistant.selection import POINTS_BACK, Group
from assistant.types import Audience
from ingest.terminology import default_terminology
from ingest.types import Passage, Source, Table

_MOST = 24  # passages, at most
_TAG = re.compile(r"</?\s*(?:data|passage)[^>\n]{0,80}>", re.IGNORECASE)
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A passage under the number that the model cites."""

    number: int
    source: Source
    position: int

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.source.passages[self.position]

    @property
    def said(self) -> str:
        """What the passage says, without the run-in heading that it may begin with; a row of a table with
        the name of its column before each cell, so that no value can be taken for another column's."""
        if self.passage.kind == "row" and (row := _row(self.source, self.passage)):
            return row
        own = self.passage.text.removeprefix(self.passage.topic).strip()
        return own or self.passage.text

    @property
    def context(self) -> str:
        """What the verifier may read beside the passage: what it stands under, and what "it" points at."""
        around = "\n".join([context_of(self.source, self.passage), self.passage.topic])
        before = self.source.passages[self.position - 1] if self.position else self.passage
        if before.group != self.passage.group or not POINTS_BACK.match(self.passage.text):
            return around
        named = (m.text for m in default_terminology().mentions(before.text))
        return "\n".join([around, *dict.fromkeys(named)])


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages by number; ``fence`` is the mark around them, drawn anew for each answer so that no
    document can contain it."""

    numbered: tuple[Numbered, ...]
    fence: str

    def get(self, number: int) -> Numbered | None:
        """The passage of a marker, or None when there is no such one."""
        return self.numbered[number - 1] if 0 < number <= len(self.numbered) else None

    @property
    def text(self) -> str:
        """The passages as the model reads them."""
        lines = [f"<{self.fence}>", *(_line(n) for n in self.numbered), f"</{self.fence}>"]
        return "\n".join(lines)


def numbered(evidence: Evidence, groups: Sequence[Group], audience: Audience, budget: int) -> Passages:
    """The passages for one question: those of the extractive answer, then the next best.

    A patient's answer retells the first alone. ``budget``: tokens; the best passage goes in at any rate.
    """
    chosen: list[Numbered] = []
    left = budget
    for source, position in _order(evidence, groups, audience):
        candidate = Numbered(len(chosen) + 1, source, position)
        left -= count(_line(candidate)) + 1
        if chosen and (left < 0 or len(chosen) >= _MOST):
            break
        chosen.append(candidate)
    return Passages(tuple(chosen), f"data-{secrets.token_hex(4)}")


def _order(evidence: Evidence, groups: Sequence[Group], audience: Audience) -> Iterator[tuple[Source, int]]:
    seen: set[Key] = set()
    cited = [(g.source, i) for g in groups for i in g.positions]
    others = [(s.source, s.position) for s in evidence.ranked] if audience == "clinician" else []
    for source, position in [*cited, *others]:
        # What only introduces a list says nothing by itself; its items carry it.
        is_lead = source.passages[position].text.endswith(("：", ":"))
        if (source.id, position) not in seen and not is_lead:
            seen.add((source.id, position))
            yield source, position


def _table(source: Source, row: Passage) -> Table | None:
    return next((table for table in source.tables if table.group == row.group), None)


def _row(source: Source, row: Passage) -> str:
    """A row with its columns named; "" where the table names none."""
    table = _table(source, row)
    if table is None or len(table.header) < len(row.cells) or len(row.cells) < 2:
        return ""
    colon, stop = ("：", "；") if source.language == "zh" else (": ", "; ")
    cells = [source.text[start:end] for start, end in row.cells]
    columns = zip(table.header[1:], cells[1:], strict=False)
    named = (f"{name} {cell}".strip() for name, cell in columns if cell)
    return cells[0] + colon + stop.join(named)


def _line(numbered: Numbered) -> str:
    source, passage = numbered.source, numbered.passage
    path = " › ".join(source.path_of(passage))
    table = _table(source, passage) if passage.kind == "row" else None
    above = table.caption if table else passage.lead
    lead = f" {above}" if above and passage.kind != "sentence" else ""
    topic = f" {passage.topic}: " if passage.topic else ""
    text = readable(f"{lead}{topic} {numbered.said}".strip(), marks_of(source, passage))
    return f"[{numbered.number}] ({path}) {_TAG.sub(' ', text)}"
