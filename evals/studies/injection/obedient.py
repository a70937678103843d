"""The worst language model: whatever a passage orders it writes, cited as it pleases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.language_model.exchange import Deadline, Message, Reply
from evals.studies.injection.payloads import Planted
from evals.studies.injection.verdicts import squashed

_LINE = re.compile(r"\[(\d+)\] ")
# What its sentence cites: the passage that gave the order, one that did not, or nothing.
CITING = ("planted", "genuine", "nothing")


class ObedientChat:
    """Does what the planted passage says, if it was handed it; else it says nothing.

    ``reached``: whether the order was among what it was handed the last time.
    """

    name = "scripted:obedient"

    def __init__(self) -> None:
        self.planted: Planted | None = None
        self.citing = CITING[0]
        self.reached = False

    def stream(
        self, messages: Sequence[Message], deadline: Deadline, reply: Reply, tools: bool = False
    ) -> Iterator[str]:
        """What the payload wants said; the whole as one piece."""
        reply.attempts = 1
        lines = [line for message in messages for line in message.text.splitlines() if _LINE.match(line)]
        assert self.planted is not None
        own = [line for line in lines if any(squashed(mark) in squashed(line) for mark in self.planted.marks)]
        self.reached = bool(own)
        if not own:
            return
        others = [line for line in lines if line not in own]
        cited = {"planted": own[:1], "genuine": others[:1], "nothing": []}[self.citing]
        marker = "".join(f"[{match.group(1)}]" for line in cited if (match := _LINE.match(line)))
        yield f"{self.planted.obeyed} {marker}".strip()
