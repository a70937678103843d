"""The frame of all pages: look, switches, navigation; the conversation goes on whichever is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import streamlit as st

from ui import history_page, sidebar
from ui.chat import page as chat_page
from ui.history import History
from ui.interfaces import Opener
from ui.keeping import PRIVATE, Keeper
from ui.login import is_let_in, is_logged_in
from ui.owner import hand_out_secret, owner
from ui.preferences import keep_preferences, show_preferences
from ui.settings import page as settings_page
from ui.sources import page as library_page
from ui.sources.workshop import Workshop
from ui.state import keep
from ui.strings import Texts
from ui.tools import inputs, staging_form, staging_page
from ui.tools import page as tools_page

if TYPE_CHECKING:
    from ui.evaluation.bench import Bench

STAGING_PATH, TOOLS_PATH = "staging", "tools"
HISTORY_PATH, LIBRARY_PATH, SETTINGS_PATH = "history", "library", "settings"
EVALUATION_PATH = "evaluation"
_RATER = 16  # digits of the key of whoever rates


def draw(
    opener: Opener,
    history: History | None = None,
    workshop: Workshop | None = None,
    bench: Bench | None = None,
) -> None:
    """One run of the app for one browser session.

    Without a history no conversation is kept, without a workshop no document can be added, without a bench
    nothing is measured.
    """
    # First, and again below in the chosen language: Streamlit lets the later call win.
    st.set_page_config(layout="wide", page_icon="📖")
    _add_look()
    keep_preferences(sidebar.browser_language())
    texts = sidebar.choose_language()
    if not is_let_in(texts):
        return
    audience = sidebar.choose_audience(texts)
    keep(PRIVATE, False)
    keeper = Keeper(history, owner())
    if history is not None and not keeper.is_private:
        hand_out_secret()
    staging_form.keep_fields()
    inputs.keep_inputs()

    def show_chat() -> None:
        chat_page.draw(opener, keeper, audience, staging, texts)

    def show_history() -> None:
        history_page.draw(keeper, chat, texts)

    def show_library() -> None:
        library_page.draw(opener, workshop, texts)

    def show_staging() -> None:
        staging_page.draw(audience, chat, texts)

    def show_tools() -> None:
        tools_page.draw(audience, texts)

    def show_evaluation() -> None:
        from ui.evaluation import page  # loads the suite, for which nobody else should wait

        if bench is not None:
            page.draw(bench, owner()[:_RATER], not is_logged_in(), texts)

    def show_settings() -> None:
        settings_page.draw(keeper, workshop, not is_logged_in(), texts)

    chat = _page(show_chat, "chat", "forum", texts, default=True)
    kept = _page(show_history, HISTORY_PATH, "history", texts)
    library = _page(show_library, LIBRARY_PATH, "library_books", texts)
    staging = _page(show_staging, STAGING_PATH, "calculate", texts)
    tools = _page(show_tools, TOOLS_PATH, "labs", texts)
    settings = _page(show_settings, SETTINGS_PATH, "settings", texts)
    evaluation = [] if bench is None else [_page(show_evaluation, EVALUATION_PATH, "fact_check", texts)]
    current = st.navigation([chat, staging, tools, library, kept, *evaluation, settings])
    place = "" if current is chat else f"{current.title} · "
    st.set_page_config(page_title=place + texts("title"))
    current.run()
    sidebar.show_end(keeper, texts)
    show_preferences()


def _page(
    show: Callable[[], None], path: str, icon: str, texts: Texts, default: bool = False
) -> st.Page:
    return st.Page(
        show, title=texts(f"nav_{path}"), icon=f":material/{icon}:", url_path=path, default=default
    )


def _add_look() -> None:
    """The style sheet and the script, both constant: nothing from outside is ever put into them."""
    style, script = _look()
    st.html(f"<style>{style}</style>")
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


@cache
def _look() -> tuple[str, str]:
    static = files("ui") / "static"
    return (static / "page.css").read_text("utf-8"), (static / "page.js").read_text("utf-8")
