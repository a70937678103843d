"""The frame of both pages: look, switches, navigation; the conversation goes on whichever is shown."""

from __future__ import annotations

from importlib.resources import files

import streamlit as st

from ui import chat_page, sidebar, staging_form, staging_page
from ui.interfaces import Opener

STAGING_PATH = "staging"


def draw(opener: Opener) -> None:
    """One run of the app for one browser session."""
    # First, and again below in the chosen language: Streamlit lets the later call win.
    st.set_page_config(layout="wide", page_icon="📖")
    _add_look()
    texts = sidebar.choose_language()
    audience = sidebar.choose_audience(texts)
    staging_form.keep_fields()

    def show_chat() -> None:
        chat_page.draw(opener, audience, staging, texts)

    def show_staging() -> None:
        staging_page.draw(audience, chat, texts)

    chat = st.Page(
        show_chat, title=texts("nav_chat"), icon=":material/forum:", url_path="chat", default=True
    )
    staging = st.Page(
        show_staging, title=texts("nav_staging"), icon=":material/calculate:", url_path=STAGING_PATH
    )
    current = st.navigation([chat, staging])
    place = "" if current is chat else f"{current.title} · "
    st.set_page_config(page_title=place + texts("title"))
    current.run()


def _add_look() -> None:
    """The style sheet and the script, both constant: nothing from outside is ever put into them."""
    static = files("ui") / "static"
    st.html(f"<style>{(static / 'page.css').read_text('utf-8')}</style>")
    st.html(f"<script>{(static / 'page.js').read_text('utf-8')}</script>", unsafe_allow_javascript=True)
