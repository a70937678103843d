"""Calls are reported nowhere unless the user says where."""

from __future__ import annotations

import pytest

from assistant.language_model.problems import SettingsProblem
from assistant.language_model.settings import Settings
from assistant.language_model.tracing import traced
from assistant.language_model.writing import ModelWriter


def test_another_programs_langsmith_variables_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    from langsmith.utils import tracing_is_enabled

    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    with traced("off", "openai:m"):
        assert not tracing_is_enabled()
    with traced("langsmith", "openai:m"):
        assert tracing_is_enabled()


def test_opentelemetry_is_a_door_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("opentelemetry.trace", reason="opentelemetry-api is not installed")
    from langsmith.utils import tracing_is_enabled

    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    with traced("opentelemetry", "openai:m"):
        assert not tracing_is_enabled()


def test_a_package_that_is_missing_is_named_before_anything_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.language_model.tracing._has_opentelemetry", lambda: False)
    with pytest.raises(SettingsProblem, match="pip install opentelemetry-sdk"):
        ModelWriter.of(Settings(llm="openai:m", llm_tracing="opentelemetry"))
