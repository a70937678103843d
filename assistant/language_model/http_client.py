"""The HTTP client of OpenAI-compatible endpoints. The one place that imports httpx.

Some endpoints (older proxies, gateways with streaming switched off) answer a request for a stream with one
completion in plain JSON: it is put in the form of a stream, so that whatever reads streams reads it too.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import chain
from typing import Any

import httpx

_BLANK = b"\xef\xbb\xbf \t\r\n"  # a byte order mark, and blank lines that keep a connection alive
_LONGEST = 1_000_000  # bytes of a completion; no answer is as long


class EndpointClient(httpx.Client):
    """Follows no redirect: a question goes to the endpoint that was named. ``seconds``: the longest that a
    completion in one piece may take."""

    def __init__(self, seconds: float) -> None:
        super().__init__(follow_redirects=False)
        self._seconds = seconds

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """The response to ``request``; a successful one always as a stream of events."""
        response = super().send(request, **options)
        if response.status_code != 200 or response.is_stream_consumed:
            return response
        # What the network gives comes decoded, so the new response has no encoding and no length.
        kept = [(k, v) for k, v in response.headers.items() if k not in _OF_THE_BODY]
        body = _Body(response, time.monotonic() + self._seconds)
        return httpx.Response(200, headers=kept, stream=body, request=request)


_OF_THE_BODY = ("content-encoding", "content-length", "transfer-encoding")


class _Body(httpx.SyncByteStream):
    """The body of a response as a stream of events, whichever of the two forms it has."""

    def __init__(self, response: httpx.Response, end: float) -> None:
        self._response, self._end = response, end

    def __iter__(self) -> Iterator[bytes]:
        pieces = self._response.iter_bytes()
        begun = b""
        for piece in pieces:
            begun += piece
            # A body of blanks alone is one of the two that is kept waiting.
            if begun.lstrip(_BLANK) or len(begun) > _LONGEST or time.monotonic() > self._end:
                break
        if not begun.lstrip(_BLANK).startswith(b"{"):
            yield begun
            yield from pieces
            return
        whole = self._whole(chain([begun], pieces))
        yield events(whole) or whole

    def _whole(self, pieces: Iterator[bytes]) -> bytes:
        body = bytearray()
        for piece in pieces:
            body += piece
            if len(body) > _LONGEST or time.monotonic() > self._end:
                break  # half a completion is none
        return bytes(body)

    def close(self) -> None:
        self._response.close()


def events(body: bytes) -> bytes:
    """A completion, or an error, in plain JSON as the events of a stream; b"" for any other body.

    >>> events(b'{"error": {"message": "overloaded"}}')
    b'data: {"error": {"message": "overloaded"}}\\n\\n'
    """
    try:
        told = json.loads(body.strip(_BLANK))
    except (ValueError, RecursionError):
        return b""
    if not isinstance(told, dict):
        return b""
    if told.get("error"):
        return _event({"error": told["error"]})
    choices = told.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict) or not isinstance(choice.get("message"), dict):
        return b""
    delta = dict(choice["message"])
    calls = delta.get("tool_calls")
    if isinstance(calls, list):
        # In a stream the pieces of a call are told apart by its index.
        delta["tool_calls"] = [{"index": i, **call} for i, call in enumerate(calls) if isinstance(call, dict)]
    about = {"id": "", "created": 0, "model": "", **told, "object": "chat.completion.chunk"}
    # What is whole has come to its end, also where the endpoint does not say which.
    end = choice.get("finish_reason") or "stop"
    said = {**about, "usage": None, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    last = {**about, "choices": [{"index": 0, "delta": {}, "finish_reason": end}]}
    return _event(said) + _event(last) + b"data: [DONE]\n\n"


def _event(event: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(event)}\n\n".encode()
