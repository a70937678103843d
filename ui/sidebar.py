"""The sidebar: language, audience, a new conversation, and what the answers come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from assistant.types import Audience
from ingest.types import Source
from ui.safe_html import element
from ui.source_info import reviewed_text
from ui.state import Conversation, keep
from ui.strings import LANGUAGES, InterfaceLanguage, Texts, texts_in

_AUDIENCES: tuple[Audience, ...] = ("clinician", "patient")


def choose_language() -> Texts:
    """The switch of the interface language; the browser's language decides at first."""
    both = {language: texts_in(language)(f"language_{language}") for language in LANGUAGES}
    keep("language", _browser_language())
    st.sidebar.segmented_control(
        texts_in("zh")("language_label"),
        LANGUAGES,
        required=True,
        format_func=both.__getitem__,
        key="language",
    )
    chosen: InterfaceLanguage = st.session_state["language"]
    return texts_in(chosen)


def choose_audience(texts: Texts) -> Audience:
    """The switch between answers for clinicians and for patients."""
    keep("audience", _AUDIENCES[0])
    st.sidebar.segmented_control(
        texts("audience_label"),
        _AUDIENCES,
        required=True,
        format_func=lambda audience: texts(f"audience_{audience}"),
        key="audience",
    )
    chosen: Audience = st.session_state["audience"]
    return chosen


def show_rest(talk: Conversation, sources: Mapping[str, Source], texts: Texts) -> None:
    """Everything below the switches of the chat."""
    with st.sidebar:
        st.button(
            texts("new_conversation"),
            key="new-conversation",
            icon=":material/add_comment:",
            on_click=talk.clear,
            disabled=not talk.exchanges,
        )
        with st.expander(texts("sources_label", count=len(sources)), icon=":material/library_books:"):
            today = date.today()
            entries = [
                element(
                    "li",
                    element("span", source.title, lang=source.language),
                    element("small", reviewed_text(source, texts, today)),
                )
                for source in sources.values()
            ]
            st.html(element("ul", *entries, class_="mm-sources", lang=texts.language))
    show_disclaimer(texts)


def show_disclaimer(texts: Texts) -> None:
    """What the app is not."""
    st.sidebar.html(element("p", texts("disclaimer"), class_="mm-quiet", lang=texts.language))


def _browser_language() -> InterfaceLanguage:
    """Chinese unless the browser asks for another language."""
    locale = st.context.locale or "zh"
    return "zh" if locale.lower().startswith("zh") else "en"
