"""A human's scores for the sentences and citations of one answer, beside the verdicts of the checks."""

from __future__ import annotations

import streamlit as st

from evals.raters.sheet import CITATION_SCORES, SENTENCE_SCORES, Key, rows
from evals.results.verdicts import Judged
from ui.evaluation.runs import Runs
from ui.safe_html import element, plain_label
from ui.strings import Texts

_LABEL = 160  # characters of a sentence or quotation beside its scores; both are shown whole above


def show_rating(runs: Runs, name: str, judged: Judged, rater: str, texts: Texts) -> None:
    """The form; a score that is not given stays open, and can be given later."""
    lines = rows([judged])
    if not lines:
        return
    given = runs.rated(name, rater)
    with st.expander(texts("eval_rate"), icon=":material/rate_review:"):
        st.html(element("p", texts("eval_rate_about"), class_="mm-quiet", lang=texts.language))
        with st.form(f"rating-{name}-{judged.question.id}", border=False):
            scores: dict[Key, int | None] = {}
            for id_, number, marker, _, text, quote, _ in lines:
                key = (id_, int(number), int(marker))
                is_sentence = marker == "0"
                label = texts("eval_rate_sentence", number=number) if is_sentence else texts(
                    "eval_rate_citation", number=number, marker=marker
                )
                scores[key] = st.segmented_control(
                    f"{label}: {plain_label(_short(text if is_sentence else quote))}",
                    SENTENCE_SCORES if is_sentence else CITATION_SCORES,
                    default=given.get(key), key=f"score-{name}-{id_}-{number}-{marker}",
                )
            if st.form_submit_button(texts("save"), type="primary"):
                kept = {key: score for key, score in {**given, **scores}.items() if score is not None}
                runs.rate(name, rater, kept)
                st.html(element("p", texts("eval_rate_kept"), class_="mm-outcome", role="status",
                                lang=texts.language))


def _short(text: str) -> str:
    return text if len(text) <= _LABEL else text[:_LABEL] + "…"
