"""Between a session and the history: what is kept, what is not, and what happens when the file fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from ui.history import Found, History, HistoryProblem, Rating, SavedExchange
from ui.state import Conversation, Exchange

PRIVATE = "private"
_PROBLEM = "history-problem"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps the conversations of one owner; without a history, and in private, it keeps nothing."""

    history: History | None
    owner: str

    @property
    def is_private(self) -> bool:
        """Whether the reader has asked that nothing be kept."""
        return bool(st.session_state.get(PRIVATE))

    @property
    def problem(self) -> str:
        """Why the last attempt to read or write failed, or ""."""
        return str(st.session_state.get(_PROBLEM, ""))

    def keep(self, talk: Conversation, exchange: Exchange) -> None:
        """Keep a new exchange."""
        if not self.is_private:
            saved = SavedExchange(exchange.key, exchange.question, exchange.audience, exchange.answer)
            talk.saved = self._tried(lambda h: h.add(self.owner, talk.saved, saved), talk.saved)

    def take_back(self, talk: Conversation) -> Exchange:
        """Remove the last exchange of a conversation, here and in the history."""
        exchange = talk.take_back()
        if talk.saved:
            self._tried(lambda h: h.drop(self.owner, exchange.key), None)
        return exchange

    def rate(self, talk: Conversation, exchange: Exchange, rating: Rating | None) -> None:
        """Note what the reader thinks of an answer."""
        talk.rate(exchange.id, rating)
        if talk.saved:
            self._tried(lambda h: h.rate(self.owner, exchange.key, rating), None)

    def open(self, talk: Conversation, conversation: str) -> None:
        """Go on with a conversation that was kept."""
        saved = self._tried(lambda h: h.load(self.owner, conversation), None)
        if saved is not None:
            talk.restore(saved)

    def listed(self, words: str = "", most: int = 200) -> Found:
        """The conversations of this owner that hold ``words``."""
        return self._tried(lambda h: h.listed(self.owner, words, most), Found((), 0))

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title."""
        self._tried(lambda h: h.rename(self.owner, conversation, title), None)

    def delete(self, talk: Conversation, conversation: str) -> None:
        """Delete a conversation for good; if it is the one that is open, a new one begins."""
        self._tried(lambda h: h.delete(self.owner, conversation), None)
        if talk.saved == conversation:
            talk.clear()

    def delete_all(self, talk: Conversation) -> None:
        """Delete all conversations of this owner for good."""
        self._tried(lambda h: h.delete_all(self.owner), None)
        talk.clear()

    def _tried(self, work: Callable[[History], T], otherwise: T) -> T:
        if self.history is None:
            return otherwise
        try:
            done = work(self.history)
        except HistoryProblem as problem:  # the answer is shown all the same
            logging.getLogger(__name__).error("history: %s", problem)
            st.session_state[_PROBLEM] = str(problem)
            return otherwise
        st.session_state.pop(_PROBLEM, None)
        return done
