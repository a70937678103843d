"""Whose conversations are shown: the login's where there is one, else those of this browser.

Without a login the browser keeps a secret in a cookie, and the history knows its SHA-256 only. Nobody who
reads the file, or talks to the app from another browser, can name another one's conversations.
"""

from __future__ import annotations

import hashlib
import re
import secrets

import streamlit as st

from ui.login import is_logged_in
from ui.safe_html import element

COOKIE = "myeloma_owner"  # page.js writes it
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 bits
_KEPT = "owner-secret"


def owner() -> str:
    """The key of whoever looks at the page: 64 hexadecimal digits."""
    user = st.user.to_dict()
    name = user.get("sub") or user.get("email")
    if is_logged_in() and name:  # a provider that names nobody must not make one owner of all
        return hashlib.sha256(f"login {user.get('iss', '')} {name}".encode()).hexdigest()
    if _KEPT not in st.session_state:
        brought = str(st.context.cookies.get(COOKIE, ""))
        st.session_state[_KEPT] = brought if _SECRET.fullmatch(brought) else secrets.token_urlsafe(32)
    return hashlib.sha256(f"browser {st.session_state[_KEPT]}".encode()).hexdigest()


def hand_out_secret() -> None:
    """Give the browser its secret, once; the script of the page writes it into a cookie.

    A tab whose browser has another one by now, from a second tab of the same first visit, loads itself
    again: it then brings that one.
    """
    secret = st.session_state.get(_KEPT)
    if secret and st.context.cookies.get(COOKIE) != secret:
        st.html(element("span", data_owner=secret, hidden="hidden", class_="mm-secret"))
