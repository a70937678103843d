"""Whether the configured language model can be reached: a few fixed words, and nothing of anybody's."""

from __future__ import annotations

import time
from dataclasses import dataclass

import streamlit as st

from assistant.language_model.problems import SettingsProblem
from assistant.messages import message
from ui.safe_html import element
from ui.strings import Texts

_ASKED = "Answer with the word OK."
_SECONDS = 15.0  # until nobody waits any longer
_SHOWN = 80  # characters of the reply
_RESULT = "settings-connection"


@dataclass(frozen=True, slots=True)
class Tried:
    """``failure`` is why there was no reply, "" when there was; ``detail`` holds no text of the endpoint."""

    failure: str
    detail: str
    reply: str
    ms: float


def try_connection() -> Tried:
    """Ask the configured model for a word.

    Raises:
        SettingsProblem: the settings cannot be used.
    """
    from assistant.language_model.client import ChatModel
    from assistant.language_model.exchange import Deadline, Message, ModelFailed, Reply
    from assistant.language_model.settings import read_settings

    model, started = ChatModel(read_settings()), time.perf_counter()

    def ms() -> float:
        return (time.perf_counter() - started) * 1000

    try:
        text = "".join(model.stream([Message("user", _ASKED)], Deadline(_SECONDS), Reply()))
    except ModelFailed as failed:
        return Tried(failed.failure, failed.detail, "", ms())
    return Tried("" if text.strip() else "empty", "", text.strip()[:_SHOWN], ms())


def show_connection(texts: Texts) -> None:
    """The button, and what came of it."""
    st.button(texts("settings_try"), key="settings-try", icon=":material/network_check:", on_click=_try)
    st.html(element("p", texts("settings_try_about", words=_ASKED), class_="mm-quiet", lang=texts.language))
    tried = st.session_state.get(_RESULT)
    if isinstance(tried, SettingsProblem):
        _say(str(tried), "", False, texts)
    elif isinstance(tried, Tried):
        if tried.failure:
            why = message(texts.language, f"model_{tried.failure.replace(' ', '_')}")
            _say(texts("settings_try_failed", why=why), tried.detail, False, texts)
        else:
            _say(texts("settings_try_done", ms=f"{tried.ms:.0f}"), tried.reply, True, texts)


def _try() -> None:
    try:
        st.session_state[_RESULT] = try_connection()
    except SettingsProblem as problem:
        st.session_state[_RESULT] = problem


def _say(words: str, detail: str, good: bool, texts: Texts) -> None:
    lines = [element("p", words), *([element("p", detail, class_="mm-quiet")] if detail else [])]
    look = ("mm-outcome mm-settled", "status") if good else ("mm-error", "alert")
    st.html(element("div", *lines, class_=look[0], role=look[1], lang=texts.language))
