"""The pane beside the answer: where a citation stands in its source, and what is known about it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assistant.types import Citation, ErratumNote
from ingest.types import Repair, Source
from ui.chat.answer_html import cite_key
from ui.interfaces import Library
from ui.safe_html import Html, element, escape, join, link, reference_links
from ui.sources.section_html import section_html
from ui.sources.source_info import source_info
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
    return join(_erratum(note, texts) for note in citation.errata)


def _erratum(note: ErratumNote, texts: Texts) -> Html:
    """What is right, in one line; what the text says and who says otherwise is folded away.

    The card stands above the quotation and must not push it out of sight.
    """
    title = texts("erratum_confirmed" if note.confirmed else "erratum_unconfirmed")
    says = texts("erratum_says", says=note.says) if note.says else ""
    evidence = link(note.evidence, note.evidence_url) if note.evidence_url else escape(note.evidence)
    # The words around the evidence are ours and hold no name to fill in: it may be a link.
    grounds = join([texts("erratum_evidence"), evidence])
    kind = "mm-card mm-card-warning" if note.severity == "clinical" else "mm-card"
    return _card(kind, title, note.right, (says, grounds if note.evidence else ""), texts)


def _repairs(source: Source, citation: Citation, texts: Texts) -> Html:
    found = (r for r in source.repairs if r.start < citation.end and citation.start < r.end)
    return join(_repair(repair, texts) for repair in found)


def _repair(repair: Repair, texts: Texts) -> Html:
    words = texts(
        "repair_proven" if repair.proven else "repair_marked", before=repair.before, after=repair.after
    )
    grounds = texts("repair_evidence", evidence=repair.evidence)
    return _card("mm-card", texts("repairs_heading"), words, (grounds,), texts)


def _card(kind: str, title: str, words: str, more: tuple[str, ...], texts: Texts) -> Html:
    details = [element("p", paragraph) for paragraph in more if paragraph]
    folded = element("details", element("summary", texts("card_more")), *details) if details else ""
    return element("article", element("p", element("strong", f"⚠ {title} "), words), folded, class_=kind)


def _references(citation: Citation, texts: Texts) -> Html:
    if not citation.references:
        return Html()
    entries = []
    for reference in citation.references:
        links = join(join([" ", one]) for one in reference_links(reference))
        entries.append(element("li", element("span", f"{reference.number}. {reference.text}"), links))
    heading = element("h4", texts("references_heading"))
    return join([heading, element("ul", *entries, class_="mm-references")])
