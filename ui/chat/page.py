"""The chat and, beside it, the source of the citation that is open."""

from __future__ import annotations

import streamlit as st

from assistant.types import MAX_QUESTION, Audience
from ui import sidebar
from ui.chat.answering import answer_pending
from ui.chat.followups import follow_ups
from ui.chat.source_pane import show_pane
from ui.chat.turns import show_exchange, show_folded, show_stopped, show_welcome
from ui.interfaces import Library, Opener
from ui.keeping import Keeper
from ui.opening import open_or_explain
from ui.safe_html import element, plain_label
from ui.state import Conversation, conversation
from ui.strings import Texts

_CHAT_AND_PANE = (5, 4)  # widths of the columns while a citation is open
_SHOWN = 6  # exchanges; a page with a hundred of them takes its time on every click
_WHOLE = 2  # of them, with all that goes with an answer


def draw(opener: Opener, keeper: Keeper, audience: Audience, staging: st.Page, texts: Texts) -> None:
    """The page; ``staging`` is where those who have results to stage are sent."""
    assistant = open_or_explain(opener, texts)
    if assistant is None:
        return
    talk = conversation()
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
        _show_exchanges(talk, keeper, texts)
        if talk.stopped:
            show_stopped(talk, texts)
        if talk.pending:
            answer_pending(assistant, talk, keeper, audience, texts)
        _show_follow_ups(talk, assistant.index, texts)
    sidebar.show_conversations(talk, keeper, texts)  # they have the new answer, too
    opened = talk.opened_citation()
    if opened is not None:
        with beside:
            show_pane(assistant.index, talk, *opened, texts)


def _show_exchanges(talk: Conversation, keeper: Keeper, texts: Texts) -> None:
    """The latest exchanges; a question that waits for its answer is the last of them."""
    count = len(talk.exchanges) + bool(talk.pending)
    hidden = 0 if talk.whole else max(0, count - _SHOWN)
    if hidden:
        st.button(
            texts("earlier", count=hidden), key="earlier", icon=":material/history:", on_click=talk.show_whole
        )
    for number, exchange in enumerate(talk.exchanges[hidden:], hidden):
        if number >= count - _WHOLE or exchange.id in talk.unfolded:
            show_exchange(talk, keeper, exchange, texts)
        else:
            show_folded(talk, exchange, texts)


def _show_follow_ups(talk: Conversation, library: Library, texts: Texts) -> None:
    """What to ask next."""
    if talk.stopped or not talk.exchanges or talk.exchanges[-1].answer is None:
        return
    asked = (e.question for e in talk.exchanges)
    if further := follow_ups(talk.exchanges[-1].answer, library.sources, asked):
        st.html(element("p", texts("follow_ups"), class_="mm-quiet", lang=texts.language))
        with st.container(horizontal=True, key="follow-ups", gap="small"):
            for number, heading in enumerate(further):
                key = f"follow-up-{talk.exchanges[-1].id}-{number}"
                st.button(plain_label(heading), key=key, on_click=talk.put, args=(heading,))
