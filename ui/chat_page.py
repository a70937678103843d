"""The chat and, beside it, the source of the citation that is open."""

from __future__ import annotations

import streamlit as st

from assistant.types import MAX_QUESTION, Audience
from ui import sidebar
from ui.chat import ask, show_exchange, show_welcome
from ui.interfaces import Opener
from ui.opening import open_or_explain
from ui.safe_html import element
from ui.source_pane import show_pane
from ui.state import conversation
from ui.strings import Texts

_CHAT_AND_PANE = (5, 4)  # widths of the columns while a citation is open


def draw(opener: Opener, audience: Audience, staging: st.Page, texts: Texts) -> None:
    """The page; ``staging`` is where those who have results to stage are sent."""
    assistant = open_or_explain(opener, texts)
    if assistant is None:
        return
    talk = conversation()
    sidebar.show_rest(talk, assistant.index.sources, texts)
    body, field = st.container(key="body"), st.container(key="ask")
    # In a container of its own: at the foot of the page Streamlit would scroll to the end of every
    # answer, which is then read from its last line.
    typed = field.chat_input(texts("input_placeholder"), key="question", max_chars=MAX_QUESTION)
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
            st.page_link(staging, label=texts("staging_link"), icon=":material/calculate:")
        for exchange in talk.exchanges:
            show_exchange(talk, exchange, texts)
        if talk.pending:
            ask(assistant, talk, audience, texts)
            st.rerun()  # drawn once more, now with its buttons
    opened = talk.opened_citation()
    if opened is not None:
        with beside:
            show_pane(assistant.index, talk, *opened, texts)
