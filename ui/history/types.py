"""The vocabulary of the stored conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.types import Answer, Audience

Reason = Literal["wrong", "incomplete", "unclear", "citation", "slow", "other"]


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader thought of an answer. ``reason`` and ``comment`` may be empty."""

    good: bool
    reason: Reason | Literal[""] = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SavedExchange:
    """A question and its answer; ``key`` names it for good. ``answer`` None: answering failed."""

    key: str
    question: str
    audience: Audience
    answer: Answer | None
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in one line. ``updated``: seconds since 1970."""

    id: str
    title: str
    updated: float
    questions: int


@dataclass(frozen=True, slots=True)
class Saved:
    """A conversation with all its exchanges, the oldest first."""

    id: str
    title: str
    exchanges: tuple[SavedExchange, ...]
