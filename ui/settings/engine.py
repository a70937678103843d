"""What works behind the page: index, embedder, retrieval, thresholds; and building the index anew."""

from __future__ import annotations

import streamlit as st

from assistant.language_model.configured import configured_endpoint
from assistant.language_model.problems import SettingsProblem
from assistant.sufficiency import thresholds
from index import IndexProblem, describe_index
from index.retrieval import DEPTH
from index.types import IndexInfo
from ui.safe_html import Html, element, join
from ui.sources.upload import show_end, watch
from ui.sources.workshop import Workshop
from ui.strings import Texts

_MAX_NAME = 300  # characters


def worded_by(texts: Texts) -> tuple[str, str, bool]:
    """What words the answers, what is sent to it, and whether it is a language model."""
    try:
        endpoint = configured_endpoint()
    except SettingsProblem as problem:
        return str(problem), str(problem), True
    if endpoint is None:
        return texts("settings_extractive"), texts("settings_sent_nowhere"), False
    sent = texts("settings_sent_model", model=endpoint.model, address=endpoint.address or "–")
    return texts("settings_model", model=endpoint.model), sent, True


def engine_html(workshop: Workshop | None, answerer: str, texts: Texts) -> Html:
    """What answers, each with why it is as it is."""
    rows = [(texts("settings_answerer"), answerer)]
    info, has_sentences = None, False
    if workshop is not None:
        try:
            info = describe_index(workshop.directory)
        except IndexProblem as problem:
            rows.append((texts("settings_index"), str(problem)))
    if info is not None:
        rows += _index(info, texts)
        has_sentences = bool(info.sentence_model)
    rows.append((texts("settings_retrieval"), texts("settings_retrieval_is", depth=DEPTH)))
    least, doubt = thresholds(has_sentences)
    rows.append((texts("settings_threshold"), texts("settings_threshold_is")))
    words = texts("settings_threshold_numbers", least=f"{least:.2f}", doubt=f"{doubt:.2f}")
    rows.append((texts("settings_threshold_at"), words))
    terms = [join([element("dt", name), element("dd", value)]) for name, value in rows]
    return element("div", element("dl", *terms), class_="mm-pane", lang=texts.language)


def _index(info: IndexInfo, texts: Texts) -> list[tuple[str, str]]:
    passages = sum(source.passages for source in info.sources)
    held = texts("settings_holds", sources=len(info.sources), passages=passages)
    return [
        (texts("settings_index"), f"{info.directory} · {held} · {info.size / 1e6:.1f} MB"),
        (texts("settings_embedder"), texts("settings_embedder_is", name=info.embedder, dim=info.dim)),
        (texts("settings_sentences"),
         texts("settings_sentences_is", name=info.sentence_model) if info.sentence_model
         else texts("settings_sentences_none")),
    ]


def show_rebuild(workshop: Workshop, texts: Texts) -> None:
    """Another embedder, or the same fitted anew, in the background."""
    job = workshop.job
    if job is not None and job.state == "running":
        watch(workshop, texts)
        return
    if job is not None and job.kind == "rebuild":
        show_end(job, texts)
    with st.form("rebuild", border=False):
        name = st.text_input(
            texts("settings_rebuild_label"), "default", key="rebuild-name", max_chars=_MAX_NAME,
            help=texts("settings_rebuild_help"), autocomplete="off",
        )
        if st.form_submit_button(texts("settings_rebuild"), icon=":material/restart_alt:"):
            workshop.rebuild(name.strip() or "default")
            st.rerun()
