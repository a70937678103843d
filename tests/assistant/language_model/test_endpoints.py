"""Endpoints that are broken below the level of chat completions: each ends in the extractive answer."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from assistant import Assistant
from assistant.language_model.client import ChatModel
from assistant.language_model.settings import Settings
from assistant.language_model.writing import ModelWriter
from index import Index
from tests.assistant.language_model.conftest import citing, settings
from tests.assistant.language_model.test_behaviours import RIGHT, ZH
from tests.scripted_model import Reply, ScriptedModel

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
WORD = (
    b'data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"m",'
    b'"choices":[{"index":0,"delta":{"content":"\\u7532"},"finish_reason":null}]}\n\n'
)


def _trickle(connection: socket.socket) -> None:
    connection.sendall(HEAD)
    for _ in range(30):
        connection.sendall(WORD)
        time.sleep(0.05)


def _keep_alive_only(connection: socket.socket) -> None:
    connection.sendall(HEAD)
    for _ in range(30):
        connection.sendall(b": keep-alive\n\n")
        time.sleep(0.05)


def _json_that_never_ends(connection: socket.socket) -> None:
    connection.sendall(HEAD.replace(b"text/event-stream", b"application/json") + b'{"choices": [')
    for _ in range(30):
        connection.sendall(b" \n")
        time.sleep(0.05)


def _html(connection: socket.socket) -> None:
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>login</html>"
    )


def _no_json(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"data: {broken\n\n")


def _error_event(connection: socket.socket) -> None:
    connection.sendall(HEAD + WORD + b'data: {"error": {"message": "sk-secret", "code": 500}}\n\n')


def _garbage(connection: socket.socket) -> None:
    connection.sendall(b"\x00\xff\x00 hello")


def _close(connection: socket.socket) -> None:
    connection.close()


def _read_request(connection: socket.socket) -> None:
    """The whole request: a connection that is closed with some of it unread is reset, not ended."""
    head, body = connection.recv(65536), b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(65536)
    head, _, body = head.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
    while length and len(body) < int(length[1]):
        body += connection.recv(65536)


@contextmanager
def _server(behaviour: Callable[[socket.socket], None]) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        stopped = threading.Event()

        def serve() -> None:
            while not stopped.is_set():
                with suppress(TimeoutError), listening.accept()[0] as connection, suppress(OSError):
                    _read_request(connection)
                    behaviour(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        stopped.set()
        thread.join(timeout=2)


@pytest.mark.parametrize(
    ("behaviour", "reasons"),
    [
        (_trickle, {"deadline"}),
        (_keep_alive_only, {"deadline", "silence"}),
        (_json_that_never_ends, {"deadline", "silence"}),
        (_html, {"cut", "refused", "server error"}),
        (_no_json, {"cut", "refused"}),
        (_error_event, {"server error", "refused"}),
        (_garbage, {"cut", "unreachable"}),
        (_close, {"cut", "unreachable"}),
    ],
)
def test_a_broken_endpoint(
    behaviour: Callable[[socket.socket], None], reasons: set[str], index: Index
) -> None:
    with _server(behaviour) as base_url:
        given = Settings(llm="openai:m", llm_base_url=base_url, llm_deadline=0.5, llm_retries=0)
        chat = ChatModel(given)
        _ = chat._model
        started = time.monotonic()
        answer = Assistant(index, ModelWriter(chat, given)).ask(ZH)
    assert answer.model is not None
    assert answer.model.reason in reasons
    assert answer.answerer == "extractive"
    assert answer.sentences
    assert "sk-secret" not in str(answer)
    assert time.monotonic() - started < 0.5 + 2 + 2


def test_no_tls(index: Index, model: ScriptedModel) -> None:
    given = settings(model, llm_base_url=model.base_url.replace("http:", "https:"))
    answer = Assistant(index, ModelWriter.of(given)).ask(ZH)
    assert answer.model is not None
    assert answer.model.reason == "unreachable"
    assert answer.answerer == "extractive"


def test_nobody_listens(index: Index) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    given = Settings(llm="openai:m", llm_base_url=f"http://127.0.0.1:{port}/v1", llm_retries=1)
    answer = Assistant(index, ModelWriter.of(given)).ask(ZH)
    assert answer.model is not None
    assert answer.model.reason == "unreachable"
    assert [call.attempts for call in answer.model.calls] == [2]


def test_calls_beyond_the_limit_wait_and_give_up_in_time(index: Index, model: ScriptedModel) -> None:
    given = settings(model, llm_concurrency=1, llm_deadline=0.5)
    writer = ModelWriter(ChatModel(given), given)
    model.says(Reply("x", silence=3))
    reasons = []

    def ask() -> None:
        answer = Assistant(index, writer).ask(ZH)
        reasons.append(answer.model.reason if answer.model else "")

    threads = [threading.Thread(target=ask) for _ in range(2)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - started < 0.5 + 2
    assert set(reasons) <= {"busy", "deadline", "silence"}


def test_after_a_failure_the_next_answer_is_the_models_again(
    with_model: Assistant, model: ScriptedModel
) -> None:
    citing(model, Reply(status=500))
    assert with_model.ask(ZH).answerer == "extractive"
    citing(model, RIGHT[ZH])
    assert with_model.ask(ZH).answerer == "openai:scripted"
