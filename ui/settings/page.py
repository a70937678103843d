"""Settings: how the page looks, what is kept, and what works behind it and sends what where."""

from __future__ import annotations

import streamlit as st

from ui import sidebar
from ui.keeping import Keeper
from ui.preferences import TEXT_SIZES
from ui.safe_html import Html, element
from ui.settings.connection import show_connection
from ui.settings.engine import engine_html, show_rebuild, worded_by
from ui.sources.workshop import Workshop
from ui.strings import Texts

_THEMES = ("System", "Light", "Dark")  # as Streamlit stores them


def draw(keeper: Keeper, workshop: Workshop | None, may_rebuild: bool, texts: Texts) -> None:
    """The page; it needs no open index. Those whose machine it is may build the index anew."""
    title = element("h1", texts("settings_title"))
    st.html(element("header", title, class_="mm-header", lang=texts.language))
    answerer, sent, is_model = worded_by(texts)
    with st.container(key="settings"):
        st.html(_heading("settings_look", texts))
        sidebar.choose_language_here(texts)
        st.segmented_control(
            texts("settings_size"), TEXT_SIZES, key="text-size", required=True,
            format_func=lambda size: texts(f"settings_size_{size}"),
        )
        _show_themes(texts)
        st.html(_heading("settings_history", texts))
        st.html(element("p", _kept(keeper, texts), lang=texts.language))
        st.html(_heading("settings_engine", texts))
        st.html(engine_html(workshop, answerer, texts))
        if is_model:
            show_connection(texts)
        if workshop is not None and workshop.is_open and may_rebuild:
            with st.expander(texts("settings_rebuild"), icon=":material/restart_alt:"):
                show_rebuild(workshop, texts)
        st.html(_heading("settings_sent", texts))
        items = [element("li", line) for line in (sent, *texts.lists["settings_sent_lines"])]
        st.html(element("ul", *items, lang=texts.language))


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


def _heading(key: str, texts: Texts) -> Html:
    return element("h2", texts(key), class_="mm-heading", lang=texts.language)
