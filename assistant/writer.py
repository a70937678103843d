"""Who may reword an extractive answer: the interface between the pipeline and a language model."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.conversation import ConversationState, Standalone
from assistant.extractive import Extract
from assistant.language_model.trace import ModelTrace
from assistant.page import Presented
from assistant.question import Question
from assistant.types import Audience, ToolCall
from index import Index


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be worded: a question, without identifiers, with the evidence that answers it.

    ``told`` are the messages of the user, the newest last; ``earlier`` is what was answered before.
    """

    index: Index
    question: Question
    found: Extract
    audience: Audience
    told: Sequence[str] = ()
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """``presented`` is None when the extractive answer stands; ``trace`` says why. ``calls`` are the tools
    that were called."""

    presented: Presented | None
    trace: ModelTrace
    calls: tuple[ToolCall, ...] = ()


class Writing(Protocol):
    """One answer being worded; its calls to the model share one deadline and one trace."""

    def standalone(
        self, asked: str, told: Sequence[str], state: ConversationState, by_rule: Standalone
    ) -> str:
        """``asked`` worded so that it can be understood alone; "" where the rule's wording stands."""

    def write(self, task: Task) -> Generator[str, None, Written]:
        """Yields pieces of Markdown as they are verified; together they are a beginning of the answer."""

    def unused(self) -> ModelTrace | None:
        """The trace when nothing was to be written; None when the model was not called at all."""


class Writer(Protocol):
    """Words answers, or leaves them as they are."""

    def begin(self) -> Writing:
        """Start on one answer."""
