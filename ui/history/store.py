"""The conversations of all owners. Every question that is asked of the file names the owner."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast
from uuid import uuid4

from assistant.safety.identifiers import mask
from assistant.types import Answer, Audience
from ingest.folding import folded_text
from ui.history.records import from_json, to_json
from ui.history.schema import connection, erase, prepare
from ui.history.types import Rating, Reason, Saved, SavedExchange, Summary

_TITLE = 60  # characters
_MOST = 200  # conversations that are listed at once


@dataclass(frozen=True, slots=True)
class Found:
    """A page of conversations, the latest first, and how many there are in all."""

    conversations: tuple[Summary, ...]
    total: int


class History:
    """Keeps conversations in one file; safe to use from several threads.

    All methods raise ``HistoryProblem`` when the file cannot be read or written.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self.path, self._clock = path, clock
        prepare(path)

    def add(self, owner: str, conversation: str, exchange: SavedExchange) -> str:
        """Keep an exchange at the end of a conversation, "" for a new one; returns the conversation's id."""
        question = mask(exchange.question).text
        answer = _masked(exchange.answer) if exchange.answer else None
        words = searchable(f"{question}\n{answer.text if answer else ''}")
        now = self._clock()
        with connection(self.path) as db:
            db.execute("BEGIN IMMEDIATE")
            known = db.execute(
                "UPDATE conversation SET updated = ? WHERE id = ? AND owner = ?", (now, conversation, owner)
            ).rowcount
            if not known:  # a new one, or one that was deleted in another window
                conversation = uuid4().hex
                db.execute(
                    "INSERT INTO conversation VALUES (?, ?, ?, ?, ?)",
                    (conversation, owner, _title(question), now, now),
                )
            db.execute(
                "INSERT INTO exchange (key, conversation, question, audience, answer, words)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (exchange.key, conversation, question, exchange.audience,
                 to_json(answer) if answer else None, words),
            )
            db.execute("COMMIT")
        return conversation

    def rate(self, owner: str, key: str, rating: Rating | None) -> None:
        """Keep what a reader thinks of an answer; None takes it back."""
        with connection(self.path) as db:
            mine = "(SELECT e.key FROM exchange e JOIN conversation c ON c.id = e.conversation" \
                " WHERE e.key = ? AND c.owner = ?)"
            db.execute(f"DELETE FROM rating WHERE exchange IN {mine}", (key, owner))
            if rating is not None:
                db.execute(
                    f"INSERT INTO rating SELECT key, ?, ?, ?, ? FROM {mine}",
                    (rating.good, rating.reason, mask(rating.comment).text, self._clock(), key, owner),
                )

    def listed(self, owner: str, words: str = "", most: int = _MOST) -> Found:
        """Conversations that hold all ``words`` in their title or in one exchange; all of them for ""."""
        pattern = [f"%{_escaped(word)}%" for word in searchable(words).split()]
        in_title = " AND ".join(["lower(c.title) LIKE ? ESCAPE '\\'"] * len(pattern)) or "1"
        in_words = " AND ".join(["e.words LIKE ? ESCAPE '\\'"] * len(pattern)) or "1"
        where = (
            f"c.owner = ? AND (({in_title}) OR EXISTS"
            f" (SELECT 1 FROM exchange e WHERE e.conversation = c.id AND {in_words}))"
        )
        given = (owner, *pattern, *pattern)
        with connection(self.path) as db:
            total: int = db.execute(f"SELECT count(*) FROM conversation c WHERE {where}", given).fetchone()[0]
            rows = db.execute(
                "SELECT c.id, c.title, c.updated,"
                " (SELECT count(*) FROM exchange x WHERE x.conversation = c.id)"
                f" FROM conversation c WHERE {where} ORDER BY c.updated DESC LIMIT ?", (*given, most),
            ).fetchall()
        return Found(tuple(Summary(*row) for row in rows), total)

    def load(self, owner: str, conversation: str) -> Saved | None:
        """A conversation, or None where this owner has none of this id."""
        with connection(self.path) as db:
            found = db.execute(
                "SELECT title FROM conversation WHERE id = ? AND owner = ?", (conversation, owner)
            ).fetchone()
            rows = db.execute(
                "SELECT e.key, e.question, e.audience, e.answer, r.good, r.reason, r.comment FROM exchange e"
                " LEFT JOIN rating r ON r.exchange = e.key WHERE e.conversation = ? ORDER BY e.number",
                (conversation,),
            ).fetchall()
        return Saved(conversation, found[0], tuple(map(_exchange, rows))) if found else None

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Give a conversation another title; an empty one changes nothing."""
        if title.strip():
            self._write(
                "UPDATE conversation SET title = ? WHERE id = ? AND owner = ?",
                (_title(mask(title).text), conversation, owner),
            )

    def drop(self, owner: str, key: str) -> None:
        """Delete one exchange, and its conversation when nothing else is in it."""
        with connection(self.path) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute(
                "DELETE FROM exchange WHERE key = ? AND conversation IN"
                " (SELECT id FROM conversation WHERE owner = ?)", (key, owner),
            )
            db.execute(
                "DELETE FROM conversation WHERE owner = ? AND NOT EXISTS"
                " (SELECT 1 FROM exchange WHERE conversation = conversation.id)", (owner,),
            )
            db.execute("COMMIT")
            erase(db)

    def delete(self, owner: str, conversation: str) -> None:
        """Delete a conversation for good: its characters are gone from the file."""
        self._write(
            "DELETE FROM conversation WHERE id = ? AND owner = ?", (conversation, owner), erasing=True
        )

    def delete_all(self, owner: str) -> None:
        """Delete every conversation of an owner for good."""
        self._write("DELETE FROM conversation WHERE owner = ?", (owner,), erasing=True)

    def _write(self, statement: str, values: tuple[str, ...], erasing: bool = False) -> None:
        with connection(self.path) as db:
            db.execute(statement, values)
            if erasing:
                erase(db)


def _masked(answer: Answer) -> Answer:
    """An answer whose own copies of the question have no identifiers either, whoever made it."""
    return replace(answer, question=mask(answer.question).text, standalone=mask(answer.standalone).text)


def searchable(text: str) -> str:
    """A text as it is searched: simplified Chinese, lower case."""
    return folded_text(text).lower()


def _title(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= _TITLE else line[: _TITLE - 1] + "…"


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _exchange(row: sqlite3.Row) -> SavedExchange:
    key, question, audience, answer, good, reason, comment = row
    rating = None if good is None else Rating(bool(good), cast(Reason, reason), comment)
    read = from_json(answer) if answer else None
    return SavedExchange(key, question, cast(Audience, audience), read, rating)
