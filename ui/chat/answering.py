"""The waiting question is answered before the reader's eyes. The one place that asks the assistant."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.types import Answer, Audience
from ui.chat.answer_html import answer_html
from ui.chat.turn_text import alarm_html, body_html, parted, show_status, show_understood
from ui.chat.turns import ASSISTANT, show_question
from ui.interfaces import Answering
from ui.keeping import Keeper
from ui.state import Conversation
from ui.strings import Texts

_STEP = 0.04  # seconds between two pieces of a new answer
_MOST_STEPS = 12  # so that a long answer is complete within half a second


def answer_pending(
    assistant: Answering, talk: Conversation, keeper: Keeper, audience: Audience, texts: Texts
) -> None:
    """Answer ``talk.pending``.

    A click breaks a running page off anywhere: the question waits until it is answered, and the
    answer is recorded before it is unrolled, so that neither is lost.
    """
    question = talk.pending
    show_question(question, texts)
    with st.chat_message("assistant", avatar=ASSISTANT):
        answer, previewed = _answer(assistant, talk, audience, texts)
        talk.close()
        exchange = talk.add(question, audience, answer)
        keeper.keep(talk, exchange)
        if answer is not None:
            alarm, rest = parted(answer)
            if alarm:
                st.html(alarm_html(alarm, answer, exchange.id, texts))
            show_status(answer, texts)
            show_understood(answer, texts)
            area = st.empty()
            if previewed:  # what was just read is not unrolled once more
                area.html(body_html(answer, exchange.id, rest, texts))
                return
            for so_far in pieces(rest):
                area.html(body_html(answer, exchange.id, so_far, texts))
                time.sleep(_STEP)


def _answer(
    assistant: Answering, talk: Conversation, audience: Audience, texts: Texts
) -> tuple[Answer | None, bool]:
    """The answer, or None, and whether it was seen coming; meanwhile the reader can stop."""
    waiting, preview = st.empty(), st.empty()
    previewed = False
    with waiting.container(key="waiting", horizontal=True, vertical_alignment="center"):
        st.button(
            texts("stop"), key="stop", icon=":material/stop_circle:", on_click=talk.stop, type="tertiary"
        )
        with st.spinner(texts("input_busy")):
            try:
                if assistant.writer is None:  # it comes at once
                    answer = assistant.ask(talk.pending, audience=audience, history=talk.history)
                else:
                    answer = _streamed(assistant, talk, audience, preview, texts)
                    previewed = True
            except Exception:  # whatever went wrong, the reader gets words and the log the traceback
                logging.getLogger(__name__).exception("answering failed")
                answer = None
    waiting.empty()
    preview.empty()
    return answer, previewed


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


def pieces(markdown: str) -> Iterator[str]:
    """Growing beginnings of ``markdown``, cut between lines; the last one is all of it."""
    lines = markdown.splitlines(keepends=True)
    stride = max(1, -(-len(lines) // _MOST_STEPS))
    for end in range(stride, len(lines), stride):
        yield "".join(lines[:end])
    yield markdown
