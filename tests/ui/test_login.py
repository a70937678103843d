"""A login by OpenID Connect: who is let in, who is not, and whose conversations they see."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.ui.fakes import FakeAssistant, _script, read
from tests.ui.oidc_provider import CLIENT, SECRET, oidc_provider
from tests.ui.served import chromium, served, until
from ui.owner import owner
from ui.strings import texts_in

ZH = texts_in("zh")
SHARED = {"redirect_uri": "http://127.0.0.1:8501/oauth2callback", "cookie_secret": "c"}
PROVIDER = {"client_id": "i", "client_secret": "very-secret", "server_metadata_url": "https://x.example/"}


@pytest.fixture
def _authlib(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "ui.login.importlib.util.find_spec", lambda name: object() if name == "authlib" else found(name)
    )


def page_with_secrets(assistant: FakeAssistant, auth: object) -> AppTest:
    given: dict[str, Any] = {"opener": lambda progress: assistant}
    given |= {"history": None, "workshop": None, "bench": None}
    page = AppTest.from_function(_script, kwargs=given, default_timeout=20)
    page.secrets["auth"] = auth
    return page.run()


def shown(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(read(h.body).text for h in page.html if not h.body.startswith(("<style", "<script")))


@pytest.mark.usefixtures("_authlib")
def test_a_complete_login_shows_the_way_in_and_nothing_else(assistant: FakeAssistant) -> None:
    for auth, keys in (
        ({**SHARED, **PROVIDER}, ["login-default"]),
        ({**SHARED, "hospital": PROVIDER}, ["login-hospital"]),
        ({**SHARED, **PROVIDER, "hospital": PROVIDER}, ["login-default", "login-hospital"]),
    ):
        page = page_with_secrets(assistant, auth)
        assert ZH("login_needed") in shown(page)
        assert [b.key for b in page.button] == keys
        assert not page.chat_input


@pytest.mark.usefixtures("_authlib")
def test_a_login_that_is_set_up_by_halves_lets_nobody_in(assistant: FakeAssistant) -> None:
    broken: list[tuple[object, str]] = [
        ({}, "auth.redirect_uri"),
        ("on", "auth.cookie_secret"),
        ({**SHARED}, "auth.client_id"),
        ({**SHARED, **PROVIDER, "cookie_secret": ""}, "auth.cookie_secret"),
        ({**SHARED, "hospital": {**PROVIDER, "client_secret": ""}}, "auth.hospital.client_secret"),
        ({**SHARED, **PROVIDER, "redirect_uri": "http://127.0.0.1:8501"}, "…/oauth2callback"),
    ]
    for auth, named in broken:
        page = page_with_secrets(assistant, auth)
        assert ZH("login_broken") in shown(page), auth
        assert named in shown(page)
        assert "very-secret" not in shown(page)
        assert not page.button
        assert not page.chat_input


def test_a_login_without_its_package_lets_nobody_in(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.login.importlib.util.find_spec", lambda name: None)
    page = page_with_secrets(assistant, {**SHARED, **PROVIDER})
    assert 'pip install "streamlit[auth]"' in shown(page)
    assert not page.chat_input


def test_secrets_that_cannot_be_read_let_nobody_in(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.chat_input, "without any secrets everybody of this machine is let in"
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n", "utf-8")
    monkeypatch.setattr("ui.login.st.get_option", lambda name: [str(broken)])
    monkeypatch.setattr(type(st.secrets), "load_if_toml_exists", lambda self: False)
    assert ZH("login_broken") in shown(page.run())
    assert not page.chat_input


def test_owners_are_told_apart_by_issuer_and_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    def owner_of(**claims: str) -> str:
        told = {"is_logged_in": True, **claims}
        monkeypatch.setattr(type(st.user), "to_dict", lambda self: told)
        return owner()

    alice = owner_of(iss="a", sub="1", email="x@x.example")
    assert alice == owner_of(iss="a", sub="1", email="new@x.example"), "an address may change"
    others = [
        owner_of(iss="a", sub="2", email="x@x.example"),
        owner_of(iss="b", sub="1"),
        owner_of(iss="a", email="1@"),
    ]
    assert len({alice, *others}) == 4
    monkeypatch.setattr("ui.owner.st.session_state", {"owner-secret": "s" * 43})
    first = owner_of(iss="a")
    monkeypatch.setattr("ui.owner.st.session_state", {"owner-secret": "t" * 43})
    assert owner_of(iss="a") != first, "a provider that names nobody does not make one owner of all"


@pytest.mark.browser
@pytest.mark.heavy
def test_two_people_log_in_and_see_their_own_conversations_only(index_dir: Path, tmp_path: Path) -> None:
    pytest.importorskip("authlib", reason="login needs streamlit[auth]")
    with oidc_provider(("alice", "bob")) as issuer, chromium() as browser:
        secrets = f"""
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{'0' * 32}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""
        with served("app", tmp_path, str(index_dir), secrets=secrets) as address:
            alice = _logged_in(browser, address, "alice")
            field = alice.get_by_placeholder(ZH("input_placeholder"))
            field.fill("分期用哪项血清检查？")
            field.press("Enter")
            recent = "[class*='st-key-recent-'] button"
            until(alice.locator(recent)).to_have_count(1)
            bob = _logged_in(browser, address, "bob")
            bob.get_by_placeholder(ZH("input_placeholder")).wait_for()
            bob.goto(f"{address}/history")
            until(bob.get_by_text(ZH("history_empty"))).to_be_visible()
            again = _logged_in(browser, address, "alice")
            until(again.locator(recent)).to_have_count(1)
            assert not [c for c in again.context.cookies() if c["name"] == "myeloma_owner"]
            again.get_by_role("button", name=ZH("logout")).click()
            until(again.get_by_text(ZH("login_needed"))).to_be_visible()
            assert again.locator(recent).count() == 0


def _logged_in(browser: Any, address: str, user: str) -> Any:
    page = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}).new_page()
    page.goto(address)
    page.get_by_role("button", name=ZH("login"), exact=True).click()
    page.get_by_role("link", name=user).click()
    page.get_by_role("button", name=ZH("logout")).wait_for()
    return page
