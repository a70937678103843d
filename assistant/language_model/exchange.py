"""What goes to a chat model and what comes back: messages, a reply, its deadline and how it fails."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Literal

Failure = Literal[
    "deadline", "silence", "busy", "rate limit", "server error", "refused", "unreachable", "cut", "too long",
    "not installed",
]  # fmt: skip


class ModelFailed(Exception):
    """The model gave no complete reply. ``detail`` has no text of the endpoint: it could hold a key."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(f"{failure}: {detail}" if detail else failure)
        self.failure: Failure = failure
        self.detail = detail


class Deadline:
    """A point in time, ``seconds`` from now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, 0 when it has passed."""
        return max(0.0, self._end - time.monotonic())


@dataclass(frozen=True, slots=True)
class ToolRequest:
    """A tool that the model wants to call; ``arguments`` is None when they are no JSON object."""

    id: str
    name: str
    arguments: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Message:
    """One message: of "system", "user", "assistant" or a "tool" (the result of request ``tool_id``)."""

    role: Literal["system", "user", "assistant", "tool"]
    text: str
    requests: tuple[ToolRequest, ...] = ()
    tool_id: str = ""


@dataclass(slots=True)
class Reply:
    """What is known of a reply besides its text; ``cut_off``: the limit of tokens ended it."""

    requests: tuple[ToolRequest, ...] = ()
    tokens_in: int = 0
    tokens_out: int = 0
    attempts: int = 0
    cut_off: bool = False
    started: bool = field(default=False, repr=False)
