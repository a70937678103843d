"""Login through OpenID Connect, where the operator has set it up in Streamlit's ``secrets.toml``.

What is set up by halves keeps everybody out: an app that was meant to be closed must not stand open because
of a slip of the pen.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from ui.safe_html import element, plain_label
from ui.strings import Texts

_DEFAULT = "default"  # the provider whose keys stand in [auth] itself
_SHARED = ("redirect_uri", "cookie_secret")
_OF_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
_CALLBACK = "/oauth2callback"


def is_let_in(texts: Texts) -> bool:
    """Whether the page may be shown; draws the way in where a login is asked for and missing."""
    auth = _auth()
    if auth is None:
        return True
    if problems := _problems(auth):
        _refuse(problems, texts)
        return False
    if is_logged_in():
        return True
    st.html(element("h1", texts("title")))
    st.html(element("p", texts("login_needed"), class_="mm-quiet", lang=texts.language))
    providers = _providers(auth)
    for name in providers:
        label = texts("login") if name == _DEFAULT else texts("login_with", provider=plain_label(name))
        st.button(label, key=f"login-{name}", icon=":material/login:", type="primary", on_click=st.login,
                  args=() if name == _DEFAULT else (name,))  # fmt: skip
    return False


def is_logged_in() -> bool:
    """Whether whoever looks at the page came by a login, maybe from another machine."""
    return bool(st.user.to_dict().get("is_logged_in"))


def show_logout(texts: Texts) -> None:
    """The way out, for those who are logged in."""
    if is_logged_in():
        st.button(texts("logout"), key="logout", icon=":material/logout:", on_click=st.logout)


def _auth() -> Mapping[str, object] | None:
    """What is set up; None where no login is asked for, nothing where the file cannot be read."""
    if not st.secrets.load_if_toml_exists():
        written = any(Path(file).is_file() for file in st.get_option("secrets.files"))
        return {} if written else None
    if "auth" not in st.secrets:
        return None
    auth = st.secrets["auth"]
    return auth if isinstance(auth, Mapping) else {}


def _providers(auth: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
    named = {k: value for k, value in auth.items() if isinstance(value, Mapping) and k != "client_kwargs"}
    own = {key: auth[key] for key in _OF_PROVIDER if key in auth}
    return {_DEFAULT: own, **named} if own or not named else named


def _problems(auth: Mapping[str, object]) -> list[str]:
    """What is missing, by the names of the settings; never a value, for half of them are secrets."""
    missing = [f"auth.{key}" for key in _SHARED if not auth.get(key)]
    for name, given in _providers(auth).items():
        place = "auth" if name == _DEFAULT else f"auth.{name}"
        missing += [f"{place}.{key}" for key in _OF_PROVIDER if not given.get(key)]
    address = auth.get("redirect_uri")
    if address and not str(address).endswith(_CALLBACK):
        missing.append(f"auth.redirect_uri: …{_CALLBACK}")
    if importlib.util.find_spec("authlib") is None:
        missing.append('pip install "streamlit[auth]"')
    return missing


def _refuse(problems: list[str], texts: Texts) -> None:
    words = [element("h2", texts("login_broken")), element("p", texts("login_broken_next"))]
    listed = element("ul", *(element("li", element("code", problem)) for problem in problems))
    st.html(element("div", *words, listed, class_="mm-error", role="alert", lang=texts.language))
