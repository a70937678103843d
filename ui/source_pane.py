"""The pane beside the answer: where a citation stands in its source, and what is known about it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assistant.types import Citation
from ingest.types import Repair, Source
from ui.answer_html import cite_key
from ui.interfaces import Library
from ui.safe_html import Html, element, join, link, reference_links
from ui.section_html import section_html
from ui.source_info import source_info
from ui.state import Conversation, Exchange, citations_of
from ui.strings import Texts

PANE = "source-pane"


def show_pane(library: Library, talk: Conversation, exchange: Exchange, position: int, texts: Texts) -> None:
    """The citation at ``position`` of an exchange, with the way to its neighbours."""
    citation = citations_of(exchange)[position]
    source = library.sources.get(citation.source_id)
    with st.container(key=PANE):
        _show_controls(talk, exchange, position, texts)
        st.html(pane_html(source, citation, cite_key(exchange.id, citation.marker), texts, date.today()))


def pane_html(source: Source | None, citation: Citation, key: str, texts: Texts, today: date) -> Html:
    """Everything below the pane's buttons; ``key`` names the citation that is open."""
    if source is not None and source.text[citation.start : citation.end] == citation.quote:
        body = join([_repairs(source, citation, texts), _in_section(source, citation, key, texts)])
    else:
        body = _quotation(citation, key, texts("source_changed" if source else "source_gone"))
    return element(
        "section",
        element("p", " › ".join(citation.section_path), class_="mm-path"),
        _errata(citation, texts),
        body,
        _references(citation, texts),
        source_info(source, citation, texts, today),
        class_="mm-pane",
        aria_label=texts("pane_label"),
        lang=texts.language,
    )


def _show_controls(talk: Conversation, exchange: Exchange, position: int, texts: Texts) -> None:
    markers = [c.marker for c in citations_of(exchange)]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="pane-controls"):
        where = texts("pane_position", position=position + 1, count=len(markers))
        st.html(element("strong", where, role="status"), width="stretch")
        for name, icon, to in (
            ("previous", "chevron_left", position - 1),
            ("next", "chevron_right", position + 1),
        ):
            possible = 0 <= to < len(markers)
            st.button(
                texts(name),
                key=f"pane-{name}",
                icon=f":material/{icon}:",
                disabled=not possible,
                on_click=talk.open,
                args=(exchange.id, markers[to] if possible else 0),
            )
        st.button(texts("close"), key="pane-close", icon=":material/close:", on_click=talk.close)


def _in_section(source: Source, citation: Citation, key: str, texts: Texts) -> Html:
    return element(
        "div",
        section_html(source, citation.start, citation.end),
        class_="mm-section",
        data_open=key,
        tabindex=0,
        role="region",
        aria_label=texts("section_label"),
        lang=source.language,
    )


def _quotation(citation: Citation, key: str, problem: str) -> Html:
    """The quotation alone, when its place in the source cannot be shown."""
    quoted = element("div", element("p", citation.quote), class_="mm-section", data_open=key, tabindex=0)
    return join([element("p", problem, class_="mm-error", role="alert"), quoted])


def _errata(citation: Citation, texts: Texts) -> Html:
    cards = []
    for note in citation.errata:
        title = texts("erratum_confirmed" if note.confirmed else "erratum_unconfirmed")
        evidence = link(note.evidence, note.evidence_url) if note.evidence_url else note.evidence
        entries = (("says", note.says), ("right", note.right), ("evidence", evidence))
        rows = [
            join([element("dt", texts(f"erratum_{name}")), element("dd", value)])
            for name, value in entries
            if value
        ]
        kind = "mm-card mm-card-warning" if note.severity == "clinical" else "mm-card"
        cards.append(element("article", element("strong", f"⚠ {title}"), element("dl", *rows), class_=kind))
    return join(cards)


def _repairs(source: Source, citation: Citation, texts: Texts) -> Html:
    found = (r for r in source.repairs if r.start < citation.end and citation.start < r.end)
    return join(_repair(repair, texts) for repair in found)


def _repair(repair: Repair, texts: Texts) -> Html:
    words = texts(
        "repair_proven" if repair.proven else "repair_marked", before=repair.before, after=repair.after
    )
    evidence = element("p", texts("repair_evidence", evidence=repair.evidence), class_="mm-quiet")
    heading = element("strong", f"⚠ {texts('repairs_heading')}")
    return element("article", heading, element("p", words), evidence, class_="mm-card")


def _references(citation: Citation, texts: Texts) -> Html:
    if not citation.references:
        return Html()
    entries = []
    for reference in citation.references:
        links = join(join([" ", one]) for one in reference_links(reference))
        entries.append(element("li", element("span", f"{reference.number}. {reference.text}"), links))
    heading = element("h4", texts("references_heading"))
    return join([heading, element("ul", *entries, class_="mm-references")])
