"""One message on its way to an answer, with the conversation that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from assistant.asking import asked_part
from assistant.conversation import ConversationState, Standalone, from_history, standalone
from assistant.question import Question, analyse, language_of
from assistant.types import MAX_QUESTION, Audience, Language, Turn


@dataclass(frozen=True, slots=True)
class Request:
    """A message without identifiers, and what the turns before it tell of it.

    ``question`` is the whole message, ``asked`` the part of it that asks; ``state`` is what the conversation
    is about, ``meant`` the question as the rules of the conversation word it alone.
    """

    question: str
    asked: str
    audience: Audience
    language: Language
    history: tuple[Turn, ...]
    state: ConversationState
    meant: Standalone

    @classmethod
    def of(
        cls, question: str, audience: Audience, language: Language | None, history: Sequence[Turn]
    ) -> Request:
        """``language`` None is that of the question. Raises ValueError for a reader or a language unknown."""
        _must_be("audience", audience, get_args(Audience))
        _must_be("language", language, (None, *get_args(Language)))
        asked = asked_part(question.strip()[:MAX_QUESTION])
        state = from_history(history)
        return cls(
            question,
            asked,
            audience,
            language or language_of(asked),
            tuple(history),
            state,
            standalone(asked, state),
        )

    @property
    def read(self) -> str:
        """What of the message is read."""
        return self.question.strip()[:MAX_QUESTION]

    @property
    def is_cut(self) -> bool:
        """Whether some of the message is not read."""
        return len(self.question.strip()) > MAX_QUESTION

    @property
    def earlier(self) -> tuple[str, ...]:
        """The messages before this one, the newest last."""
        return tuple(turn.question for turn in self.history)

    @property
    def told(self) -> str:
        """What was answered before."""
        return "\n".join(turn.answer for turn in self.history)

    def analysed(self, wording: Standalone) -> Question:
        """The question in some wording, taken apart."""
        return analyse(wording.text[:MAX_QUESTION], self.language)


def _must_be(name: str, value: object, known: Sequence[object]) -> None:
    if value not in known:
        raise ValueError(f"{name} {value!r} is not known; use {' or '.join(map(repr, known))}")
