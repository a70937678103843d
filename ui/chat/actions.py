"""What a reader can do with an answer: copy, rate, ask again, put the question differently."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from assistant.types import MAX_QUESTION
from ui.export.plain import plain_text
from ui.history import Rating
from ui.history.types import Reason
from ui.keeping import Keeper
from ui.safe_html import element
from ui.state import Conversation, Exchange
from ui.strings import Texts

_REASONS: tuple[Reason, ...] = get_args(Reason)
_MAX_COMMENT = 500  # characters


def show_actions(
    talk: Conversation, keeper: Keeper, exchange: Exchange, is_last: bool, texts: Texts
) -> None:
    """The row below an answer; only the last question can be asked again or changed."""
    with st.container(
        key=f"actions-{exchange.id}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        if exchange.answer is not None:
            _copy_button(exchange, texts)
            if keeper.history is not None and not keeper.is_private:
                _thumb(talk, keeper, exchange, True, texts)
                _thumb(talk, keeper, exchange, False, texts)
        if is_last:
            st.button(
                texts("retry"), key=f"retry-{exchange.id}", icon=":material/refresh:", type="tertiary",
                on_click=_ask_again, args=(talk, keeper, exchange.question),
            )
            st.button(
                texts("edit"), key=f"edit-{exchange.id}", icon=":material/edit:", type="tertiary",
                on_click=talk.edit, args=(not talk.editing,),
            )
    if is_last and talk.editing:
        _edit_form(talk, keeper, exchange, texts)
    if exchange.rating is not None and not exchange.rating.good:
        _reason_form(talk, keeper, exchange, exchange.rating, texts)


def _copy_button(exchange: Exchange, texts: Texts) -> None:
    """Plain markup, for the clipboard belongs to the browser: page.js does the copying."""
    button = element(
        "button", texts("copy"), type="button", class_="mm-copy", data_copied=texts("copied"),
        data_copy=plain_text(exchange, texts),
    )
    st.html(button, width="content")


def _thumb(talk: Conversation, keeper: Keeper, exchange: Exchange, good: bool, texts: Texts) -> None:
    name = "good" if good else "bad"
    is_on = exchange.rating is not None and exchange.rating.good is good
    st.button(
        texts(f"rated_{name}" if is_on else f"rate_{name}"), key=f"rate-{name}-{exchange.id}",
        icon=":material/check:" if is_on else f":material/thumb_{'up' if good else 'down'}:", type="tertiary",
        on_click=keeper.rate, args=(talk, exchange, None if is_on else Rating(good)),
    )


def _ask_again(talk: Conversation, keeper: Keeper, question: str) -> None:
    keeper.take_back(talk)
    talk.put(question)


def _edit_form(talk: Conversation, keeper: Keeper, exchange: Exchange, texts: Texts) -> None:
    with st.form(f"editing-{exchange.id}", border=False):
        changed = st.text_area(
            texts("edit_label"), exchange.question, key=f"edited-{exchange.id}", max_chars=MAX_QUESTION
        )
        with st.container(horizontal=True):
            asked = st.form_submit_button(texts("edit_ask"), type="primary")
            left = st.form_submit_button(texts("cancel"))
    if left:
        talk.edit(False)
        st.rerun()
    if asked and changed.strip():
        _ask_again(talk, keeper, changed.strip())
        st.rerun()


def _reason_form(
    talk: Conversation, keeper: Keeper, exchange: Exchange, rating: Rating, texts: Texts
) -> None:
    if rating.reason:
        said = " · ".join(part for part in (texts(f"reason_{rating.reason}"), rating.comment) if part)
        st.html(element("p", texts("reason_kept", reason=said), class_="mm-quiet", lang=texts.language))
        return
    with st.form(f"reason-{exchange.id}", border=True):
        reason = st.pills(
            texts("reason_label"), _REASONS, key=f"why-bad-{exchange.id}",
            format_func=lambda reason: texts(f"reason_{reason}"),
        )
        comment = st.text_input(
            texts("reason_comment"), key=f"comment-{exchange.id}", max_chars=_MAX_COMMENT, autocomplete="off"
        )
        if st.form_submit_button(texts("reason_send")):
            keeper.rate(talk, exchange, Rating(False, reason or "other", comment.strip()))
            st.rerun()
