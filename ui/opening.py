"""Opening the assistant: progress while an index is built, words instead of a traceback."""

from __future__ import annotations

import logging

import streamlit as st

from assistant.language_model.problems import SettingsProblem
from index import IndexBusy, IndexMismatch, IndexMissing, IndexProblem
from index.build import STEPS
from ui.interfaces import Answering, Opener
from ui.safe_html import element
from ui.strings import Texts

_KINDS: tuple[tuple[type[IndexProblem], str], ...] = (
    (IndexMissing, "error_missing"),
    (IndexMismatch, "error_mismatch"),
    (IndexBusy, "error_busy"),
    (IndexProblem, "error_index"),
)


def open_or_explain(opener: Opener, texts: Texts) -> Answering | None:
    """The assistant, or None after the page has said what is wrong and what to do."""
    area = st.empty()
    try:
        assistant = opener(_BuildProgress(area.container(), texts))
    except IndexProblem as problem:
        area.empty()
        _explain(next(key for kind, key in _KINDS if isinstance(problem, kind)), str(problem), texts)
        return None
    except SettingsProblem as problem:
        area.empty()
        _explain("error_settings", str(problem), texts)
        return None
    except Exception as problem:  # a broken installation, too, is told in words; the log has the rest
        logging.getLogger(__name__).exception("the assistant could not be opened")
        area.empty()
        _explain("error_index", f"{type(problem).__name__}: {problem}", texts)
        return None
    area.empty()
    return assistant


class _BuildProgress:
    """Shows the steps of a build; draws nothing as long as none is reported."""

    def __init__(self, area: st.delta_generator.DeltaGenerator, texts: Texts) -> None:
        self._area, self._texts = area, texts
        self._bar: st.delta_generator.DeltaGenerator | None = None

    def __call__(self, step: str, done: int, total: int) -> None:
        known = step in STEPS
        if self._bar is None:
            self._area.html(element("p", self._texts("building_title"), role="status", class_="mm-welcome"))
            self._bar = self._area.progress(0.0)
        share = min(1.0, done / total) if total else 1.0
        overall = (STEPS.index(step) + share) / len(STEPS) if known else share
        name = self._texts(f"step_{step}" if known else "step_other")
        self._bar.progress(overall, self._texts("building_step", step=name, done=done, total=total))


def _explain(key: str, detail: str, texts: Texts) -> None:
    words = (
        element("h2", texts(key)),
        element("p", texts(f"{key}_next")),
        element("p", texts("error_detail"), class_="mm-quiet"),
        element("pre", detail),
    )
    st.html(element("div", *words, class_="mm-error", role="alert", lang=texts.language))
