"""Questions and answers as turns of a chat."""

from __future__ import annotations

from itertools import groupby

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.safety.identifiers import has_placeholders
from assistant.types import Audience
from ui.chat.actions import show_actions
from ui.chat.answer_html import cite_key
from ui.chat.turn_text import alarm_html, body_html, parted, show_status, show_understood
from ui.chat.why import show_why
from ui.keeping import Keeper
from ui.safe_html import element
from ui.sidebar import choose_reader
from ui.state import Conversation, Exchange, citations_of
from ui.strings import Texts

USER, ASSISTANT = ":material/person:", ":material/menu_book:"


def show_welcome(talk: Conversation, audience: Audience, texts: Texts) -> None:
    """What this is and what to ask, before the first question."""
    choose_reader(texts)
    st.html(element("p", texts(f"welcome_about_{audience}"), class_="mm-welcome", lang=texts.language))
    st.html(element("p", texts(f"welcome_{audience}"), class_="mm-welcome", lang=texts.language))
    with st.container(horizontal=True, key="examples"):
        for number, example in enumerate(texts.lists[f"examples_{audience}"]):
            st.button(example, key=f"example-{audience}-{number}", on_click=talk.put, args=(example,))
    st.html(element("p", texts(f"welcome_emergency_{audience}"), class_="mm-quiet", lang=texts.language))


def show_exchange(talk: Conversation, keeper: Keeper, exchange: Exchange, texts: Texts) -> None:
    """One question with its answer, its citations, what can be done with it, and its reasons."""
    show_question(exchange.question, texts)
    with st.chat_message("assistant", avatar=ASSISTANT):
        show_turn(st.container(key=turn_key(exchange)), talk, keeper, exchange, texts)


def turn_key(exchange: Exchange) -> str:
    """Name of the box around an answer and all that goes with it."""
    return f"turn-{exchange.id}"


def show_turn(
    area: DeltaGenerator, talk: Conversation, keeper: Keeper, exchange: Exchange, texts: Texts
) -> None:
    """An answer and all that goes with it."""
    is_last = talk.exchanges[-1] is exchange and not talk.pending
    with area:
        if exchange.answer is None:
            _show_failure(texts)
        else:
            alarm, rest = parted(exchange.answer)
            if alarm:
                st.html(alarm_html(alarm, exchange.answer, exchange.id, texts))
            show_status(exchange.answer, texts)
            show_understood(exchange.answer, texts)
            st.html(body_html(exchange.answer, exchange.id, rest, texts))
            _show_citations(talk, exchange, texts)
        show_actions(talk, keeper, exchange, is_last, texts)
        if exchange.answer is not None:
            show_why(exchange, texts)


def show_folded(talk: Conversation, exchange: Exchange, texts: Texts) -> None:
    """A question with its answer; what goes with it is drawn when it is wanted.

    Citations, actions and reasons are two dozen parts, each of which costs every later click on the page.
    """
    show_question(exchange.question, texts)
    with st.chat_message("assistant", avatar=ASSISTANT), st.container(key=turn_key(exchange)):
        if exchange.answer is None:
            _show_failure(texts)
        else:
            alarm, rest = parted(exchange.answer)
            banner = alarm_html(alarm, exchange.answer, exchange.id, texts)
            status = texts(f"status_{exchange.answer.status}")
            quiet = element("p", status, class_="mm-quiet", lang=texts.language)
            st.html(element("div", banner, quiet, body_html(exchange.answer, exchange.id, rest, texts)))
        st.button(
            texts("unfold"), key=f"unfold-{exchange.id}", icon=":material/unfold_more:", type="tertiary",
            on_click=talk.unfold, args=(exchange.id,),
        )


def show_question(question: str, texts: Texts) -> None:
    """The question as it was typed, but for its identifiers, and a word on those."""
    with st.chat_message("user", avatar=USER):
        st.html(element("div", question, class_="mm-question"))
        if has_placeholders(question):
            st.html(element("p", texts("identifiers_hidden"), class_="mm-quiet", lang=texts.language))


def show_stopped(talk: Conversation, texts: Texts) -> None:
    """A question whose answer the reader did not wait for."""
    show_question(talk.stopped, texts)
    with st.chat_message("assistant", avatar=ASSISTANT):
        st.html(element("p", texts("stopped"), class_="mm-quiet", role="status", lang=texts.language))
        st.button(
            texts("retry"), key="retry-stopped", icon=":material/refresh:", type="tertiary",
            on_click=talk.put, args=(talk.stopped,),
        )


def _show_citations(talk: Conversation, exchange: Exchange, texts: Texts) -> None:
    """A button for each citation, behind the name of the section that it comes from."""
    if not citations_of(exchange):
        return
    # One flat row: every box around a few buttons costs each click on the page.
    with st.container(key=f"cites-{exchange.id}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        for path, cited in groupby(citations_of(exchange), key=lambda citation: citation.section_path):
            st.html(element("span", path[-1] if path else "", class_="mm-path"), width="content")
            for citation in cited:
                st.button(
                    texts("cite_button", marker=citation.marker),
                    key=cite_key(exchange.id, citation.marker),
                    type="primary" if talk.opened == (exchange.id, citation.marker) else "secondary",
                    on_click=talk.open,
                    args=(exchange.id, citation.marker),
                )


def _show_failure(texts: Texts) -> None:
    words = (element("p", texts("error_ask")), element("p", texts("error_ask_next")))
    st.html(element("div", *words, class_="mm-error", role="alert", lang=texts.language))
