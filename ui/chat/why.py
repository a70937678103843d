"""Why an answer came out as it did: what was weighed, what was calculated, how long it took."""

from __future__ import annotations

import json

import streamlit as st

from assistant.language_model.trace import Dropped
from assistant.record import to_record
from assistant.types import Answer, Considered, ToolCall
from ui.safe_html import Html, element, join
from ui.state import Exchange
from ui.strings import Texts
from ui.tools.staging_html import scrolled


def show_why(exchange: Exchange, texts: Texts) -> None:
    """The reasons for an answer, folded away, and its record."""
    answer = exchange.answer
    if answer is None:
        return
    with st.expander(texts("why_heading"), icon=":material/account_tree:"):
        st.html(why_html(answer, texts))
        st.download_button(
            texts("why_record"), lambda: json.dumps(to_record(answer), ensure_ascii=False, indent=1),
            f"answer-{exchange.id}.json", "application/json", key=f"record-{exchange.id}",
            icon=":material/data_object:", on_click="ignore", type="tertiary",
        )


def why_html(answer: Answer, texts: Texts) -> Html:
    """The weighed passages as a table, then the tools and the time."""
    parts = [_passages(answer.considered, texts)] if answer.considered else []
    if not answer.considered and not answer.tool_calls:
        parts.append(element("p", texts("why_none")))
    if answer.standalone:
        parts.insert(0, element("p", f"{texts('understood_heading')}: {answer.standalone}"))
    parts += [_tool(call, texts) for call in answer.tool_calls]
    if answer.model is not None and answer.model.dropped:
        parts.append(_dropped(answer.model.dropped, texts))
    parts.append(element("p", texts("why_timing", ms=f"{answer.latency_ms:.0f}"), class_="mm-quiet"))
    return element("div", *parts, class_="mm-why", lang=texts.language)


def _passages(considered: tuple[Considered, ...], texts: Texts) -> Html:
    heads = [element("th", texts(f"why_{key}"), scope="col") for key in ("score", "section", "text")]
    rows = [
        element(
            "tr",
            element(
                "td",
                f"{passage.score:.2f}",
                element("small", texts("why_used" if passage.used else "why_unused")),
            ),
            element("td", " › ".join(passage.section_path)),
            element("td", passage.text),
            class_="mm-used" if passage.used else None,
        )
        for passage in considered
    ]
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *rows))
    box = scrolled(texts("why_heading"), table, texts=texts)
    return element("div", element("p", texts("why_intro"), class_="mm-quiet"), box)


def _dropped(dropped: tuple[Dropped, ...], texts: Texts) -> Html:
    """What a language model wrote and nobody was shown, each with the reason."""
    lines = []
    for sentence in dropped:
        reason = texts(f"dropped_{sentence.reason}")
        detail = f"{reason} ({sentence.detail})" if sentence.detail else reason
        instead = texts(f"dropped_for_{sentence.replaced}") if sentence.replaced else ""
        about = element("small", " · ".join(part for part in (detail, instead) if part))
        lines.append(element("li", element("del", sentence.text), about))
    heading = element("strong", texts("why_dropped", count=len(dropped)))
    return element("div", heading, element("ul", *lines, class_="mm-references"), class_="mm-card")


def _tool(call: ToolCall, texts: Texts) -> Html:
    """A deterministic tool as a card: what went in, and what came out, folded away."""
    arguments = call.arguments.items()
    given = [join([element("dt", name), element("dd", _shown(value))]) for name, value in arguments]
    result = element(
        "details", element("summary", texts("why_tool_result")), element("pre", _shown(call.result, 1))
    )
    name = element("strong", texts("why_tool", name=call.name))
    return element("div", name, element("dl", *given), result, class_="mm-card")


def _shown(value: object, indent: int | None = None) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=indent)
