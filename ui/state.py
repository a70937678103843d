"""What one browser session remembers. Answers are kept as objects, never pickled."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from assistant.safety.identifiers import mask_all
from assistant.types import Answer, Audience, Citation, Turn

_CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what came of it; ``answer`` is None when answering failed."""

    id: int
    question: str
    audience: Audience
    answer: Answer | None


@dataclass(slots=True)
class Conversation:
    """The exchanges so far, a question that waits for its answer, and the citation that is open.

    Numbers of exchanges are never used twice in a session: the buttons of a new conversation must
    not be taken for those of the old one.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    pending: str = ""
    opened: tuple[int, int] | None = None  # number of the exchange, marker
    next_id: int = 1

    @property
    def history(self) -> tuple[Turn, ...]:
        """The answered turns, as the assistant takes them."""
        return tuple(e.answer.as_turn() for e in self.exchanges if e.answer is not None)

    def add(self, question: str, audience: Audience, answer: Answer | None) -> Exchange:
        """Record an exchange; no question waits any longer."""
        exchange = Exchange(self.next_id, question, audience, answer)
        self.pending = ""
        self.exchanges.append(exchange)
        self.next_id += 1
        return exchange

    def opened_citation(self) -> tuple[Exchange, int] | None:
        """The exchange whose citation is open and the citation's position, or None."""
        for exchange in self.exchanges:
            for position, citation in enumerate(citations_of(exchange)):
                if (exchange.id, citation.marker) == self.opened:
                    return exchange, position
        return None

    def open(self, exchange: int, marker: int) -> None:
        """Show a citation beside the answer."""
        self.opened = (exchange, marker)

    def close(self) -> None:
        """Show no citation."""
        self.opened = None

    def put(self, question: str) -> None:
        """Let a question wait for its answer, without the identifiers in it: none is kept or shown."""
        *_, masked = mask_all([*(e.question for e in self.exchanges), question])
        self.pending = masked.text

    def retry(self) -> None:
        """Take the last question back and let it be asked again."""
        self.put(self.exchanges.pop().question)

    def clear(self) -> None:
        """Start over."""
        self.exchanges.clear()
        self.pending, self.opened = "", None


def citations_of(exchange: Exchange) -> tuple[Citation, ...]:
    """The citations of an exchange's answer, if it has one."""
    return exchange.answer.citations if exchange.answer else ()


def keep(key: str, first: object) -> None:
    """Hold on to the value of an input, ``first`` to begin with; to be called in every run, before it.

    Streamlit forgets an input that a run does not draw, and all of them when a button turns the page,
    unless the run itself sets them.
    """
    st.session_state[key] = st.session_state.get(key, first)


def conversation() -> Conversation:
    """The conversation of this browser session."""
    if _CONVERSATION not in st.session_state:
        st.session_state[_CONVERSATION] = Conversation()
    found: Conversation = st.session_state[_CONVERSATION]
    return found
