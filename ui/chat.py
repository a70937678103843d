"""Questions and answers as turns of a chat."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

import streamlit as st

from assistant.safety.identifiers import has_placeholders
from assistant.types import Answer, Audience, Status
from ui.answer_html import answer_html, cite_key
from ui.interfaces import Answering
from ui.safe_html import element
from ui.state import Conversation, Exchange, citations_of
from ui.strings import Texts
from ui.why import show_why

_STEP = 0.04  # seconds between two pieces of a new answer
_MOST_STEPS = 12  # so that a long answer is complete within half a second
_USER, _ASSISTANT = ":material/person:", ":material/menu_book:"

_Colour = Literal["green", "orange", "gray", "red", "blue"]
_LOOKS: dict[Status, tuple[_Colour, str]] = {
    "answered": ("green", ":material/check_circle:"),
    "partial": ("orange", ":material/contrast:"),
    "not_in_source": ("gray", ":material/search_off:"),
    "out_of_scope": ("gray", ":material/block:"),
    "clarify": ("blue", ":material/help:"),
    "urgent": ("red", ":material/emergency:"),
}


def show_welcome(talk: Conversation, audience: Audience, texts: Texts) -> None:
    """What to ask, before the first question."""
    st.html(element("p", texts(f"welcome_{audience}"), class_="mm-welcome", lang=texts.language))
    with st.container(horizontal=True, key="examples"):
        for number, example in enumerate(texts.lists[f"examples_{audience}"]):
            st.button(example, key=f"example-{audience}-{number}", on_click=talk.put, args=(example,))


def show_exchange(talk: Conversation, exchange: Exchange, texts: Texts) -> None:
    """One question with its answer, its citations and its reasons."""
    show_question(exchange.question, texts)
    with st.chat_message("assistant", avatar=_ASSISTANT), st.container(key=f"turn-{exchange.id}"):
        if exchange.answer is None:
            _show_failure(talk, exchange, texts)
            return
        _show_status(exchange.answer, texts)
        show_understood(exchange.answer, texts)
        st.html(_text(exchange.answer, exchange.id, exchange.answer.text, texts))
        _show_citations(talk, exchange, texts)
        show_why(exchange.answer, texts)


def show_question(question: str, texts: Texts) -> None:
    """The question as it was typed, but for its identifiers, and a word on those."""
    with st.chat_message("user", avatar=_USER):
        st.html(element("div", question, class_="mm-question"))
        if has_placeholders(question):
            st.html(element("p", texts("identifiers_hidden"), class_="mm-quiet", lang=texts.language))


def show_understood(answer: Answer, texts: Texts) -> None:
    """How a question that leans on earlier turns was understood, folded away."""
    if answer.standalone:
        with st.expander(texts("understood_heading"), icon=":material/subdirectory_arrow_right:"):
            st.html(element("div", answer.standalone, class_="mm-quiet"))


def ask(assistant: Answering, talk: Conversation, audience: Audience, texts: Texts) -> None:
    """Answer the waiting question before the reader's eyes.

    A click breaks a running page off anywhere: the question waits until it is answered, and the
    answer is recorded before it is unrolled, so that neither is lost.
    """
    question = talk.pending
    show_question(question, texts)
    answer: Answer | None = None
    with st.chat_message("assistant", avatar=_ASSISTANT):
        with st.spinner(texts("input_busy")):
            try:
                answer = assistant.ask(question, audience=audience, history=talk.history)
            except Exception:  # whatever went wrong, the reader gets words and the log the traceback
                logging.getLogger(__name__).exception("answering failed")
        talk.close()
        exchange = talk.add(question, audience, answer)
        if answer is not None:
            _show_status(answer, texts)
            show_understood(answer, texts)
            area = st.empty()
            for so_far in pieces(answer.text):
                area.html(_text(answer, exchange.id, so_far, texts))
                time.sleep(_STEP)


def pieces(markdown: str) -> Iterator[str]:
    """Growing beginnings of ``markdown``, cut between lines; the last one is all of it."""
    lines = markdown.splitlines(keepends=True)
    stride = max(1, -(-len(lines) // _MOST_STEPS))
    for end in range(stride, len(lines), stride):
        yield "".join(lines[:end])
    yield markdown


def _text(answer: Answer, turn: int, markdown: str, texts: Texts) -> str:
    labels = {
        c.marker: texts("cite_label", marker=c.marker, path=" › ".join(c.section_path))
        for c in answer.citations
    }
    # What an emergency asks for stands apart from the answer below it, and screen readers say it at once.
    alarm = next((len(n.text) for n in answer.notices if n.kind == "urgent"), 0)
    parts = []
    if markdown[:alarm]:
        urgent = answer_html(markdown[:alarm], turn, labels, answer.language)
        parts.append(element("div", urgent, class_="mm-urgent", role="alert"))
    if markdown[alarm:] or not parts:
        parts.append(answer_html(markdown[alarm:], turn, labels, answer.language))
    return element("div", *parts)


def _show_status(answer: Answer, texts: Texts) -> None:
    colour, icon = _LOOKS[answer.status]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(texts(f"status_{answer.status}"), icon=icon, color=colour)
        notes = [texts("for_audience", audience=texts(f"audience_{answer.audience}"))]
        if answer.sentences:
            verified, count = sum(s.verified for s in answer.sentences), len(answer.sentences)
            key = "verified_all" if verified == count else "verified_some"
            notes.append(texts(key, count=count, verified=verified))
        if answer.answerer != "extractive":
            notes.append(texts("written_by", answerer=answer.answerer))
        st.html(element("span", " · ".join(notes), class_="mm-quiet", lang=texts.language), width="content")


def _show_citations(talk: Conversation, exchange: Exchange, texts: Texts) -> None:
    """A button for each citation, behind the name of the section that it comes from."""
    if not citations_of(exchange):
        return
    with st.container(key=f"cites-{exchange.id}", horizontal=True, gap="small"):
        for path, cited in groupby(citations_of(exchange), key=lambda citation: citation.section_path):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
                st.html(element("span", path[-1] if path else "", class_="mm-path"), width="content")
                for citation in cited:
                    st.button(
                        texts("cite_button", marker=citation.marker),
                        key=cite_key(exchange.id, citation.marker),
                        type="primary" if talk.opened == (exchange.id, citation.marker) else "secondary",
                        on_click=talk.open,
                        args=(exchange.id, citation.marker),
                    )


def _show_failure(talk: Conversation, exchange: Exchange, texts: Texts) -> None:
    words = (element("p", texts("error_ask")), element("p", texts("error_ask_next")))
    st.html(element("div", *words, class_="mm-error", role="alert", lang=texts.language))
    if talk.exchanges[-1] is exchange:
        st.button(texts("retry"), key=f"retry-{exchange.id}", icon=":material/refresh:", on_click=talk.retry)
