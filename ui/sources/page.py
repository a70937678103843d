"""The sources: what there is, how old it is, its text, and how a search goes through it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby

import streamlit as st

from index import Hit
from ingest.types import Source
from ui.interfaces import Library, Opener
from ui.opening import open_or_explain
from ui.safe_html import Html, element
from ui.sources.reading import READING, show_source
from ui.sources.source_info import reviewed_text
from ui.sources.upload import show_upload
from ui.sources.workshop import Workshop
from ui.strings import Texts

_MAX_WORDS = 300  # characters
_HITS = 8
_EXCERPT = 180  # characters


def draw(opener: Opener, workshop: Workshop | None, texts: Texts) -> None:
    """The page; without a workshop nothing can be added or removed."""
    assistant = open_or_explain(opener, texts)
    if assistant is None:
        return
    library = assistant.index
    with st.container(key="library"):
        reading = st.session_state.get(READING)
        if reading and reading[0] in library.sources:
            show_source(library.sources[reading[0]], reading[1], workshop, texts)
            return
        title = element("h1", texts("library_title"))
        subtitle = element("p", texts("library_subtitle"), class_="mm-quiet")
        st.html(element("header", title, subtitle, class_="mm-header", lang=texts.language))
        words = st.text_input(
            texts("library_search"), key="library-words", max_chars=_MAX_WORDS, icon=":material/search:",
            placeholder=texts("library_search_example"), autocomplete="off",
        )
        if words.strip():
            _show_hits(library, words.strip(), texts)
        else:
            _show_sources(library.sources, texts)
            show_upload(workshop, library.sources, texts)


def _show_sources(sources: Mapping[str, Source], texts: Texts) -> None:
    """The sources by edition, a user's own (which are no edition of anything) first."""
    listed = sorted(
        sources.values(), key=lambda s: (bool(s.edition), s.language != texts.language, s.edition)
    )
    for edition, group in groupby(listed, key=lambda source: source.edition):
        members = list(group)
        name = _edition(members[0], texts) if edition else texts("library_own")
        heading = f"{name} · {texts('library_count', count=len(members))}"
        with st.expander(heading, expanded=not edition or len(listed) == len(members)):
            for source in members:
                _show_line(source, texts)


def _show_line(source: Source, texts: Texts) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"source-{source.id}"):
        facts = [texts("library_reviewed", when=reviewed_text(source, texts, date.today()))]
        facts += [texts("library_sections", count=len(source.sections))]
        line = element(
            "div", element("strong", source.title, lang=source.language), element("small", " · ".join(facts)),
            class_="mm-line",
        )
        st.html(line, width="stretch")
        st.button(
            texts("read"), key=f"read-{source.id}", icon=":material/menu_book:", on_click=_open,
            args=(source.id, 0),
        )


def _show_hits(library: Library, words: str, texts: Texts) -> None:
    """What a search brings, with the rank that words and meaning gave each piece."""
    hits = library.search(words, _HITS)
    about = texts("library_hits", count=len(hits)) if hits else texts("library_no_hits")
    st.html(element("p", about, class_="mm-quiet", role="status", lang=texts.language))
    for number, hit in enumerate(hits, 1):
        source = library.sources[hit.chunk.source_id]
        start = source.passages[hit.chunk.first].start
        with st.container(horizontal=True, vertical_alignment="top", gap="small", key=f"hit-{number}"):
            st.html(_hit(number, hit, source, texts), width="stretch")
            st.button(
                texts("read"), key=f"read-hit-{number}", icon=":material/menu_book:", on_click=_open,
                args=(source.id, start),
            )


def _hit(number: int, hit: Hit, source: Source, texts: Texts) -> Html:
    path = " › ".join((source.title, *source.sections[hit.chunk.section].path))
    text = hit.chunk.text if len(hit.chunk.text) <= _EXCERPT else hit.chunk.text[:_EXCERPT] + "…"
    ranks = [
        texts(f"library_by_{side}", rank=rank) if rank else texts(f"library_not_by_{side}")
        for side, rank in (("words", hit.lexical_rank), ("meaning", hit.dense_rank))
    ]
    return element(
        "div", element("p", f"{number}. {path}", class_="mm-path"), element("p", text, lang=source.language),
        element("small", " · ".join([*ranks, texts("library_score", score=f"{hit.score:.4f}")])),
        class_="mm-line mm-hit",
    )


def _edition(source: Source, texts: Texts) -> str:
    language = texts(f"language_{source.language}")
    key = f"audience_{source.audience}"
    return " · ".join((texts("library_monograph"), language, texts(key) if key in texts.texts else ""))


def _open(source_id: str, start: int) -> None:
    st.session_state[READING] = (source_id, start)
