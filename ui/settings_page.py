"""Settings: how the page looks, what is kept, and what works behind it and sends what where."""

from __future__ import annotations

import streamlit as st

from assistant.language_model.configured import configured_endpoint
from assistant.language_model.problems import SettingsProblem
from index import IndexProblem, describe_index
from index.retrieval import DEPTH
from ui.keeping import Keeper
from ui.preferences import TEXT_SIZES
from ui.safe_html import Html, element, join
from ui.sources.workshop import Workshop
from ui.strings import Texts

_THEMES = ("System", "Light", "Dark")  # as Streamlit stores them


def draw(keeper: Keeper, workshop: Workshop | None, texts: Texts) -> None:
    """The page; it needs no open index."""
    title = element("h1", texts("settings_title"))
    st.html(element("header", title, class_="mm-header", lang=texts.language))
    answerer, sent = _worded_by(texts)
    with st.container(key="settings"):
        st.html(_heading("settings_look", texts))
        st.segmented_control(
            texts("settings_size"), TEXT_SIZES, key="text-size", required=True,
            format_func=lambda size: texts(f"settings_size_{size}"),
        )
        _show_themes(texts)
        st.html(_heading("settings_history", texts))
        st.html(element("p", _kept(keeper, texts), lang=texts.language))
        st.html(_heading("settings_engine", texts))
        st.html(_engine(workshop, answerer, texts))
        st.html(_heading("settings_sent", texts))
        items = [element("li", line) for line in (sent, *texts.lists["settings_sent_lines"])]
        st.html(element("ul", *items, lang=texts.language))


def _worded_by(texts: Texts) -> tuple[str, str]:
    """What words the answers, and what is sent to it."""
    try:
        endpoint = configured_endpoint()
    except SettingsProblem as problem:
        return str(problem), str(problem)
    if endpoint is None:
        return texts("settings_extractive"), texts("settings_sent_nowhere")
    sent = texts("settings_sent_model", model=endpoint.model, address=endpoint.address or "–")
    return texts("settings_model", model=endpoint.model), sent


def _show_themes(texts: Texts) -> None:
    """Plain markup: the theme is the browser's, and page.js tells Streamlit's own setting."""
    buttons = [
        element("button", texts(f"settings_theme_{name.lower()}"), type="button", class_="mm-theme",
                data_theme=name)
        for name in _THEMES
    ]
    label = texts("settings_theme")
    about = element("p", texts("settings_theme_about"), class_="mm-quiet")
    group = element("div", *buttons, class_="mm-themes", role="group", aria_label=label)
    st.html(element("div", element("p", label, class_="mm-label"), group, about, lang=texts.language))


def _kept(keeper: Keeper, texts: Texts) -> str:
    if keeper.history is None:
        return texts("history_off")
    if keeper.is_private:
        return texts("private_on")
    count = keeper.listed(most=1).total
    return texts("settings_history_at", file=str(keeper.history.path), count=count)


def _engine(workshop: Workshop | None, answerer: str, texts: Texts) -> Html:
    """What answers: all of it as it is, for nothing of it is chosen on this page."""
    rows = [(texts("settings_answerer"), answerer)]
    if workshop is not None:
        try:
            info = describe_index(workshop.directory)
        except IndexProblem as problem:
            rows.append((texts("settings_index"), str(problem)))
        else:
            passages = sum(source.passages for source in info.sources)
            held = texts("settings_holds", sources=len(info.sources), passages=passages)
            rows += [
                (texts("settings_index"), f"{info.directory} · {held} · {info.size / 1e6:.1f} MB"),
                (texts("settings_embedder"), texts("settings_embedder_is", name=info.embedder, dim=info.dim)),
            ]
    rows.append((texts("settings_retrieval"), texts("settings_retrieval_is", depth=DEPTH)))
    rows.append((texts("settings_threshold"), texts("settings_threshold_is")))
    terms = [join([element("dt", name), element("dd", value)]) for name, value in rows]
    return element("div", element("dl", *terms), class_="mm-pane", lang=texts.language)


def _heading(key: str, texts: Texts) -> Html:
    return element("h2", texts(key), class_="mm-heading", lang=texts.language)
