"""A conversation as one HTML file that loads nothing and runs nothing."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ui.chat.answer_html import cite_key
from ui.chat.turn_text import standing, text_html
from ui.export.plain import erratum_text, place_of
from ui.safe_html import Html, element, escape, join, reference_links
from ui.state import Exchange, citations_of
from ui.strings import Texts

# Whatever slipped in could still neither load nor run.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def to_html(title: str, exchanges: list[Exchange], texts: Texts, today: str) -> bytes:
    """The whole conversation."""
    made = element("p", f"{texts('export_made', date=today)} {texts('disclaimer')}", class_="quiet")
    body = element(
        "body", element("h1", title), made, *(_exchange(n, e, texts) for n, e in enumerate(exchanges, 1))
    )
    head = element(
        "head", Html('<meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        element("title", title), Html(f"<style>{_style()}</style>"),
    )
    return ("<!DOCTYPE html>\n" + element("html", head, body, lang=texts.language) + "\n").encode()


@cache
def _style() -> str:
    return (files("ui") / "static" / "export.css").read_text("utf-8")


def _exchange(number: int, exchange: Exchange, texts: Texts) -> Html:
    question = element("h2", f"{number}. {exchange.question}")
    answer = exchange.answer
    if answer is None:
        return element("section", question, element("p", texts("error_ask")))
    stands = element("p", f"{texts(f'status_{answer.status}')} · {standing(answer, texts)}", class_="quiet")
    entries = [_citation(exchange, i, texts) for i in range(len(answer.citations))]
    cited = join([element("h3", texts("export_citations")), element("ul", *entries)]) if entries else ""
    return element("section", question, stands, text_html(answer, exchange.id, texts), cited)


def _citation(exchange: Exchange, position: int, texts: Texts) -> Html:
    citation = citations_of(exchange)[position]
    errata = [element("p", f"⚠ {erratum_text(note, texts)}") for note in citation.errata]
    references = [
        element("p", f"{r.number}. {r.text} ", join(reference_links(r)), class_="quiet")
        for r in citation.references
    ]
    place = escape(f"[{citation.marker}] {place_of(citation)}")
    return element(
        "li", place, element("blockquote", citation.quote), *errata, *references,
        id=cite_key(exchange.id, citation.marker),
    )
