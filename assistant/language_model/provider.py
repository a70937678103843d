"""A chat model of any provider that LangChain knows, made of the settings.

The one place that imports LangChain's ``init_chat_model``. What differs between providers is in
``data/providers.toml``.
"""

from __future__ import annotations

import importlib.util
import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.language_model.problems import SettingsProblem
from assistant.language_model.settings import Settings


def chat_model(settings: Settings) -> Any:
    """LangChain's model as the settings describe it."""
    from langchain.chat_models import init_chat_model

    provider = _provider(settings)
    given: dict[str, Any] = {"temperature": 0.0, **provider.get("options", {})}
    for option, value in (
        ("deadline", settings.llm_deadline),
        ("answer_tokens", settings.llm_answer_tokens),
        ("context", settings.llm_context),
        ("base_url", settings.llm_base_url),
        ("api_key", settings.llm_api_key.get_secret_value()),
    ):
        if value and (name := provider["names"].get(option)):
            outer, _, inner = name.partition(".")
            given[outer] = {**given.get(outer, {}), inner: value} if inner else value
    if settings.llm_base_url and "api_key" in provider["names"]:
        given.setdefault(provider["names"]["api_key"], "none")  # a server at home asks for no key
    if name := provider["names"].get("http_client"):
        from assistant.language_model.http_client import EndpointClient

        given[name] = EndpointClient(settings.llm_deadline)
    return init_chat_model(settings.llm, **{**given, **settings.llm_options})


@cache
def _providers() -> dict[str, Any]:
    text = (files("assistant.language_model") / "data" / "providers.toml").read_text("utf-8")
    return tomllib.loads(text)


def _provider(settings: Settings) -> dict[str, Any]:
    """What is known of the provider of the configured model."""
    known = _providers()
    found: dict[str, Any] = known.get(settings.llm.partition(":")[0].replace("-", "_"), known["other"])
    return found


def check_installed(settings: Settings) -> None:
    """Whether the provider can be used, told before the first question.

    Raises:
        SettingsProblem: it is unknown or not installed.
    """
    name, colon, model = settings.llm.partition(":")
    name, modules = name.replace("-", "_"), _providers()["modules"]
    if _is_true("LANGSMITH_GATEWAY") and name != "langsmith" and not settings.llm_base_url:
        # Another program's setting must not send questions to a third party.
        raise SettingsProblem("LANGSMITH_GATEWAY is set; unset it, or name MYELOMA_LLM_BASE_URL")
    if not (colon and name and model):
        raise SettingsProblem(f"MYELOMA_LLM={settings.llm}: write provider:model, such as openai:qwen-plus")
    module = modules.get(name, f"langchain_{name}")
    if importlib.util.find_spec(module) is not None:
        return
    if name not in modules:
        raise SettingsProblem(f"MYELOMA_LLM={settings.llm}: unknown provider; known: {', '.join(modules)}")
    how = _provider(settings).get("install", f"pip install {module.replace('_', '-')}")
    raise SettingsProblem(f"MYELOMA_LLM={settings.llm}: {module} is not installed; {how}")


def _is_true(variable: str) -> bool:
    return os.environ.get(variable, "").strip().lower() in ("true", "1", "yes")
