"""Settings: where they come from, what is masked, what is refused, and what costs nothing without them."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

from assistant.language_model import client
from assistant.language_model.configured import configured_writer
from assistant.language_model.next_step import next_step
from assistant.language_model.problems import SettingsProblem
from assistant.language_model.settings import Settings, read_settings, shown_settings
from assistant.language_model.trace import Call, ModelTrace
from assistant.language_model.writing import ModelWriter
from ui.cli.main import main


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory and a configuration file of the test's own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("MYELOMA_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path


def test_environment_goes_before_dotenv_before_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "config.toml").write_text(
        'llm = "ollama:a"\nllm_deadline = 11\nllm_retries = 5\n', encoding="utf-8"
    )
    (folder / ".env").write_text("MYELOMA_LLM=openai:b\nMYELOMA_LLM_DEADLINE=12\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("MYELOMA_LLM", "openai:c")
    settings = read_settings()
    assert (settings.llm, settings.llm_deadline, settings.llm_retries) == ("openai:c", 12, 5)
    origins = {row.name: row.origin for row in shown_settings()}
    assert origins["MYELOMA_LLM"] == "environment"
    assert origins["MYELOMA_LLM_DEADLINE"] == ".env"
    assert origins["MYELOMA_LLM_RETRIES"] == str(folder / "config.toml")
    assert origins["MYELOMA_LLM_TIMEOUT"] == "default"


def test_config_masks_secrets(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MYELOMA_LLM_API_KEY", "sk-secret-1")
    monkeypatch.setenv("MYELOMA_LLM_BASE_URL", "https://me:sk-secret-2@host/v1")
    monkeypatch.setenv("MYELOMA_LLM_OPTIONS", '{"default_headers": {"X-Api-Key": "sk-secret-3"}, "seed": 7}')
    assert main(["config"]) == 0
    shown = capsys.readouterr().out
    assert "sk-secret" not in shown
    assert "MYELOMA_LLM_API_KEY=********" in shown
    assert "@host/v1" in shown
    assert "'seed': '7'" in shown
    assert main(["config", "--json"]) == 0
    assert "sk-secret" not in capsys.readouterr().out
    assert "sk-secret" not in repr(read_settings().llm_api_key)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MYELOMA_LLM_DEADLINE", "soon", "MYELOMA_LLM_DEADLINE 'soon'"),
        ("MYELOMA_LLM_DEADLINE", "0", "MYELOMA_LLM_DEADLINE '0'"),
        ("MYELOMA_LLM_TRACING", "everywhere", "MYELOMA_LLM_TRACING 'everywhere'"),
        ("MYELOMA_CONFIG", "nowhere.toml", "nowhere.toml: no such file"),
        ("LANGSMITH_GATEWAY", "true", "LANGSMITH_GATEWAY is set"),
        ("MYELOMA_LLM", "qwen-plus", "write provider:model"),
        ("MYELOMA_LLM", "magic:model", "unknown provider; known: anthropic"),
    ],
)
def test_what_cannot_be_used_is_named(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MYELOMA_LLM", "openai:x")
    monkeypatch.setenv(name, value)
    assert main(["ask", "骨痛？"]) == 2
    assert says in capsys.readouterr().err


def test_a_misspelt_key_is_named(folder: Path) -> None:
    (folder / "config.toml").write_text("llm_dedline = 3\n", encoding="utf-8")
    with pytest.raises(SettingsProblem, match="unknown setting 'llm_dedline'"):
        read_settings()


@pytest.mark.parametrize(
    ("model", "line"),
    [
        ("openai:x", 'pip install -e ".[openai]"'),
        ("ollama:x", 'pip install -e ".[ollama]"'),
        ("anthropic:x", 'pip install -e ".[anthropic]"'),
        ("google_genai:x", "pip install langchain-google-genai"),
    ],
)
def test_a_missing_provider_comes_with_its_pip_line(
    model: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SettingsProblem) as problem:
        ModelWriter.of(Settings(llm=model))
    assert line in str(problem.value)


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("openai:m", {"base_url": "http://h", "api_key": "k", "timeout": 60.0, "max_tokens": 77}),
        ("azure_openai:m", {"azure_endpoint": "http://h", "api_key": "k", "timeout": 60.0, "max_tokens": 77}),
        ("anthropic:m", {"base_url": "http://h", "api_key": "k", "timeout": 60.0, "max_tokens": 77}),
        (
            "ollama:m",
            {
                    "base_url": "http://h",
                    "client_kwargs": {"follow_redirects": False, "timeout": 60.0},
                    "num_predict": 77,
                    "num_ctx": 8192,
                },
        ),
    ],
)
def test_providers_get_what_they_call_the_settings(
    model: str, names: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: True)
    monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda name, **kwargs: given.update(kwargs))
    settings = Settings(llm=model, llm_base_url="http://h", llm_api_key="k", llm_answer_tokens=77)
    _ = client.ChatModel(settings)._model
    assert {name: given.get(name) for name in names} == names
    assert given["temperature"] == 0.0
    assert (given.get("max_retries") == 0) == (model != "ollama:m")


def test_a_writer_is_made_where_a_model_is_named(folder: Path) -> None:
    assert configured_writer() is None
    (folder / ".env").write_text("MYELOMA_LLM=openai:m\n", encoding="utf-8")
    assert isinstance(configured_writer(), ModelWriter)


def test_the_settings_are_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"name", "value", "origin", "says"} == set(rows[0])


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MYELOMA_LLM_BASE_URL", "localhost:8000", "http://"),
        ("MYELOMA_LLM_KEY", "x", "MYELOMA_LLM_API_KEY"),
    ],
)
def test_what_is_mistyped_is_named(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsProblem, match=re.escape(name)) as told:
        read_settings()
    assert says in str(told.value)


@pytest.mark.parametrize(
    ("reason", "outcome", "says"),
    [
        ("refused", "refused: HTTP 401", "MYELOMA_LLM_API_KEY"),
        ("refused", "refused: HTTP 404", "MYELOMA_LLM_BASE_URL"),
        ("refused", "refused: HTTP 307", "leads elsewhere"),
        ("refused", "refused: OpenAIError", "is the key set"),
        ("unreachable", "unreachable: ConnectError", "MYELOMA_LLM_BASE_URL"),
        ("deadline", "deadline", "MYELOMA_LLM_DEADLINE"),
    ],
)
def test_a_failure_names_the_next_step(reason: str, outcome: str, says: str) -> None:
    call = Call("answer", "answer-clinician.zh/1", 1, 0, False, 1.0, 1, outcome)
    assert says in next_step(ModelTrace("openai:m", False, reason, (call,)))
    assert next_step(ModelTrace("openai:m", True, "", (call,))) == ""
