"""One run: its scores by slice, its files, and every question."""

from __future__ import annotations

import json
from functools import partial

import streamlit as st

from evals.metrics.register import metrics
from evals.reporting.drill import troubles
from evals.reporting.run_report import FILES, Reported
from evals.reporting.words import words
from evals.results.by_slice import slices
from evals.results.verdicts import Judged
from ui.evaluation.drill import drill_html, name_of
from ui.evaluation.rating import show_rating
from ui.evaluation.runs import Runs
from ui.evaluation.tables import across_html, others_html, scores_html, slice_name, table_html
from ui.safe_html import element
from ui.strings import Texts

_KINDS = {"report.html": "text/html", "report.json": "application/json", "scores.csv": "text/csv"}


def show_run(runs: Runs, name: str, rater: str, texts: Texts) -> None:
    """Everything about the run ``name``.

    Raises:
        evals.problems.EXPECTED: it cannot be judged.
    """
    with st.spinner(texts("eval_judging")):
        reported = runs.judged(name)
    _show_about(reported, texts)
    with st.container(horizontal=True, gap="small", key="evaluation-files"):
        for file in FILES:
            st.download_button(
                texts(f"eval_file_{file.rsplit('.')[-1]}"), partial(runs.report, name, file, texts.language),
                f"{name}-{file}", _KINDS[file], key=f"download-{file}", icon=":material/download:",
                on_click="ignore",
            )
    groups = slices(reported.judged)
    chosen = st.selectbox(
        texts("eval_slice"), list(groups), key=f"slice-{name}",
        format_func=lambda group: f"{slice_name(group, texts)} (n={len(groups[group])})",
    )
    st.html(scores_html(next(s for s in reported.results.slices if s.name == chosen), texts))
    with st.expander(texts("eval_across"), icon=":material/view_list:"):
        measure = st.selectbox(
            texts("eval_measure"), list(reported.results.slices[0].cells), key=f"measure-{name}",
            format_func=lambda metric: metrics()[metric].title[texts.language],
        )
        st.html(across_html(reported.results, measure, texts))
    with st.expander(texts("eval_others"), icon=":material/speed:"):
        st.html(others_html(reported.results, texts))
    _show_opinion(runs, name, texts)
    st.html(element("h2", words(texts.language)["items"], class_="mm-heading", lang=texts.language))
    judged = choose_question(groups[chosen], f"question-{name}", texts)
    if judged is not None:
        st.html(drill_html(judged, texts))
        show_rating(runs, name, judged, rater, texts)


def choose_question(judged: list[Judged], key: str, texts: Texts) -> Judged | None:
    """One of some questions: of all, or only of those in which something fell short."""
    if st.toggle(texts("eval_only_wrong"), key=f"{key}-wrong"):
        judged = [j for j in judged if troubles(j, texts.language)]
    if not judged:
        st.html(element("p", texts("eval_no_question"), class_="mm-outcome", role="status",
                        lang=texts.language))
        return None
    by_id = {j.question.id: j for j in judged}
    chosen = st.selectbox(
        texts("eval_question", count=len(judged)), list(by_id), key=key,
        format_func=lambda id_: name_of(by_id[id_], texts) if id_ in by_id else id_,
    )
    return by_id.get(chosen, judged[0])


def _show_about(reported: Reported, texts: Texts) -> None:
    told, whole = words(texts.language), reported.results.slices[0]
    counts = f"{told['questions']} {whole.asked} · {told['failed']} {whole.failed} · " \
        f"{told['abstained']} {whole.abstained}"
    facts = [f"{key} {value[:24]}" for key, value in reported.manifest.described.items() if value]
    gold = [path.rsplit("/", 1)[-1] for path in reported.manifest.gold]
    lines = (
        element("p", counts, role="status"),
        element("p", " · ".join([reported.manifest.system, *facts, *gold]), class_="mm-quiet"),
        element("p", told["denominator"], " ", told["offline"], class_="mm-quiet"),
    )
    st.html(element("div", *lines, lang=texts.language))


def _show_opinion(runs: Runs, name: str, texts: Texts) -> None:
    """How human raters and the checks agree, where somebody has rated."""
    path = runs.folder / name / "raters.json"
    if path.is_file():
        found = json.loads(path.read_text("utf-8"))
        rows = [
            (texts(f"eval_rated_{key}"), "–" if value is None else f"{value:.3f}".removesuffix(".000"))
            for key, value in found.items()
            if f"eval_rated_{key}" in texts.texts
        ]
        told = words(texts.language)
        st.html(element("h2", told["raters"], class_="mm-heading", lang=texts.language))
        st.html(table_html((told["measure"], ""), rows, told["raters"], texts))
