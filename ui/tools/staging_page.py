"""Staging by form: inputs on one side, the result of the rules on the other."""

from __future__ import annotations

import streamlit as st

from assistant.staging import BadValue, StagingResult
from assistant.staging.entered import Entered
from assistant.types import Audience
from ui.safe_html import element
from ui.state import conversation
from ui.strings import Texts
from ui.tools.outcome import show_reasons
from ui.tools.staging_form import show_form
from ui.tools.staging_html import outcome_html, problems_html, sources_html

_FORM_AND_RESULT = (4, 5)  # widths of the columns


def draw(audience: Audience, chat: st.Page, texts: Texts) -> None:
    """The page; it needs no index, so it works before one is built. ``chat`` answers questions."""
    title = element("h1", texts("staging_title"))
    subtitle = element("p", texts("staging_subtitle"), class_="mm-quiet")
    st.html(element("header", title, subtitle, class_="mm-header", lang=texts.language))
    # The look shows this where the navigation is folded away.
    with st.container(key="staging-back"):
        st.page_link(chat, icon=":material/arrow_back:")
    with st.container(key="staging"):
        form, beside = st.columns(_FORM_AND_RESULT, gap="large")
    with form:
        entered = show_form(texts)
    with beside:
        _show_result(entered, audience, chat, texts)


def _show_result(entered: Entered, audience: Audience, chat: st.Page, texts: Texts) -> None:
    """What the tool says; it works everything out anew in every run."""
    outcome = st.container(key="staging-outcome")
    try:
        result = entered.staged()
    except BadValue as problem:
        outcome.html(problems_html([problem.text(texts.language)], texts))
        _offer_question(None, audience, chat, texts)
        return
    if not entered.findings() and result.applicable:
        outcome.html(element("p", texts("staging_empty"), class_="mm-outcome", lang=texts.language))
        _offer_question(None, audience, chat, texts)
    else:
        outcome.html(outcome_html(result, audience, texts))
        _offer_question(result, audience, chat, texts)
        show_reasons(result, result.name, _named(entered.findings(), texts), audience, texts)
    st.html(sources_html(result, texts))


def _named(findings: dict[str, str], texts: Texts) -> dict[str, str]:
    names = {name: texts(f"staging_{name}") for name in findings if f"staging_{name}" in texts.texts}
    return {names.get(name, name.upper()): text for name, text in findings.items()}


def _offer_question(result: StagingResult | None, audience: Audience, chat: st.Page, texts: Texts) -> None:
    """The way to the chat, open once there is one stage to ask about."""
    stage = result.stage if result else None
    asked = st.button(
        texts("staging_ask"), key="stage-ask", icon=":material/forum:", type="primary", disabled=not stage,
        help=None if stage else texts("staging_ask_later"),
    )
    if asked and result and stage:
        conversation().put(texts(f"staging_question_{audience}", system=result.name, stage=stage))
        st.switch_page(chat)
