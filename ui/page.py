"""The page: sidebar, chat and, beside it, the source of the citation that is open."""

from __future__ import annotations

from importlib.resources import files

import streamlit as st

from ui import sidebar
from ui.chat import ask, show_exchange, show_welcome
from ui.interfaces import Opener
from ui.opening import open_or_explain
from ui.safe_html import element
from ui.source_pane import show_pane
from ui.state import conversation

_CHAT_AND_PANE = (5, 4)  # widths of the columns while a citation is open
_MAX_QUESTION = 8000  # characters


def draw(opener: Opener) -> None:
    """One run of the page for one browser session."""
    # First, and again below in the chosen language: Streamlit lets the later call win.
    st.set_page_config(layout="wide", page_icon="📖")
    _add_look()
    texts = sidebar.choose_language()
    st.set_page_config(page_title=texts("title"))
    audience = sidebar.choose_audience(texts)
    assistant = open_or_explain(opener, texts)
    if assistant is None:
        return
    talk = conversation()
    sidebar.show_rest(talk, assistant.index.sources, texts)
    body, field = st.container(key="body"), st.container(key="ask")
    # In a container of its own: at the foot of the page Streamlit would scroll to the end of every
    # answer, which is then read from its last line.
    typed = field.chat_input(texts("input_placeholder"), key="question", max_chars=_MAX_QUESTION)
    if typed and typed.strip():
        talk.put(typed.strip())
    # The columns are there from the start: the chat must keep its place on the page, or Streamlit
    # would draw it anew, and scroll, whenever a citation is opened. The look hides the empty one.
    with body:
        chat, beside = st.columns(_CHAT_AND_PANE, gap="medium")
    with chat:
        heading = (element("h1", texts("title")), element("p", texts("subtitle"), class_="mm-quiet"))
        st.html(element("header", *heading, class_="mm-header", lang=texts.language))
        if not talk.exchanges and not talk.pending:
            show_welcome(talk, audience, texts)
        for exchange in talk.exchanges:
            show_exchange(talk, exchange, texts)
        if talk.pending:
            ask(assistant, talk, audience, texts)
            st.rerun()  # drawn once more, now with its buttons
    opened = talk.opened_citation()
    if opened is not None:
        with beside:
            show_pane(assistant.index, talk, *opened, texts)


def _add_look() -> None:
    """The style sheet and the script, both constant: nothing from outside is ever put into them."""
    static = files("ui") / "static"
    st.html(f"<style>{(static / 'page.css').read_text('utf-8')}</style>")
    st.html(f"<script>{(static / 'page.js').read_text('utf-8')}</script>", unsafe_allow_javascript=True)
