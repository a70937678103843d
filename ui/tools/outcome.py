"""The outcome of a tool as HTML, and what a printed page has besides."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assistant.messages import message
from assistant.staging import StagingResult
from assistant.staging.messages import label
from assistant.staging_text import missing
from assistant.types import Audience
from ui.safe_html import Html, element, join
from ui.strings import Texts
from ui.tools.staging_html import criteria_html, figures_html, outcome_name, problems_html


def outcome_html(result: StagingResult, title: str, audience: Audience, texts: Texts) -> Html:
    """The one outcome, those that are left, or the number that was worked out; then what is missing."""
    language = texts.language
    computed = [
        f"{label(c.name, language)} {c.value.replace(' | ', ' / ')} {c.unit}".strip() for c in result.computed
    ]
    lines = [element("p", _headline(result, title, computed, texts), class_="mm-stage")]
    if result.possible and computed:
        lines.append(element("p", " · ".join(computed), class_="mm-quiet"))
    if result.missing:
        lines.append(element("p", missing(result, language)))
    if audience == "patient" and result.possible:
        lines.append(element("p", message(language, "stage_patient")))
    settled = result.stage or (computed and not result.possible)
    kind = "mm-settled" if settled else "mm-unsettled"
    shown = element("div", *lines, class_=f"mm-outcome {kind}", lang=language)
    return join([shown, problems_html([p.text(language) for p in result.problems], texts)])


def show_reasons(
    result: StagingResult, title: str, entered: dict[str, str], audience: Audience, texts: Texts
) -> None:
    """What the outcome rests on: what was entered, the criteria, for clinicians the published figures."""
    st.html(entered_html(title, entered, texts))
    if result.criteria:
        st.html(criteria_html(result, texts))
    # Patients are not met with survival figures that they did not ask for.
    if audience == "clinician" and result.figures:
        with st.expander(texts("staging_figures"), icon=":material/monitoring:"):
            st.html(figures_html(result, texts))
    print_button(texts)


def entered_html(title: str, entered: dict[str, str], texts: Texts) -> Html:
    """For the printed page: what it is, of which day, and the values that were entered."""
    rows = [join([element("dt", name), element("dd", text)]) for name, text in entered.items()]
    heading = element("h2", title)
    day = element("p", texts("print_made", date=date.today().isoformat()))
    return element("div", heading, day, element("dl", *rows), class_="mm-printed", lang=texts.language)


def print_button(texts: Texts) -> None:
    """Plain markup: page.js opens the browser's print view, where the look leaves the form out."""
    button = element("button", texts("print"), type="button", class_="mm-copy mm-print")
    st.html(button, width="content")


def _headline(result: StagingResult, title: str, computed: list[str], texts: Texts) -> str:
    if not result.applicable:
        return texts("tool_not_applicable", tool=title)
    names = [_stage(stage, texts) for stage in result.possible]
    if len(names) == 1:
        return names[0]
    if names:
        return texts("tool_open", outcomes=" / ".join(names))
    return " · ".join(computed) or texts("tool_undetermined")


def _stage(stage: str, texts: Texts) -> str:
    is_numeral = not stage.rstrip("AB").strip("IV")
    return texts("tool_stage", stage=stage) if is_numeral else outcome_name(stage, texts)
