"""Measuring the assistant: start a run, see those that were kept, open one or compare two."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from evals.problems import EXPECTED
from ui.evaluation.bench import Bench
from ui.evaluation.compare_page import show_comparison
from ui.evaluation.run_page import show_run
from ui.evaluation.runs import StoredRun
from ui.evaluation.start import say_problem, show_start
from ui.safe_html import element
from ui.strings import Texts

_OPENED = "evaluation-opened"  # the names of one run, or of two that are compared
_TOLD: tuple[type[Exception], ...] = (*EXPECTED, OSError, ValueError)  # in a line, for it is no slip of ours


def draw(bench: Bench, rater: str, may_name_files: bool, texts: Texts) -> None:
    """The page. ``rater`` names whoever rates; files are named only by those whose machine it is."""
    title = element("h1", texts("eval_title"))
    subtitle = element("p", texts("eval_subtitle"), class_="mm-quiet")
    st.html(element("header", title, subtitle, class_="mm-header", lang=texts.language))
    with st.container(key="evaluation"):
        if opened := st.session_state.get(_OPENED):
            st.button(texts("eval_back"), key="evaluation-back", icon=":material/arrow_back:", on_click=_open)
            try:
                if len(opened) == 1:
                    show_run(bench.runs, opened[0], rater, texts)
                else:
                    show_comparison(bench.runs, opened[0], opened[1], texts)
            except _TOLD as problem:
                logging.getLogger(__name__).warning("%s: %s", opened, problem)
                say_problem(texts("eval_unusable"), str(problem), texts)
            return
        show_start(bench, may_name_files, texts)
        _show_runs(bench, texts)


def _open(*names: str) -> None:
    st.session_state[_OPENED] = names


def _show_runs(bench: Bench, texts: Texts) -> None:
    runs = bench.runs.listed()
    busy = bench.job.name if bench.job is not None and bench.job.state == "running" else ""
    st.html(element("h2", texts("eval_runs_title"), class_="mm-heading", lang=texts.language))
    st.html(element("p", texts("eval_runs_about", folder=str(bench.runs.folder), count=len(runs)),
                    class_="mm-quiet", lang=texts.language))
    for run in runs:
        if run.name != busy:
            _show_line(run, bench, texts)
    finished = [run.name for run in runs if run.finished]
    if len(finished) > 1:
        st.html(element("h2", texts("eval_compare_title"), class_="mm-heading", lang=texts.language))
        before = st.selectbox(texts("eval_before"), finished, index=1, key="evaluation-before")
        after = st.selectbox(texts("eval_after"), finished, key="evaluation-after")
        st.button(texts("eval_compare"), key="evaluation-compare", icon=":material/compare_arrows:",
                  on_click=_open, args=(before, after), disabled=before == after)


def _show_line(run: StoredRun, bench: Bench, texts: Texts) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"run-{run.name}"):
        gold = ", ".join(Path(path).name for path in run.gold)
        about = texts("eval_run_line", system=run.system, count=run.questions, gold=gold)
        line = (element("strong", run.name), element("small", about))
        st.html(element("div", *line, class_="mm-line"), width="stretch")
        if run.finished:
            st.button(texts("open"), key=f"open-run-{run.name}", icon=":material/bar_chart:",
                      on_click=_open, args=(run.name,))
        else:
            if st.button(texts("eval_go_on"), key=f"go-on-{run.name}", icon=":material/resume:"):
                bench.go_on(run.name)
                st.rerun()
