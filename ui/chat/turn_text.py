"""What an answer says and how it stands, as shown in the chat."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from assistant.types import Answer, Status
from ui.chat.answer_html import answer_html
from ui.safe_html import Html, element
from ui.strings import Texts

_Colour = Literal["green", "orange", "gray", "red", "blue"]
_LOOKS: dict[Status, tuple[_Colour, str]] = {
    "answered": ("green", ":material/check_circle:"),
    "partial": ("orange", ":material/contrast:"),
    "not_in_source": ("gray", ":material/search_off:"),
    "out_of_scope": ("gray", ":material/block:"),
    "clarify": ("blue", ":material/help:"),
    "urgent": ("red", ":material/emergency:"),
}


def text_html(answer: Answer, turn: int, markdown: str, texts: Texts) -> Html:
    """``markdown``, all of the answer's text or its beginning, with its markers as links."""
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


def standing(answer: Answer, texts: Texts) -> str:
    """For whom the answer is, how many of its sentences were checked, who wrote it."""
    notes = [texts("for_audience", audience=texts(f"audience_{answer.audience}"))]
    if answer.sentences:
        verified, count = sum(s.verified for s in answer.sentences), len(answer.sentences)
        key = "verified_all" if verified == count else "verified_some"
        notes.append(texts(key, count=count, verified=verified))
    if answer.answerer != "extractive":
        notes.append(texts("written_by", answerer=answer.answerer))
    return " · ".join(notes)


def show_status(answer: Answer, texts: Texts) -> None:
    """The status as a sign and a word, then how the answer stands."""
    colour, icon = _LOOKS[answer.status]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(texts(f"status_{answer.status}"), icon=icon, color=colour)
        # The script reads out the status, and a badge cannot be told from its sign.
        stands = element(
            "span", standing(answer, texts), class_="mm-quiet mm-standing", lang=texts.language,
            data_status=texts(f"status_{answer.status}"),
        )
        st.html(stands, width="content")


def show_understood(answer: Answer, texts: Texts) -> None:
    """How a question that leans on earlier turns was understood, folded away."""
    if answer.standalone:
        with st.expander(texts("understood_heading"), icon=":material/subdirectory_arrow_right:"):
            st.html(element("div", answer.standalone, class_="mm-quiet"))
