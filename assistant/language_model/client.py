"""The chat model: streamed replies with a deadline, retries and a limit on calls at a time."""

from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property
from typing import Any

from assistant.language_model.exchange import Deadline, Failure, Message, ModelFailed, Reply, ToolRequest
from assistant.language_model.provider import chat_model, check_installed
from assistant.language_model.settings import Settings
from assistant.language_model.tracing import traced

_FINISHED = ("finish_reason", "stop_reason", "done_reason", "stopReason")
_CUT_OFF = ("length", "max_tokens", "max_output_tokens")
_LONGEST = 24_000  # characters of a reply that are read; no answer is as long
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 8.0  # seconds before a retry
_TRANSIENT = frozenset({408, 409, 425, 429})
_END = object()


class ChatModel:
    """A chat model as the settings describe it.

    Raises:
        SettingsProblem: its provider is not installed; the message has the pip line.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.name = settings.llm
        self._slots = threading.BoundedSemaphore(settings.llm_concurrency)
        check_installed(settings)

    def stream(
        self, messages: Sequence[Message], deadline: Deadline, reply: Reply, tools: bool = False
    ) -> Iterator[str]:
        """The text of a reply as it comes; ``reply`` is filled in on the way.

        Raises:
            ModelFailed: there is no complete reply within the deadline.
        """
        while True:
            reply.attempts += 1
            try:
                yield from self._once(messages, deadline, reply, tools)
                return
            except ModelFailed as failed:
                transient = failed.failure in ("rate limit", "server error", "unreachable")
                if reply.started or not transient or reply.attempts > self.settings.llm_retries:
                    raise
                wait = min(_FIRST_WAIT * 2 ** (reply.attempts - 1), _LONGEST_WAIT) * random.uniform(0.8, 1.2)
                if wait >= deadline.left():
                    raise
                time.sleep(wait)

    def _once(
        self, messages: Sequence[Message], deadline: Deadline, reply: Reply, tools: bool
    ) -> Generator[str, None, None]:
        if not self._slots.acquire(timeout=deadline.left()):
            raise ModelFailed("busy", f"{self.settings.llm_concurrency} calls at a time")
        box: queue.SimpleQueue[Any] = queue.SimpleQueue()
        stop = threading.Event()
        # A thread of its own: no provider's timeout can be relied on when an endpoint falls silent.
        threading.Thread(
            target=self._read, args=([_wire(m) for m in messages], tools, box, stop), daemon=True
        ).start()
        total: Any = None
        length = 0
        try:
            while True:
                try:
                    chunk = box.get(timeout=min(self.settings.llm_timeout, deadline.left()))
                except queue.Empty:
                    raise ModelFailed("silence" if deadline.left() else "deadline") from None
                if chunk is _END:
                    break
                if isinstance(chunk, Exception):
                    raise _failure(chunk) from chunk
                if not deadline.left():
                    raise ModelFailed("deadline")
                total = chunk if total is None else total + chunk
                if text := str(chunk.text):
                    reply.started = True
                    length += len(text)
                    if length > _LONGEST:
                        raise ModelFailed("too long", f"more than {_LONGEST:,} characters")
                    yield text
        finally:
            stop.set()
        _complete(reply, total)

    def _read(
        self, messages: list[Any], tools: bool, box: queue.SimpleQueue[Any], stop: threading.Event
    ) -> None:
        """Reads one reply into ``box``; runs in a thread of its own."""
        try:
            model = self._with_tools if tools else self._model
            if stop.is_set():
                return  # on a busy machine the deadline may pass before the first byte is sent
            with traced(self.settings.llm_tracing, self.name):
                for chunk in model.stream(messages):
                    if stop.is_set():
                        return
                    box.put(chunk)
            box.put(_END)
        except Exception as error:  # whatever a provider raises is told to the reader of the box
            box.put(error)
        finally:
            self._slots.release()

    @cached_property
    def _model(self) -> Any:
        return chat_model(self.settings)

    @cached_property
    def _with_tools(self) -> Any:
        from assistant.langchain_door import clinical_tools

        return self._model.bind_tools(clinical_tools())


def _wire(message: Message) -> Any:
    if message.role == "tool":
        return {"role": "tool", "content": message.text, "tool_call_id": message.tool_id}
    if message.requests:
        calls = [
            {"id": r.id, "name": r.name, "args": r.arguments or {}, "type": "tool_call"}
            for r in message.requests
        ]
        return {"role": "assistant", "content": message.text, "tool_calls": calls}
    return {"role": message.role, "content": message.text}


def _complete(reply: Reply, total: Any) -> None:
    """Takes over what the whole reply says of itself.

    Raises:
        ModelFailed: the stream ended before the model did.
    """
    about = total.response_metadata if total is not None else {}
    finish = next((str(about[name]).lower() for name in _FINISHED if about.get(name)), "")
    if not finish or "filter" in finish or "safety" in finish:
        raise ModelFailed("cut", finish)
    # An endpoint that says it twice has it put together: "lengthlength".
    reply.cut_off = finish.startswith(_CUT_OFF)
    usage = total.usage_metadata or {}
    reply.tokens_in, reply.tokens_out = usage.get("input_tokens", 0), usage.get("output_tokens", 0)
    reply.requests = tuple(
        ToolRequest(str(call.get("id") or ""), str(call.get("name") or ""), arguments)
        for calls, valid in ((total.tool_calls, True), (total.invalid_tool_calls, False))
        for call in calls
        for arguments in [call["args"] if valid else None]
    )


def _failure(error: Exception) -> ModelFailed:
    """A provider's exception by what it means; its text stays behind, for it may hold a key."""
    name = type(error).__name__
    if isinstance(error, ImportError):
        return ModelFailed("not installed", str(error).splitlines()[0])
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int):
        kind: Failure = (
            "rate limit" if status == 429
            else "server error" if status >= 500 or status in _TRANSIENT
            else "refused"
        )  # fmt: skip
        return ModelFailed(kind, f"HTTP {status}")
    told = " ".join(c.__name__ for c in type(error).__mro__).lower()
    if "timeout" in told:
        return ModelFailed("silence", name)
    if "protocol" in told or "decode" in told:
        return ModelFailed("cut", name)
    if "connect" in told or isinstance(error, OSError):
        return ModelFailed("unreachable", name)
    return ModelFailed("server error" if "apierror" in told else "refused", name)
