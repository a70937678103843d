"""One scripted server and one model for all tests of a process; each test sets the script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from assistant import Assistant
from assistant.language_model.client import ChatModel
from assistant.language_model.settings import Settings
from assistant.language_model.writing import ModelWriter
from index import Index
from tests.scripted_model import Reply, ScriptedModel, scripted_model

KEY = "sk-never-to-be-seen"


@pytest.fixture(scope="session")
def _server() -> Iterator[ScriptedModel]:
    with scripted_model() as model:
        yield model


@pytest.fixture(scope="session")
def _chat(_server: ScriptedModel) -> ChatModel:
    return ChatModel(settings(_server))


@pytest.fixture
def model(_server: ScriptedModel) -> ScriptedModel:
    _server.says("")
    return _server


@pytest.fixture
def writer(_chat: ChatModel) -> ModelWriter:
    return ModelWriter(_chat, _chat.settings)


@pytest.fixture
def with_model(index: Index, writer: ModelWriter) -> Assistant:
    return Assistant(index, writer)


def settings(server: ScriptedModel, **other: Any) -> Settings:
    given = {"llm_base_url": server.base_url, "llm_deadline": 20.0, "llm_retries": 0, **other}
    return Settings(llm="openai:scripted", llm_api_key=KEY, **given)


def citing(model: ScriptedModel, *replies: str | Reply) -> None:
    """Set the script; "«words»" becomes the marker of the passage that has them, as the model saw it."""
    given = [Reply(r) if isinstance(r, str) else r for r in replies]
    model.requests = []

    def reply_to(body: dict[str, Any]) -> Reply:
        reply = given[min(len(model.requests), len(given)) - 1]
        return Reply(
            re.sub(r"«(.+?)»", lambda m: f"[{number_of(m.group(1), body)}]", reply.text),
            reply.status, reply.size, reply.cut, reply.silence, reply.tool, reply.finish,
            reply.raw, reply.headers,
        )  # fmt: skip

    model.script = reply_to


def number_of(words: str, body: dict[str, Any]) -> int:
    """The number of the passage with ``words`` in a request, 1 if it was not sent: a wrong citation."""
    for message in body["messages"]:
        for line in str(message["content"]).splitlines():
            if (match := re.match(r"\[(\d+)\] ", line)) and words in line:
                return int(match.group(1))
    return 1
