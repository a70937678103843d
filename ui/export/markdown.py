"""A conversation as Markdown with its citations and references."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.markdown import escape
from assistant.types import Answer, Citation
from ui.chat.turn_text import standing
from ui.export.plain import erratum_text, place_of
from ui.export.rewritten import rewritten
from ui.safe_html import reference_addresses
from ui.state import Exchange
from ui.strings import Texts


def to_markdown(title: str, exchanges: list[Exchange], texts: Texts, today: str) -> bytes:
    """The whole conversation. What others wrote is escaped: it stays text wherever the file is opened."""
    head = [f"# {_line(title)}", f"{texts('export_made', date=today)} {texts('disclaimer')}"]
    parts = [block for number, e in enumerate(exchanges, 1) for block in _exchange(number, e, texts)]
    return ("\n\n".join([*head, *parts]) + "\n").encode()


def _exchange(number: int, exchange: Exchange, texts: Texts) -> Iterator[str]:
    yield f"## {number}. {_line(exchange.question)}"
    answer = exchange.answer
    if answer is None:
        yield texts("error_ask")
        return
    yield f"*{texts(f'status_{answer.status}')} · {_line(standing(answer, texts))}*"
    yield rewritten(answer.text)
    yield from _citations(answer, texts)


def _citations(answer: Answer, texts: Texts) -> Iterator[str]:
    if answer.citations:
        yield f"### {texts('export_citations')}"
    for citation in answer.citations:
        yield "\n".join(_citation(citation, texts))


def _citation(citation: Citation, texts: Texts) -> Iterator[str]:
    yield f"- \\[{citation.marker}\\] {_line(place_of(citation))}"
    yield f"  > {_line(citation.quote)}"
    for note in citation.errata:
        yield f"  - ⚠ {_line(erratum_text(note, texts))}"
    for reference in citation.references:
        links = " ".join(f"<{address}>" for address in reference_addresses(reference))
        yield f"  - {reference.number}\\. {_line(reference.text)} {links}".rstrip()


def _line(text: str) -> str:
    """Text of others in one line, every character of it only a character."""
    return escape(" ".join(text.split()))
