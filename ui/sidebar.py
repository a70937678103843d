"""The sidebar: language, audience, conversations, and what the app is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from assistant.types import Audience
from ui.export import FORMATS, Format, exported
from ui.keeping import PRIVATE, Keeper
from ui.login import show_logout
from ui.safe_html import element, plain_label
from ui.state import Conversation
from ui.strings import LANGUAGES, InterfaceLanguage, Texts, texts_in

_AUDIENCES: tuple[Audience, ...] = ("clinician", "patient")
_RECENT = 5
_SHORT = 30  # letters of a title in the sidebar; a Chinese character is two of them wide


def choose_language() -> Texts:
    """The switch of the interface language."""
    both = {language: texts_in(language)(f"language_{language}") for language in LANGUAGES}
    st.sidebar.segmented_control(
        texts_in("zh")("language_label"),
        LANGUAGES,
        required=True,
        format_func=both.__getitem__,
        key="language",
    )
    chosen: InterfaceLanguage = st.session_state["language"]
    return texts_in(chosen)


def choose_language_here(texts: Texts) -> None:
    """The same switch among the settings, with another key: Streamlit draws no key twice."""
    _again("language", LANGUAGES, texts("settings_language"), lambda name: texts(f"language_{name}"))


def choose_audience(texts: Texts) -> Audience:
    """The switch between answers for clinicians and for patients."""
    st.sidebar.segmented_control(
        texts("audience_label"),
        _AUDIENCES,
        required=True,
        format_func=lambda audience: texts(f"audience_{audience}"),
        key="audience",
    )
    chosen: Audience = st.session_state["audience"]
    return chosen


def choose_reader(texts: Texts) -> None:
    """The same switch where it is met first: on a narrow screen the sidebar is folded away."""
    _again("audience", _AUDIENCES, texts("reader_label"), lambda name: texts(f"audience_{name}"))


def _again(key: str, choices: Sequence[str], label: str, name: Callable[[str], str]) -> None:
    """A switch of the sidebar once more, elsewhere on the page."""
    here = f"{key}-here"
    st.session_state[here] = st.session_state[key]

    def take_over() -> None:
        st.session_state[key] = st.session_state[here]

    st.segmented_control(label, choices, required=True, key=here, on_change=take_over, format_func=name)


def show_conversations(talk: Conversation, keeper: Keeper, texts: Texts) -> None:
    """A new conversation, this one as a file, and the latest that were kept."""
    with st.sidebar:
        with st.container(horizontal=True, gap="small"):
            st.button(
                texts("new_conversation"), key="new-conversation", icon=":material/add_comment:",
                on_click=talk.clear, disabled=not talk.exchanges,
            )
            if talk.exchanges:
                _export(talk, texts)
        if keeper.history is None:
            return
        st.toggle(texts("private"), key=PRIVATE, help=texts("private_help"), on_change=talk.clear)
        recent = keeper.listed(most=_RECENT).conversations
        if recent:
            st.html(element("p", texts("recent"), class_="mm-quiet", lang=texts.language))
            with st.container(key="recent", gap=None):
                for summary in recent:
                    st.button(
                        plain_label(_shortened(summary.title)), key=f"recent-{summary.id}",
                        type="tertiary", disabled=summary.id == talk.saved,
                        on_click=keeper.open, args=(talk, summary.id),
                    )


def show_end(keeper: Keeper, texts: Texts) -> None:
    """What the app is not, the way out, and a word when the history fails."""
    with st.sidebar:
        if keeper.problem:
            words = texts("history_failed")
            st.html(element("p", words, class_="mm-error", role="status", lang=texts.language))
        show_logout(texts)
        st.html(element("p", texts("disclaimer"), class_="mm-quiet", lang=texts.language))


def _export(talk: Conversation, texts: Texts) -> None:
    exchanges, today = list(talk.exchanges), date.today().isoformat()

    def made(kind: Format) -> Callable[[], bytes]:
        return lambda: exported(kind, exchanges, texts, today)

    with st.popover(texts("export"), icon=":material/download:"):
        for kind in FORMATS:
            st.download_button(
                texts(f"export_{kind.name}"), made(kind),
                f"{texts('export_file')}-{today}.{kind.name}", kind.mime, key=f"export-{kind.name}",
                on_click="ignore", width="stretch",
            )


def _shortened(title: str) -> str:
    width = 0
    for position, char in enumerate(title):
        width += 1 if char < "\u2e80" else 2
        if width > _SHORT:
            return title[:position] + "…"
    return title


def browser_language() -> InterfaceLanguage:
    """Chinese unless the browser asks for another language."""
    locale = st.context.locale or "zh"
    return "zh" if locale.lower().startswith("zh") else "en"
