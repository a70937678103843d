"""A conversation as a Word document. The one module that knows python-docx."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from ui.chat.answer_html import tokens_of
from ui.chat.turn_text import standing
from ui.export.plain import erratum_text, place_of
from ui.safe_html import reference_addresses
from ui.state import Exchange, citations_of
from ui.strings import Texts

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from markdown_it.token import Token

_FONT = "Microsoft YaHei"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff]")
_LISTS = {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number"}


def to_docx(title: str, exchanges: list[Exchange], texts: Texts, today: str) -> bytes:
    """The whole conversation."""
    from docx import Document as new_document
    from docx.oxml.ns import qn

    document = new_document()
    document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    document.core_properties.title, document.core_properties.author = _xml(title), _xml(texts("title"))
    document.add_heading(_xml(title), 1)
    document.add_paragraph(f"{texts('export_made', date=today)} {texts('disclaimer')}")
    for number, exchange in enumerate(exchanges, 1):
        _exchange(document, number, exchange, texts)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _exchange(document: Document, number: int, exchange: Exchange, texts: Texts) -> None:
    document.add_heading(_xml(f"{number}. {exchange.question}"), 2)
    answer = exchange.answer
    if answer is None:
        document.add_paragraph(texts("error_ask"))
        return
    stands = document.add_paragraph()
    stands.add_run(_xml(f"{texts(f'status_{answer.status}')} · {standing(answer, texts)}")).italic = True
    _blocks(document, tokens_of(answer.text))
    if answer.citations:
        document.add_heading(texts("export_citations"), 3)
    for citation in citations_of(exchange):
        document.add_paragraph(_xml(f"[{citation.marker}] {place_of(citation)}"))
        document.add_paragraph(_xml(citation.quote), style="Quote")
        for note in citation.errata:
            document.add_paragraph(_xml(f"⚠ {erratum_text(note, texts)}"))
        for reference in citation.references:
            links = " ".join(reference_addresses(reference))
            document.add_paragraph(_xml(f"{reference.number}. {reference.text} {links}".rstrip()))


def _blocks(document: Document, tokens: list[Token]) -> None:
    """Paragraphs, list items and tables, in order; a nested item is an item."""
    styles: list[str] = []
    rows: list[list[Token]] = []
    for token in tokens:
        if token.type in _LISTS:
            styles.append(_LISTS[token.type])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            styles.pop()
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            _table(document, rows)
            rows = []
        elif token.type == "inline" and rows:
            rows[-1].append(token)
        elif token.type == "inline":
            _write(document.add_paragraph(style=styles[-1] if styles else None), token)


def _table(document: Document, rows: list[list[Token]]) -> None:
    table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, token in zip(row.cells, cells, strict=False):
            _write(cell.paragraphs[0], token)


def _write(paragraph: Paragraph, inline: Token) -> None:
    bold = italic = False
    for token in inline.children or []:
        if token.type in ("strong_open", "strong_close"):
            bold = token.type == "strong_open"
        elif token.type in ("em_open", "em_close"):
            italic = token.type == "em_open"
        elif token.type in ("softbreak", "hardbreak"):
            paragraph.add_run().add_break()
        elif token.content:
            run = paragraph.add_run(_xml(token.content))
            run.bold, run.italic = bold, italic


def _xml(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)
