"""Calls to the model for one answer: one deadline, one list of what they cost."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.language_model.exchange import Deadline, Message, ModelFailed, Reply
from assistant.language_model.tokens import count
from assistant.language_model.trace import Call, Purpose


class Chat(Protocol):
    """Something that answers messages; ``assistant.language_model.client.ChatModel`` is one."""

    @property
    def name(self) -> str:
        """ "provider:model"."""

    def stream(
        self, messages: Sequence[Message], deadline: Deadline, reply: Reply, tools: bool = False
    ) -> Iterator[str]:
        """The text of a reply as it comes."""


@dataclass(slots=True)
class Calls:
    """Calls made so far for one answer."""

    chat: Chat
    deadline: Deadline
    made: list[Call] = field(default_factory=list)

    def stream(
        self,
        purpose: Purpose,
        prompt: str,
        messages: Sequence[Message],
        reply: Reply,
        tools: bool = False,
        within: Deadline | None = None,
    ) -> Iterator[str]:
        """A reply as it streams; the call is recorded however it ends.

        Raises:
            ModelFailed: there is no complete reply.
        """
        started = time.perf_counter()
        said: list[str] = []
        outcome = "stopped"
        try:
            for text in self.chat.stream(messages, within or self.deadline, reply, tools):
                said.append(text)
                yield text
            outcome = "done"
        except ModelFailed as failed:
            outcome = str(failed)
            raise
        finally:
            counted = bool(reply.tokens_in)
            asked = reply.tokens_in or sum(count(m.text) for m in messages)
            answered = reply.tokens_out if counted else count("".join(said))
            ms = round((time.perf_counter() - started) * 1000, 1)
            self.made.append(Call(purpose, prompt, asked, answered, counted, ms, reply.attempts, outcome))
