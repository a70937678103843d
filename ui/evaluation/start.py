"""A new run: which questions, how many, asked of which system; and how far it is."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from evals.gold.suites import shipped_gold
from ui.evaluation.bench import Asking, Bench
from ui.evaluation.systems import CHOICES, HERE, Choice
from ui.safe_html import element
from ui.state import keep
from ui.strings import Texts

_OWN, _ALL = "own", "all"
_LOOK_AGAIN = 0.7  # seconds
_MOST, _USUAL = 2000, 40  # questions
_FIRST = {
    "evaluation-system": HERE, "evaluation-system-model": "", "evaluation-system-file": "",
    "evaluation-gold": _ALL, "evaluation-path": "", "evaluation-most": _USUAL,
}
_EXAMPLES = {"model": "qwen3@http://127.0.0.1:11434/v1", "file": "/home/…/answers.jsonl"}


def show_start(bench: Bench, may_name_files: bool, texts: Texts) -> None:
    """The form, or the run that goes on; files and addresses are named only by those whose machine it is."""
    for key, first in _FIRST.items():
        keep(key, first)  # a run that failed is mended without writing everything again
    st.html(element("h2", texts("eval_start_title"), class_="mm-heading", lang=texts.language))
    job = bench.job
    if job is not None and job.state == "running":
        _watch(bench, texts)
        return
    if job is not None:
        _show_end(job, texts)
    system = _choose_system(may_name_files, texts)
    gold = _choose_gold(may_name_files, texts)
    most = st.number_input(texts("eval_most"), 0, _MOST, step=10, key="evaluation-most",
                           help=texts("eval_most_help"))  # fmt: skip
    if st.button(texts("eval_start"), key="evaluation-start", type="primary", icon=":material/play_arrow:",
                 disabled=not (system and gold)):
        bench.start(gold, int(most), system)
        st.rerun()


def _choose_system(may_name_files: bool, texts: Texts) -> str:
    """The system as the command line names it; "" while something is missing."""
    choices = {c.kind: c for c in CHOICES if may_name_files or not c.needs}
    kind = st.selectbox(
        texts("eval_system"), list(choices), key="evaluation-system",
        format_func=lambda kind: texts(f"eval_system_{kind.replace('-', '_')}"),
    )
    choice = choices.get(kind, Choice(HERE))
    if not choice.needs:
        return choice.kind
    what = st.text_input(
        texts(f"eval_system_needs_{choice.needs}"), key=f"evaluation-system-{choice.needs}",
        placeholder=_EXAMPLES[choice.needs], autocomplete="off",
    ).strip()
    if choice.needs == "model":
        st.html(element("p", texts("eval_system_sends"), class_="mm-quiet", lang=texts.language))
    return choice.named(what) if what else ""


def _choose_gold(may_name_files: bool, texts: Texts) -> list[Path]:
    """The files of questions; none while something is missing."""
    shipped = {path.stem: path for path in shipped_gold()}
    choices = [_ALL, *shipped, *([_OWN] if may_name_files else [])]
    gold = st.selectbox(
        texts("eval_gold"), choices, key="evaluation-gold",
        format_func=lambda name: texts(f"eval_gold_{name}") if name in (_OWN, _ALL) else name,
    )
    if gold != _OWN:
        return [shipped[gold]] if gold in shipped else list(shipped.values())
    named = st.text_input(
        texts("eval_path"), key="evaluation-path", placeholder="/home/…/my-gold.jsonl", autocomplete="off"
    ).strip()
    return [Path(named).expanduser()] if named else []


@st.fragment(run_every=_LOOK_AGAIN)
def _watch(bench: Bench, texts: Texts) -> None:
    """How far the run is; the rest of the page, and every other, stays usable."""
    job = bench.job
    if job is None or job.state != "running":
        st.rerun()
    st.html(element("p", texts("eval_running", name=job.name), role="status", lang=texts.language))
    words = texts(f"eval_step_{job.step}", done=job.done, total=job.total)
    st.progress(min(1.0, job.done / max(1, job.total)), words)
    if job.step == "ask":
        st.button(texts("stop"), key="evaluation-stop", icon=":material/stop_circle:", on_click=bench.stop)


def _show_end(job: Asking, texts: Texts) -> None:
    if job.state == "failed":
        say_problem(texts("eval_failed", name=job.name), job.problem, texts)
        return
    words = texts(f"eval_{job.state}", name=job.name)
    st.html(element("p", words, class_="mm-outcome", role="status", lang=texts.language))


def say_problem(words: str, detail: str, texts: Texts) -> None:
    """What did not work, and the line that says why."""
    lines = (element("p", words), element("p", detail))
    st.html(element("div", *lines, class_="mm-error", role="alert", lang=texts.language))
