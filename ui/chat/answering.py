"""The waiting question is answered before the reader's eyes. The one place that asks the assistant."""

from __future__ import annotations

import logging

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.types import Answer, Audience
from ui.chat.answer_html import answer_html
from ui.chat.turns import ASSISTANT, show_question, show_turn, turn_key
from ui.interfaces import Answering
from ui.keeping import Keeper
from ui.state import Conversation
from ui.strings import Texts


def answer_pending(
    assistant: Answering, talk: Conversation, keeper: Keeper, audience: Audience, texts: Texts
) -> None:
    """Answer ``talk.pending``, and draw it, where it was waited for, as every later run draws it.

    A click breaks a running page off anywhere: the question waits until it is answered, and the
    answer is recorded before it is drawn, so that neither is lost.
    """
    question = talk.pending
    show_question(question, texts)
    with st.chat_message("assistant", avatar=ASSISTANT):
        place = st.empty()
        with place.container():
            answer = _answer(assistant, talk, audience, texts)
        talk.close()
        exchange = talk.add(question, audience, answer)
        keeper.keep(talk, exchange)
        show_turn(place.container(key=turn_key(exchange)), talk, keeper, exchange, texts)


def _answer(assistant: Answering, talk: Conversation, audience: Audience, texts: Texts) -> Answer | None:
    """The answer, or None; meanwhile the reader can stop.

    What is drawn here are two parts, which the first two of any answer take the place of.
    """
    waiting, preview = st.container(key="waiting", horizontal=True, vertical_alignment="center"), st.empty()
    with waiting:
        st.button(
            texts("stop"), key="stop", icon=":material/stop_circle:", on_click=talk.stop, type="tertiary"
        )
        with st.spinner(texts("input_busy")):
            try:
                if assistant.writer is None:  # it comes at once
                    return assistant.ask(talk.pending, audience=audience, history=talk.history)
                return _streamed(assistant, talk, audience, preview, texts)
            except Exception:  # whatever went wrong, the reader gets words and the log the traceback
                logging.getLogger(__name__).exception("answering failed")
                return None


def _streamed(
    assistant: Answering, talk: Conversation, audience: Audience, preview: DeltaGenerator, texts: Texts
) -> Answer:
    """The answer of a language model; each sentence is shown when it has been verified.

    The markers are no links yet: the citations are complete with the answer, which takes the place of
    all that was shown.
    """
    so_far = ""
    for step in assistant.stream(talk.pending, audience=audience, history=talk.history):
        if isinstance(step, Answer):
            return step
        so_far += step.text
        preview.html(answer_html(so_far, 0, {}, texts.language))
    raise RuntimeError("the stream ended without an answer")
