"""What one browser session remembers. Answers are kept as objects, never pickled."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import uuid4

import streamlit as st

from assistant.safety.identifiers import mask_all
from assistant.types import Answer, Audience, Citation, Turn
from ui.history import Rating, Saved

_CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what came of it; ``answer`` is None when answering failed.

    ``id`` counts in this session, ``key`` names the exchange for good.
    """

    id: int
    question: str
    audience: Audience
    answer: Answer | None
    key: str
    rating: Rating | None = None


@dataclass(slots=True)
class Conversation:
    """The exchanges so far, a question that waits for its answer, and the citation that is open.

    ``saved`` is the id under which the history keeps the conversation, "" where it does not (yet).
    ``editing``: the last question is being changed. ``whole``: earlier exchanges are shown, too;
    ``unfolded``: those of them (ids) that are shown with all that goes with an answer.
    Numbers of exchanges are never used twice in a session: the buttons of a new conversation must
    not be taken for those of the old one.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    pending: str = ""
    opened: tuple[int, int] | None = None  # number of the exchange, marker
    next_id: int = 1
    saved: str = ""
    stopped: str = ""  # the question whose answer was not waited for
    editing: bool = False
    whole: bool = False
    unfolded: set[int] = field(default_factory=set)

    @property
    def history(self) -> tuple[Turn, ...]:
        """The answered turns, as the assistant takes them."""
        return tuple(e.answer.as_turn() for e in self.exchanges if e.answer is not None)

    def add(self, question: str, audience: Audience, answer: Answer | None) -> Exchange:
        """Record an exchange; no question waits any longer."""
        exchange = Exchange(self.next_id, question, audience, answer, uuid4().hex)
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
        self.pending, self.stopped, self.editing = masked.text, "", False

    def stop(self) -> None:
        """Wait for no answer any longer."""
        self.stopped, self.pending = self.pending, ""

    def edit(self, editing: bool) -> None:
        """Begin or stop to change the last question."""
        self.editing = editing

    def take_back(self) -> Exchange:
        """Remove the last exchange."""
        self.close()
        return self.exchanges.pop()

    def rate(self, exchange: int, rating: Rating | None) -> None:
        """Note what the reader thinks of an answer."""
        self.exchanges = [
            replace(e, rating=rating) if e.id == exchange else e for e in self.exchanges
        ]

    def show_whole(self) -> None:
        """Show the earlier exchanges as well."""
        self.whole = True

    def unfold(self, exchange: int) -> None:
        """Show all that goes with an earlier answer."""
        self.unfolded.add(exchange)

    def restore(self, saved: Saved) -> None:
        """Go on with a conversation that was kept."""
        self.clear()
        self.saved = saved.id
        for e in saved.exchanges:
            self.exchanges.append(
                Exchange(self.next_id, e.question, e.audience, e.answer, e.key, e.rating)
            )
            self.next_id += 1

    def clear(self) -> None:
        """Start over."""
        self.exchanges.clear()
        self.unfolded.clear()
        self.pending, self.stopped, self.opened, self.saved = "", "", None, ""
        self.editing = self.whole = False


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
