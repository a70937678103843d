"""Two runs of the same questions: the tests, and both answers to what changed."""

from __future__ import annotations

import streamlit as st

from evals.metrics.register import metrics
from evals.reporting import comparison
from evals.reporting.run_report import Reported
from evals.reporting.words import number, words
from evals.results.comparing import Comparison
from ui.evaluation.drill import drill_html
from ui.evaluation.runs import Runs
from ui.evaluation.tables import comparison_html
from ui.safe_html import element
from ui.strings import Texts

_VERDICTS = ("fixed", "broken", "changed")


def show_comparison(runs: Runs, before: str, after: str, texts: Texts) -> None:
    """Run A beside run B.

    Raises:
        evals.problems.EXPECTED: one of them cannot be judged.
    """
    with st.spinner(texts("eval_judging")):
        a, b, found = runs.judged(before), runs.judged(after), runs.compared(before, after)
    lines = [element("p", f"A: {before} · B: {after}", class_="mm-quiet")]
    for missing, side in ((found.only_before, "A"), (found.only_after, "B")):
        if missing:
            lines.append(element("p", texts("eval_only_in", side=side, count=len(missing))))
    if not found.rows:
        lines.append(element("p", texts("eval_nothing_shared"), class_="mm-outcome", role="status"))
    elif found.regressions:
        titles = [metrics()[row.metric].title[texts.language] for row in found.regressions]
        lines.append(element("p", texts("eval_regressed", measures=", ".join(titles)), class_="mm-error",
                             role="status"))
    else:
        lines.append(element("p", texts("eval_no_regression"), class_="mm-outcome", role="status"))
    st.html(element("div", *lines, lang=texts.language))
    if not found.rows:
        return
    st.download_button(
        texts("eval_file_html"), lambda: _page(found, a, b, texts), f"{before}-{after}.html", "text/html",
        key="download-comparison", icon=":material/download:", on_click="ignore",
    )
    st.html(comparison_html(found, texts))
    _show_changes(found, a, b, texts)


def _show_changes(found: Comparison, a: Reported, b: Reported, texts: Texts) -> None:
    """The questions on which a measure differs, and both answers to one of them."""
    told = words(texts.language)
    st.html(element("h2", told["items"], class_="mm-heading", lang=texts.language))
    ids = {v: list(dict.fromkeys(c.id for c in found.changes if c.verdict == v)) for v in _VERDICTS}
    verdict = st.segmented_control(
        texts("eval_changes"), _VERDICTS, key="evaluation-verdict", required=True, default="broken",
        format_func=lambda verdict: f"{told[verdict]} ({len(ids[verdict])})",
    )
    if not ids[verdict]:
        st.html(element("p", told["none"], class_="mm-outcome", role="status", lang=texts.language))
        return
    old, new = ({j.question.id: j for j in run.judged} for run in (a, b))
    chosen = st.selectbox(
        texts("eval_question", count=len(ids[verdict])), ids[verdict], key=f"evaluation-changed-{verdict}",
        format_func=lambda id_: f"{id_} · {new[id_].question.turns[-1]}" if id_ in new else id_,
    )
    marks = [
        element("li", f"{metrics()[c.metric].title[texts.language]} {number(c.before)} → {number(c.after)}"
                f" ({told[c.verdict]})")
        for c in found.changes
        if c.id == chosen
    ]
    st.html(element("ul", *marks, lang=texts.language))
    for column, side, judged in zip(st.columns(2), "AB", (old[chosen], new[chosen]), strict=True):
        with column:
            st.html(element("h3", side, class_="mm-heading"))
            st.html(drill_html(judged, texts, side))


def _page(found: Comparison, a: Reported, b: Reported, texts: Texts) -> bytes:
    return comparison.comparison_html(found, a, b, texts.language).encode("utf-8", "backslashreplace")
