"""Language, audience and text size, as this browser chose them last: a cookie that page.js writes."""

from __future__ import annotations

from typing import Literal, get_args

import streamlit as st

from ui.safe_html import element
from ui.state import keep

TextSize = Literal["normal", "large", "largest"]
TEXT_SIZES: tuple[TextSize, ...] = get_args(TextSize)
COOKIE = "myeloma_preferences"
_PERCENT: dict[TextSize, int] = {"normal": 100, "large": 115, "largest": 132}  # of the browser's own size
_KNOWN: dict[str, tuple[str, ...]] = {
    "language": ("zh", "en"), "audience": ("clinician", "patient"), "text-size": TEXT_SIZES,
}


def keep_preferences(browser_language: str) -> None:
    """Hold on to the choices; the first run of a session takes what the cookie says, if it makes sense."""
    chosen = str(st.context.cookies.get(COOKIE, "")).split(".")
    told = dict(zip(_KNOWN, chosen, strict=False)) if len(chosen) == len(_KNOWN) else {}
    first = {"language": browser_language, "audience": "clinician", "text-size": "normal"}
    for name, allowed in _KNOWN.items():
        keep(name, told[name] if told.get(name) in allowed else first[name])


def show_preferences() -> None:
    """Tell the browser what to remember, and draw text in the size that was chosen."""
    chosen = ".".join(st.session_state[name] for name in _KNOWN)
    st.html(element("span", data_preferences=chosen, hidden="hidden", class_="mm-secret mm-preferences"))
    size: TextSize = st.session_state["text-size"]
    if size != "normal":
        st.html(f"<style>html {{ font-size: {_PERCENT[size]}%; }}</style>")
