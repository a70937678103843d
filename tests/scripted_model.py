"""An OpenAI-compatible server on loopback that says what a script tells it: real HTTP, real SSE.

Each request takes the next ``Reply`` of the script, the last one again when there is no more. What was asked
is kept in ``requests``.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """``text`` is streamed in pieces of ``size`` characters. ``cut``: the connection closes after that many
    pieces without an end; ``silence``: seconds before the first piece; ``tool``: name and arguments (raw
    JSON) of a tool call instead of the text. ``raw``: the body as it stands, in these pieces, instead of all
    this, with ``headers``."""

    text: str = ""
    status: int = 200
    size: int = 24
    cut: int | None = None
    silence: float = 0.0
    tool: tuple[str, str] | None = None
    finish: str = "stop"
    raw: tuple[bytes, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


Script = Sequence[Reply] | Callable[[dict[str, Any]], Reply]


@dataclass
class ScriptedModel:
    """The running server."""

    base_url: str = ""
    script: Script = ()
    requests: list[dict[str, Any]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def says(self, *script: Reply | str) -> None:
        """Set the script and forget what was asked."""
        self.script = [Reply(r) if isinstance(r, str) else r for r in script]
        self.requests = []

    def reply_to(self, body: dict[str, Any]) -> Reply:
        self.requests.append(body)
        if callable(self.script):
            return self.script(body)
        return self.script[min(len(self.requests), len(self.script)) - 1]

    @property
    def asked(self) -> str:
        """Everything that reached the server."""
        return json.dumps(self.requests, ensure_ascii=False)


@contextmanager
def scripted_model() -> Iterator[ScriptedModel]:
    model = ScriptedModel()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply = model.reply_to(body)
            with suppress(OSError):  # the client may have seen enough
                self._send(reply)
            self.close_connection = True

        def _send(self, reply: Reply) -> None:
            if model.closing.wait(reply.silence):
                return
            if reply.raw:
                self._head(reply.status, "text/event-stream", reply.headers)
                for piece in reply.raw:
                    self.wfile.write(piece)
                    self.wfile.flush()
                return
            if reply.status != 200:
                self._head(reply.status, "application/json", reply.headers)
                self.wfile.write(b'{"error": {"message": "sk-secret-in-error"}}')
                return
            self._head(200, "text/event-stream")
            for number, delta in enumerate(_deltas(reply)):
                if reply.cut is not None and number >= reply.cut:
                    return
                self._event(delta)
            self._event({}, reply.finish)
            self.wfile.write(b"data: [DONE]\n\n")

        def _head(self, status: int, kind: str, headers: Sequence[tuple[str, str]] = ()) -> None:
            self.send_response(status)
            for name, value in (("Content-Type", kind), *headers):
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()

        def _event(self, delta: dict[str, Any], finish: str | None = None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            event = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
            event |= {"choices": [choice]}
            self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
            self.wfile.flush()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    model.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        model.closing.set()
        server.shutdown()
        server.server_close()


def _deltas(reply: Reply) -> Iterator[dict[str, Any]]:
    if reply.tool:
        name, arguments = reply.tool
        function = {"name": name, "arguments": arguments}
        call = {"index": 0, "id": "call_1", "type": "function", "function": function}
        yield {"role": "assistant", "content": None, "tool_calls": [call]}
    for start in range(0, len(reply.text), reply.size):
        yield {"role": "assistant", "content": reply.text[start : start + reply.size]}
