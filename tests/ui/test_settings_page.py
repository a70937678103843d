from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.language_model.problems import SettingsProblem
from tests.ui.fakes import FakeAssistant, page_with, read, turn_to
from ui.history import History
from ui.page import SETTINGS_PATH
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
