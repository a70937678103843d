"""Login through OpenID Connect, where the operator has set it up in Streamlit's ``secrets.toml``."""

from __future__ import annotations

import streamlit as st

from ui.safe_html import element
from ui.strings import Texts


def is_let_in(texts: Texts) -> bool:
    """Whether the page may be shown; draws the way in where a login is asked for and missing."""
    user = st.user.to_dict()
    if user.get("is_logged_in", True):  # without a login set up there is no such entry
        return True
    st.html(element("h1", texts("title")))
    st.html(element("p", texts("login_needed"), class_="mm-quiet", lang=texts.language))
    st.button(texts("login"), key="login", icon=":material/login:", type="primary", on_click=st.login)
    return False


def show_logout(texts: Texts) -> None:
    """The way out, for those who are logged in."""
    if st.user.to_dict().get("is_logged_in"):
        st.button(texts("logout"), key="logout", icon=":material/logout:", on_click=st.logout)
