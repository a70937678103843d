"""The kinds of files, each made only when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from assistant.record import to_record
from ui.export.markdown import to_markdown
from ui.export.page import to_html
from ui.export.word import to_docx
from ui.state import Exchange
from ui.strings import Texts

Maker = Callable[[str, list[Exchange], Texts, str], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """``name`` is also the suffix of the file."""

    name: str
    mime: str
    make: Maker


def _records(title: str, exchanges: list[Exchange], texts: Texts, today: str) -> bytes:
    """The answer records as ``myeloma ask --json`` prints them, in the order of asking."""
    records = [to_record(e.answer, str(n)) for n, e in enumerate(exchanges, 1) if e.answer is not None]
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()


FORMATS = (
    Format("md", "text/markdown", to_markdown),
    Format("html", "text/html", to_html),
    Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", to_docx),
    Format("json", "application/json", _records),
)


def exported(format_: Format, exchanges: list[Exchange], texts: Texts, today: str) -> bytes:
    """A conversation as the bytes of a file; ``today`` is the date that is printed in it."""
    return format_.make(texts("export_title"), exchanges, texts, today)
