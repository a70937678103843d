"""The clinical tools besides staging: a form on one side, what its rules give on the other."""

from __future__ import annotations

import streamlit as st

from assistant.staging import BadValue, StagingResult
from assistant.types import Audience
from ui.safe_html import element
from ui.strings import Texts
from ui.tools.forms import Form, forms
from ui.tools.inputs import FORM, named, show_inputs
from ui.tools.outcome import outcome_html, show_reasons
from ui.tools.staging_html import problems_html, sources_html

_FORM_AND_RESULT = (4, 5)  # widths of the columns


def draw(audience: Audience, texts: Texts) -> None:
    """The page; it needs no index."""
    title = element("h1", texts("tools_title"))
    subtitle = element("p", texts("tools_subtitle"), class_="mm-quiet")
    st.html(element("header", title, subtitle, class_="mm-header", lang=texts.language))
    with st.container(key="staging"):  # laid out as the staging form is
        st.pills(
            texts("tools_choice"), list(forms()), key=FORM, required=True,
            format_func=lambda name: texts(f"tool_{name.replace('-', '_')}"),
        )
        form = forms()[st.session_state[FORM]]
        left, right = st.columns(_FORM_AND_RESULT, gap="large")
    with left:
        st.html(element("p", texts(f"tool_about_{form.name.replace('-', '_')}"), class_="mm-quiet"))
        given, model, fish = show_inputs(form, texts)
    with right:
        _show_result(form, given, model, fish, audience, texts)


def _show_result(
    form: Form, given: dict[str, str], model: str, fish: str, audience: Audience, texts: Texts
) -> None:
    """What the tool says; it works everything out anew in every run."""
    outcome = st.container(key="staging-outcome")
    entered = {named(name, texts): text for name, text in given.items() if text.strip()}
    entered |= {"FISH": fish} if fish else {}
    try:
        result: StagingResult = form.result(given, model, fish)
    except BadValue as problem:
        outcome.html(problems_html([problem.text(texts.language)], texts))
        return
    title = texts(f"tool_{form.name.replace('-', '_')}")
    if not entered:
        outcome.html(element("p", texts("tool_empty"), class_="mm-outcome", lang=texts.language))
    else:
        outcome.html(outcome_html(result, title, audience, texts))
        show_reasons(result, title, entered, audience, texts)
    st.html(sources_html(result, texts))
