"""Calls are reported nowhere unless the user says where."""

from __future__ import annotations

import pytest

from assistant.language_model.tracing import traced


def test_another_programs_langsmith_variables_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    from langsmith.utils import tracing_is_enabled

    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    with traced("off", "openai:m"):
        assert not tracing_is_enabled()
    with traced("opentelemetry", "openai:m"):
        assert not tracing_is_enabled()
    with traced("langsmith", "openai:m"):
        assert tracing_is_enabled()
