"""A chat endpoint, stood in for by a small server."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from evals.gold.questions import GoldQuestion
from evals.systems.chat_endpoint import EndpointUnderTest
from index import Index


class _Chat(BaseHTTPRequestHandler):
    """An endpoint that fails once and then cites the first passage that it was handed."""

    failed = False

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not _Chat.failed:
            _Chat.failed = True
            self.send_error(503)
            return
        handed = "[1]" in body["messages"][0]["content"]
        content = "唑来膦酸每月一次。[1]" if handed else "资料中没有。"
        reply = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *args: object) -> None:
        pass


def test_a_chat_endpoint(
    memo: Index, gold: Callable[..., GoldQuestion], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evals.systems.chat_endpoint.time.sleep", lambda seconds: None)
    server = HTTPServer(("127.0.0.1", 0), _Chat)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/v1"
        question = gold(turns=["唑来膦酸多久用一次？"])
        answer = EndpointUnderTest(url, "m", memo, {}).answer(question)
        bare = EndpointUnderTest(url, "m", None, {}).answer(question)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert (answer.status, [c.marker for c in answer.citations]) == ("answered", [1])
    assert answer.citations[0].source_id == "memo"
    assert (bare.status, bare.retrieved) == ("not_in_source", ())
