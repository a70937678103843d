"""Opening the database: private to its user, with every migration applied once, in order."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

_WAIT = 10  # seconds that one session waits for another's write


class HistoryProblem(Exception):
    """The conversations cannot be read or kept; the message names the file and the next step."""


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """(version, SQL) of every migration, in order; versions count from 1 without a gap."""
    found = sorted(
        (int(entry.name.split("-")[0]), entry.read_text("utf-8"))
        for entry in (files("ui.history") / "migrations").iterdir()
        if entry.name.endswith(".sql")
    )
    return tuple(found)


def prepare(path: Path) -> None:
    """Make the file, for this user only, and bring it to the newest version.

    Raises:
        HistoryProblem: it is no such database, is of a newer version, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        os.chmod(path, 0o600)
    except OSError as error:
        raise HistoryProblem(f"{path}: cannot be written ({error.strerror}); check the folder") from error
    with connection(path) as db:
        db.execute("PRAGMA journal_mode = WAL")
        # One session at a time: two that start together must not both apply a migration.
        db.execute("BEGIN IMMEDIATE")
        version: int = db.execute("PRAGMA user_version").fetchone()[0]
        newest = migrations()[-1][0]
        if version > newest:
            db.execute("ROLLBACK")
            raise HistoryProblem(
                f"{path}: written by a newer version (schema {version}, this one knows {newest});"
                " update the program or move the file away"
            )
        for number, statements in migrations():
            if number > version:
                for statement in filter(str.strip, _without_comments(statements).split(";")):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")


@contextmanager
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection for one piece of work; statements take effect at once unless a transaction is begun.

    Raises:
        HistoryProblem: whatever SQLite says, in one line.
    """
    try:
        db = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    except sqlite3.Error as error:
        raise HistoryProblem(f"{path}: cannot be opened ({error})") from error
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA synchronous = NORMAL")
        yield db
    except sqlite3.Error as error:
        raise HistoryProblem(f"{path}: {error}; check the file and the space on the disk") from error
    finally:
        db.close()


def erase(db: sqlite3.Connection) -> None:
    """After a deletion: nothing of it is left in the file, in its free pages or in the log beside it."""
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _without_comments(statements: str) -> str:
    return "\n".join(line.split("--")[0] for line in statements.splitlines())
