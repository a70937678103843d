"""What an answer says and how it stands, as shown in the chat."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from assistant.messages import message
from assistant.script import to_traditional
from assistant.types import Answer, Status, ToolCall
from ui.chat.answer_html import answer_html
from ui.safe_html import Html, element
from ui.strings import Texts

_Colour = Literal["green", "orange", "gray", "red", "blue"]
_STAGED = ("answered", "partial")  # a tool that asks back has nothing to show yet
_LOOKS: dict[Status, tuple[_Colour, str]] = {
    "answered": ("green", ":material/check_circle:"),
    "partial": ("orange", ":material/contrast:"),
    "not_in_source": ("gray", ":material/search_off:"),
    "out_of_scope": ("gray", ":material/block:"),
    "clarify": ("blue", ":material/help:"),
    "urgent": ("red", ":material/emergency:"),
}


def text_html(answer: Answer, turn: int, texts: Texts) -> Html:
    """All that the answer says, with its markers as links."""
    alarm, rest = parted(answer)
    return element("div", alarm_html(alarm, answer, turn, texts), body_html(answer, turn, rest, texts))


def parted(answer: Answer) -> tuple[str, str]:
    """What an emergency asks for, "" in none, and the answer below it."""
    end = next((len(n.text) for n in answer.notices if n.kind == "urgent"), 0)
    return answer.text[:end], answer.text[end:]


def alarm_html(alarm: str, answer: Answer, turn: int, texts: Texts) -> Html:
    """What an emergency asks for; screen readers say it at once."""
    if not alarm:
        return Html()
    words = answer_html(alarm, turn, _labels(answer, texts), answer.language)
    return element("div", words, class_="mm-urgent", role="alert")


def _labels(answer: Answer, texts: Texts) -> dict[int, str]:
    return {
        c.marker: texts("cite_label", marker=c.marker, path=" › ".join(c.section_path))
        for c in answer.citations
    }


def body_html(answer: Answer, turn: int, markdown: str, texts: Texts) -> Html:
    """``markdown``, the answer below an alarm or its beginning; what a tool found is a card."""
    labels = _labels(answer, texts)
    tool, quoted = _tool_part(answer, markdown)
    parts = []
    if tool:
        found = answer_html(tool, turn, labels, answer.language, verdicts_of(answer.tool_calls))
        look = "mm-settled" if answer.status == "answered" else "mm-unsettled"
        kind = f"mm-outcome mm-tool {look}"
        parts.append(element("div", found, class_=kind, role="group", aria_label=texts("tool_card"),
                             tabindex=0))
    if quoted or not parts:
        parts.append(answer_html(quoted, turn, labels, answer.language))
    return element("div", *parts)


def _tool_part(answer: Answer, markdown: str) -> tuple[str, str]:
    """What the tools said, and what the source says below it."""
    if not answer.tool_calls or answer.answerer != "extractive" or answer.status not in _STAGED:
        return "", markdown
    words = message(answer.language, "stage_source")
    starts = [place for said in (words, to_traditional(words)) if (place := markdown.find(said)) >= 0]
    return (markdown[: starts[0]], markdown[starts[0] :]) if starts else (markdown, "")


def verdicts_of(calls: tuple[ToolCall, ...]) -> tuple[bool | None, ...]:
    """Whether each criterion is met, in the order of the tables in which the answer shows them."""
    found: list[bool | None] = []
    for call in calls:
        criteria = call.result.get("criteria")
        for criterion in criteria if isinstance(criteria, list) else []:
            met = criterion.get("met") if isinstance(criterion, dict) else None
            found.append(met if isinstance(met, bool) else None)
    return tuple(found)


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
