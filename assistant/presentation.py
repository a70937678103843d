"""Chosen passages → the text a user reads: sentences with markers, errata beside them, notices."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.markdown import escape as escape  # other modules and tests know it from here
from assistant.markdown import readable as readable
from assistant.page import Page, context_of, marks_of
from assistant.page import Presented as Presented
from assistant.plain.decisions import advises, closing
from assistant.plain.lines import as_lines, cells_as_lines
from assistant.question import Question
from assistant.rendering import render_terms
from assistant.selection import Group
from assistant.types import AnswerSentence, Audience
from assistant.verification import verify
from ingest.references import without_marks
from ingest.types import Passage, Source, Table

_BESIDE = 1  # explanations beside a sentence that does not answer directly
_POINTS = re.compile(r"(?:要点|关键点)(?:如下|包括)?[：:]?$|\bkey points\b", re.IGNORECASE)


def present(
    groups: tuple[Group, ...], question: Question, audience: Audience = "clinician", earlier: str = ""
) -> Presented:
    """Write the groups out; a sentence that its own span does not support is dropped.

    A patient reads them in plain words, with the terms that stay explained behind the marker, unless they
    were in the ``earlier`` answers of the conversation.
    """
    page = Page.of(question, audience, earlier)
    for group in groups:
        if page.patient and group.kind != "sentences":
            page.patient.topic = ""
        match group.kind:
            case "list":
                _list(page, group)
            case "table":
                _table(page, group)
            case _:
                _sentences(page, group)
        page.direct = page.direct or len(page.sentences)
        if page.patient and page.direct:
            page.patient.notes.most = _BESIDE
    if page.patient and page.sentences:
        told = [sentence.text for sentence in page.sentences]
        page.lines.append(closing(told[: page.direct], told[page.direct :], question.text, page.language))
    return page.presented("\n".join(page.lines))


def _sentences(page: Page, group: Group) -> None:
    written: list[str] = []
    shown: list[Passage] = []
    for position in group.positions:
        passage = group.source.passages[position]
        text = readable(passage.text, marks_of(group.source, passage))
        headed = bool(shown)
        if page.patient:  # what the sentence above stands under need not be said again
            headed = headed or page.patient.topic == passage.topic
            page.patient.topic = passage.topic
        if passage.topic and not headed and passage.topic not in text:
            text = f"{passage.topic}{_colon(group.source)}{text}"
        elif passage.topic and text.startswith(passage.topic):
            rest = text[len(passage.topic) :].lstrip()
            run_in = passage.text[len(passage.topic) :][:1].isspace()
            text = f"{passage.topic}{_colon(group.source)}{rest}" if run_in else text
        line = _cited(page, group.source, passage, text)
        if line:
            written.append(line)
            shown.append(passage)
    if written:
        chinese = page.language == group.source.language == "zh"
        in_lines = any("\n" in line for line in written)
        page.lines.append(("\n\n" if in_lines else "" if chinese else " ").join(written))
        _after(page, shown)
        page.lines.append("")


def _list(page: Page, group: Group) -> None:
    source = group.source
    above = {i: _above(source, i) for i in group.positions}
    together = len({source.passages[i].lead for i in group.positions}) == 1
    # Items under one lead-in are said below it; else each stands under the items that it belongs to.
    outermost = group.positions[0] if together else (*above[group.positions[0]], group.positions[0])[0]
    lead = source.passages[outermost].lead
    # "The key points of this chapter are" tells a patient nothing.
    bare = page.patient is not None and bool(_POINTS.search(lead))
    led = "" if bare else _head(page, source, lead, source.passages[outermost])
    lines: list[str] = []
    shown: list[Passage] = []
    said: set[int] = set()
    for position in group.positions:
        passage = source.passages[position]
        line = _cited(page, source, passage, readable(passage.text, marks_of(source, passage)))
        if not line:
            continue
        heads = () if together else above[position]
        for depth, head in enumerate(heads):
            if head not in said:
                lines.append(f"{'  ' * depth}- {_head(page, source, source.passages[head].text, passage)}")
        lines.append(f"{'  ' * len(heads)}- {line}")
        said |= {*heads, position}
        shown.append(passage)
    if shown:
        page.lines += [led] if led else []
        page.lines += [line.removeprefix("- ") for line in lines] if bare and len(lines) == 1 else lines
        _after(page, shown)
        page.lines.append("")


def _above(source: Source, position: int) -> tuple[int, ...]:
    """The items that an item is nested under, outermost first."""
    item = source.passages[position]
    for i in range(position - 1, -1, -1):
        other = source.passages[i]
        if other.group != item.group:
            break
        if item.lead == f"{other.lead} {other.text}":
            return (*_above(source, i), i)
    return ()


def _head(page: Page, source: Source, text: str, passage: Passage) -> str:
    """A lead-in, caption or label as the line above what it introduces."""
    head = readable(text, marks_of(source, passage)).rstrip("：:。.")
    notes = ""
    if page.patient:
        head = page.patient.heading(head, source.language).rstrip("。.")
        # Only what answers directly is worth an explanation above its items.
        notes = "" if page.direct else page.patient.notes.beside(head)
    below = f"\n{escape(notes.strip())}" if notes else ""
    return escape(head) + _colon(source).rstrip() + below


def _colon(source: Source) -> str:
    return "：" if source.language == "zh" else ": "


def _table(page: Page, group: Group) -> None:
    source = group.source
    rows = [source.passages[i] for i in group.positions if source.passages[i].kind == "row"]
    notes = [source.passages[i] for i in group.positions if source.passages[i].kind == "footnote"]
    table = next((t for t in source.tables if rows and t.group == rows[0].group), None)
    labels = {p.topic for p in rows if p.topic}
    caption = _head(page, source, table.caption, (rows or notes)[0]) if table and table.caption else ""
    lines: list[str] = []
    shown: list[Passage] = []
    label = ""
    for passage in [*rows, *notes]:
        if passage.kind == "row" and passage.text in labels and len(passage.cells) == 1:
            continue  # it is said above its rows
        line = _cited(page, source, passage, _row_text(source, passage, table))
        if not line:
            continue
        if passage.topic and passage.topic != label:
            lines.append(f"- {_head(page, source, passage.topic, passage)}")
        label = passage.topic
        lines.append(f"  - {line}" if label else f"- {line}")
        shown.append(passage)
    if shown:
        page.lines += [caption, *lines] if caption else lines
        _after(page, shown)
        page.lines.append("")


def _row_text(source: Source, passage: Passage, table: Table | None) -> str:
    """A table row as a line: its first cell, then the others, named by their columns if several."""
    marks = marks_of(source, passage)
    if passage.kind != "row":
        return readable(passage.text, marks)
    cells = [readable(source.text[start:end], marks) for start, end in passage.cells]
    header = [readable(name, marks) for name in table.header] if table else []
    named = _joined(source, cells, header)
    # Column names help the reader, but only where the check still knows the row again.
    return named if _stands(source, passage, named) else _joined(source, cells, [])


def _joined(source: Source, cells: list[str], header: list[str]) -> str:
    rest = [
        f"{name} {cell}" if name and len(cells) > 2 else cell
        for name, cell in zip([*header, *[""] * len(cells)][1:], cells[1:], strict=False)
        if cell
    ]
    joined = ("；" if source.language == "zh" else "; ").join(rest)
    return _colon(source).join(filter(None, [cells[0], joined]))


def _cited(page: Page, source: Source, passage: Passage, text: str) -> str:
    """``text`` with its marker, recorded; "" when the span does not support it."""
    if not _stands(source, passage, text):
        page.dropped.append(text)
        return ""
    marker = page.marker(source, passage)
    gap = " " if page.language == "en" else ""
    if page.patient is None:
        page.sentences.append(AnswerSentence(text, (marker,), True))
        return f"{escape(text)}{gap}[{marker}]"
    context, marks = context_of(source, passage), marks_of(source, passage)
    if source.audience == "patient" and _stands(source, passage, clear := page.patient.once(text)):
        text = clear
    pieces = page.patient.sentences(text, source.language, passage.text, context, marks)
    page.sentences += [AnswerSentence(piece.strip(), (marker,), True) for piece in pieces]
    told = "".join(pieces)
    # Of what is to be done or left, a second term is explained in any case.
    notes = page.patient.notes.beside(told, more=advises(told))
    stop = "" if not notes else "。" if page.language == "zh" else "."
    return f"{_laid_out(pieces, passage, stop)}{gap}[{marker}]{escape(notes)}"


def _laid_out(pieces: tuple[str, ...], passage: Passage, stop: str) -> str:
    """A patient's sentences; what a sentence enumerates at length stands in lines.

    ``stop`` ends what has no full stop of its own.
    """
    parts: list[str] = []
    for piece in pieces:
        lead, items = cells_as_lines(piece, "row") if passage.kind == "row" else as_lines(piece)
        if items:
            indent = {"sentence": "", "row": "    "}.get(passage.kind, "  ")  # below the line of its row
            parts.append("\n".join([f"{escape(lead)}：", *(f"{indent}- {escape(item)}" for item in items)]))
        else:
            parts.append(escape(piece))
    laid_out = "".join(f"{part}\n\n" if "\n" in part else part for part in parts[:-1]) + parts[-1]
    return laid_out if laid_out[-1] in "。.!?！？" else f"{laid_out}{stop}"


def _stands(source: Source, passage: Passage, text: str) -> bool:
    return verify(text, [passage.text], context_of(source, passage), marks_of(source, passage)).supported


def _after(page: Page, passages: list[Passage]) -> None:
    """What must stand right beside the quotation: rendering in English, errata."""
    if page.language == "en" and passages:
        rendering = render_terms([replace(p, text=without_marks(p.text, p.references)) for p in passages])
        if rendering:
            page.lines.append(rendering)
    page.lines += page.errata(passages)
