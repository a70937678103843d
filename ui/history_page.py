"""The conversations that were kept: search, open, rename, delete."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from ui.history import Summary
from ui.keeping import Keeper
from ui.safe_html import element
from ui.state import Conversation, conversation
from ui.strings import Texts

_MAX_WORDS, _MAX_TITLE = 100, 60  # characters
_PAGE = 30  # conversations shown at once
_RENAMING = "renaming"


def draw(keeper: Keeper, chat: st.Page, texts: Texts) -> None:
    """The page; ``chat`` is where a conversation goes on."""
    title = element("h1", texts("history_title"))
    subtitle = element("p", texts("history_subtitle"), class_="mm-quiet")
    st.html(element("header", title, subtitle, class_="mm-header", lang=texts.language))
    if keeper.history is None or keeper.problem:
        words = keeper.problem or texts("history_off")
        st.html(element("p", words, class_="mm-error", role="status", lang=texts.language))
        return
    if keeper.is_private:
        st.html(element("p", texts("private_on"), class_="mm-outcome", role="status", lang=texts.language))
    with st.container(key="history"):
        words = st.text_input(
            texts("history_search"), key="history-words", max_chars=_MAX_WORDS, icon=":material/search:",
            placeholder=texts("history_search_example"), autocomplete="off",
        )
        found = keeper.listed(words, _PAGE)
        if not found.total:
            empty = texts("history_nothing_found" if words.strip() else "history_empty")
            st.html(element("p", empty, class_="mm-outcome", role="status", lang=texts.language))
            st.page_link(chat, label=texts("history_ask"), icon=":material/forum:")
            return
        count = texts("history_count", count=found.total)
        st.html(element("p", count, class_="mm-quiet", role="status", lang=texts.language))
        talk = conversation()
        for summary in found.conversations:
            _show(summary, talk, keeper, chat, texts)
        if found.total > _PAGE:
            st.html(element("p", texts("history_more", count=_PAGE), class_="mm-quiet", lang=texts.language))
        everything = not words.strip()  # never more than what the reader sees
        if everything and st.button(texts("delete_all"), key="delete-all", icon=":material/delete_forever:"):
            _confirm_all(talk, keeper, found.total, texts)


def _show(summary: Summary, talk: Conversation, keeper: Keeper, chat: st.Page, texts: Texts) -> None:
    when = datetime.fromtimestamp(summary.updated).strftime("%Y-%m-%d %H:%M")
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"conversation-{summary.id}"
    ):
        lines = (
            element("strong", summary.title),
            element("small", texts("history_line", when=when, count=summary.questions)),
        )
        st.html(element("div", *lines, class_="mm-line"), width="stretch")
        if st.button(texts("open"), key=f"open-{summary.id}", icon=":material/forum:"):
            keeper.open(talk, summary.id)
            st.switch_page(chat)
        st.button(
            texts("rename"), key=f"rename-{summary.id}", icon=":material/edit:", type="tertiary",
            on_click=_rename, args=(summary.id,),
        )
        if st.button(texts("delete"), key=f"delete-{summary.id}", icon=":material/delete:", type="tertiary"):
            _confirm(summary, talk, keeper, texts)
    if st.session_state.get(_RENAMING) == summary.id:
        _rename_form(summary, keeper, texts)


def _rename(conversation_id: str) -> None:
    st.session_state[_RENAMING] = conversation_id


def _rename_form(summary: Summary, keeper: Keeper, texts: Texts) -> None:
    with st.form(f"renaming-{summary.id}", border=False):
        title = st.text_input(
            texts("rename_label"), summary.title, key=f"title-{summary.id}", max_chars=_MAX_TITLE,
            autocomplete="off",
        )
        if st.form_submit_button(texts("save")):
            keeper.rename(summary.id, title)
            del st.session_state[_RENAMING]
            st.rerun()


def _confirm(summary: Summary, talk: Conversation, keeper: Keeper, texts: Texts) -> None:
    @st.dialog(texts("delete_question"))
    def ask() -> None:
        st.html(element("p", summary.title))
        st.html(element("p", texts("delete_for_good"), class_="mm-quiet", lang=texts.language))
        if st.button(
            texts("delete"), key="delete-yes", type="primary", on_click=keeper.delete, args=(talk, summary.id)
        ):
            st.rerun()  # closes the dialog

    ask()


def _confirm_all(talk: Conversation, keeper: Keeper, count: int, texts: Texts) -> None:
    @st.dialog(texts("delete_all_question", count=count))
    def ask() -> None:
        st.html(element("p", texts("delete_for_good"), class_="mm-quiet", lang=texts.language))
        if st.button(
            texts("delete_all"), key="delete-all-yes", type="primary",
            on_click=keeper.delete_all, args=(talk,),
        ):
            st.rerun()  # closes the dialog

    ask()
