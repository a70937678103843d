"""One source as a page to read, a part at a time."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assistant.library import is_shipped
from assistant.types import Citation
from ingest.errata import errata_register
from ingest.types import Section, Source
from ui.safe_html import Html, element, escape, join, link, reference_links
from ui.sources.section_html import part_html
from ui.sources.source_info import source_info
from ui.sources.workshop import Workshop
from ui.strings import Texts

READING = "reading"  # (source id, offset) of what is open


def show_source(source: Source, start: int, workshop: Workshop | None, texts: Texts) -> None:
    """The part around ``start``, what is known about it, and the way back."""
    st.button(texts("library_back"), key="library-back", icon=":material/arrow_back:", on_click=_close)
    st.html(element("header", element("h1", source.title, lang=source.language), class_="mm-header"))
    parts = parts_of(source)
    here = max((i for i, part in enumerate(parts) if part.start <= start), default=0)
    if len(parts) > 1:
        chosen = st.selectbox(
            texts("library_part"), range(len(parts)), index=here, key=f"part-{source.id}-{start}",
            format_func=lambda i: parts[i].title or source.title,
        )
        here = chosen if chosen is not None else here
    st.html(_page(source, parts[here], texts))
    with st.expander(texts("source_heading"), icon=":material/info:"):
        about = Citation(0, source.id, source.title, (), 0, 0, "", source.url)
        info = source_info(source, about, texts, date.today())
        st.html(element("div", info, report_html(source, texts), class_="mm-pane", lang=texts.language))
    if workshop is not None and workshop.is_open and not is_shipped(source.id):
        with st.popover(texts("library_remove"), icon=":material/delete:"):
            st.html(element("p", texts("library_remove_sure"), lang=texts.language))
            st.button(
                texts("library_remove"), key="remove-source", type="primary", on_click=_remove,
                args=(workshop, source),
            )


def parts_of(source: Source) -> list[Section]:
    """What is read in one go: the sections of level 2, or the whole where there is at most one."""
    parts = [s for s in source.sections if s.level == 2]
    if len(parts) < 2:
        return [Section(source.title, 1, (source.title,), 0, len(source.text))]
    first = parts[0].start  # what stands before the first of them belongs to it
    return [Section(parts[0].title, 2, parts[0].path, 0, parts[0].end) if first else parts[0], *parts[1:]]


def report_html(source: Source, texts: Texts) -> Html:
    """What was cleaned, repaired, noticed, and the known errors that were found."""
    register = errata_register()
    found = dict.fromkeys(id_ for passage in source.passages for id_ in passage.errata)
    chinese = texts.language == "zh"
    errata = [
        join([register[i].right if chinese else register[i].right_en, " ",
              link(register[i].evidence, register[i].evidence_url) if register[i].evidence else ""])
        for i in found if i in register
    ]
    repairs = [
        texts("repair_proven" if r.proven else "repair_marked", before=r.before, after=r.after)
        for r in source.repairs
    ]
    cleaned = [f"{rule.rule} × {rule.count}" for rule in source.rules]
    noticed = [f"{source.text[f.start : f.end]}: {f.message}" for f in source.findings]
    groups = (("errata", errata), ("repairs", repairs), ("cleaned", cleaned), ("noticed", noticed))
    parts = [
        element(
            "details", element("summary", texts(f"report_{name}", count=len(lines))),
            element("ul", *(element("li", escape(line)) for line in lines), class_="mm-references"),
            class_="mm-report",
        )
        for name, lines in groups if lines
    ]
    return join(parts)


def _page(source: Source, part: Section, texts: Texts) -> Html:
    references = {
        r.number: r for s in source.sections if part.start <= s.start < part.end for r in s.references
    }
    entries = [
        element("li", f"{r.number}. {r.text} ", join(join([" ", one]) for one in reference_links(r)))
        for r in references.values()
    ]
    listed = element("ul", *entries, class_="mm-references")
    heading = element("h4", texts("references_heading"))
    more = element("div", heading, listed, class_="mm-pane") if entries else ""
    body = element("div", part_html(source, part), class_="mm-page", lang=source.language)
    return element("article", body, more, lang=texts.language)


def _close() -> None:
    st.session_state.pop(READING, None)


def _remove(workshop: Workshop, source: Source) -> None:
    if workshop.remove(source.id, source.title):
        _close()
