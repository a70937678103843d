from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.language_model.problems import SettingsProblem
from index import IndexProblem
from tests.scripted_model import Reply, scripted_model
from tests.ui.fakes import FakeAssistant, page_with, read, turn_to
from ui.history import History
from ui.page import SETTINGS_PATH
from ui.sources import workshop as workshop_module
from ui.sources.workshop import Workshop
from ui.strings import texts_in

ZH = texts_in("zh")


def shown(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(read(h.body).text for h in page.html if not h.body.startswith(("<style", "<script")))


def test_what_works_behind_the_page_is_said(
    assistant: FakeAssistant, index_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MYELOMA_INDEX", str(index_dir))
    history = History(tmp_path / "history.sqlite3")
    page = page_with(lambda progress: assistant, history, Workshop(lambda: None))
    page = turn_to(page, SETTINGS_PATH)
    for words in (str(index_dir), str(history.path), "default", ZH("settings_extractive"), "1篇"):
        assert words in shown(page)
    monkeypatch.setenv("MYELOMA_INDEX", str(tmp_path / "none"))
    assert "myeloma ingest" in shown(page.run()), "no index is a line and no error"


def test_a_language_model_is_named_with_what_goes_to_it(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ZH("settings_sent_nowhere") in shown(turn_to(page, SETTINGS_PATH))
    monkeypatch.setenv("MYELOMA_LLM", "openai:some-model")
    monkeypatch.setenv("MYELOMA_LLM_BASE_URL", "http://127.0.0.1:1/v1")
    told = shown(turn_to(page, SETTINGS_PATH))
    assert ZH("settings_sent_model", model="openai:some-model", address="http://127.0.0.1:1/v1") in told
    assert ZH("settings_sent_nowhere") not in told
    assert ZH("settings_extractive") not in told
    monkeypatch.setenv("MYELOMA_LLM_DEADLINE", "soon")
    assert "MYELOMA_LLM_DEADLINE" in shown(turn_to(page, SETTINGS_PATH))


def test_settings_that_cannot_be_used_are_a_line_and_no_traceback() -> None:
    def opener(progress: object) -> FakeAssistant:
        raise SettingsProblem("MYELOMA_LLM_DEADLINE: 'soon' is no number")

    told = shown(page_with(opener))
    assert ZH("error_settings") in told
    assert "'soon'" in told


def test_the_size_of_the_text_stays_on_every_page(page: AppTest) -> None:
    page = turn_to(page, SETTINGS_PATH)
    page.segmented_control("text-size").set_value("largest").run()
    page = turn_to(page, "")
    assert any("132%" in h.body for h in page.html)
    assert 'data-preferences="zh.clinician.largest"' in "".join(h.body for h in page.html)


def test_a_cookie_that_makes_no_sense_changes_nothing(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    from streamlit.runtime.context import ContextProxy

    def with_cookie(text: str) -> AppTest:
        cookies = {"myeloma_preferences": text, "myeloma_owner": "<script>"}
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda self: cookies))
        return page_with(lambda progress: assistant)

    assert with_cookie("en.patient.large").session_state["audience"] == "patient"
    for text in ("en.patient", "xx.<b>.huge", "en.patient.large.more", ""):
        page = with_cookie(text)
        assert not page.exception
        assert page.session_state["audience"] == "clinician"
        assert len(page.session_state["owner-secret"]) == 43


def test_the_connection_to_a_language_model_is_tried_with_fixed_words_only(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not [b for b in turn_to(page, SETTINGS_PATH).button if b.key == "settings-try"]
    with scripted_model() as model:
        for name, value in {"": "openai:some-model", "_BASE_URL": model.base_url, "_API_KEY": "k"}.items():
            monkeypatch.setenv(f"MYELOMA_LLM{name}", value)
        monkeypatch.setenv("MYELOMA_LLM_RETRIES", "0")
        model.says("OK")
        page = turn_to(page, SETTINGS_PATH)
        page.button("settings-try").click().run()
        assert "可以连接" in shown(page)
        (sent,) = model.requests
        assert [m["content"] for m in sent["messages"]] == ["Answer with the word OK."]
        model.says(Reply(status=401))
        page.button("settings-try").click().run()
        assert "连接没有成功：语言模型的服务拒绝了请求" in shown(page)
        assert "sk-secret" not in shown(page)
        model.says("")
        page.button("settings-try").click().run()
        assert "语言模型没有给出回答" in shown(page)
    monkeypatch.setenv("MYELOMA_LLM_DEADLINE", "soon")
    page.button("settings-try").click().run()
    assert "MYELOMA_LLM_DEADLINE" in shown(page)


def test_the_language_can_be_changed_among_the_settings(page: AppTest) -> None:
    page = turn_to(page, SETTINGS_PATH)
    page.segmented_control("language-here").set_value("en").run()
    assert page.segmented_control("language").value == "en"
    assert "Settings" in shown(page)


def test_the_index_is_built_anew_in_the_background_by_whose_machine_it_is(
    assistant: FakeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def build(directory: Path, sources: object, embedder: str, *, progress: object, refit: bool) -> None:
        asked.append((sources, embedder, refit))
        if embedder == "nowhere/model":
            raise IndexProblem("nowhere/model: not on this machine")

    monkeypatch.setattr(workshop_module, "build_index", build)
    monkeypatch.delenv("MYELOMA_INDEX", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    workshop = Workshop(lambda: None)
    page = turn_to(page_with(lambda progress: assistant, None, workshop), SETTINGS_PATH)
    for name in ("default", "nowhere/model"):
        page.text_input("rebuild-name").set_value(name)
        next(b for b in page.button if b.label == ZH("settings_rebuild")).click().run()
        until(lambda: workshop.job is not None and workshop.job.state != "running")
        page.run()
        assert not page.exception
    assert asked == [((), "default", True), ((), "nowhere/model", True)]
    assert "not on this machine" in shown(page)
    monkeypatch.setattr("ui.page.is_logged_in", lambda: True)
    page = turn_to(page_with(lambda progress: assistant, None, workshop), SETTINGS_PATH)
    assert not page.text_input


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
