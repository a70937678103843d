"""Many readers at once: do they get answers, how soon, and does each see his own conversation only."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.ui.speed.reader import Drawn, Reader
from ui.history import History
from ui.strings import texts_in

QUESTIONS = tuple(
    question
    for language in ("zh", "en")
    for audience in ("clinician", "patient")
    for question in texts_in(language).lists[f"examples_{audience}"]
)
_TAG = re.compile(r"#s(\d+)q\d+")  # makes each question one of its own, and tells whose it is


@dataclass(slots=True)
class Crowd:
    """What happened to all readers: seconds, and what went wrong in a line each."""

    opened: list[float] = field(default_factory=list)
    begun: list[float] = field(default_factory=list)
    complete: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def secret_of(reader: int) -> str:
    """The secret in the cookie of a reader's browser: 43 characters."""
    return f"reader-{reader:036d}"


def owner_of(secret: str) -> str:
    """Whose conversations those of a browser are, as the history knows them."""
    return hashlib.sha256(f"browser {secret}".encode()).hexdigest()


def crowd(address: str, history: Path, readers: int, questions: int, thinking: float) -> Crowd:
    """``readers`` sessions that ask ``questions`` each and read for ``thinking`` seconds in between."""
    result = Crowd()

    def use(number: int) -> None:
        try:
            reader = Reader(address, secret_of(number))
            result.opened.append(_fine(reader.open(), number).complete)
            time.sleep(thinking * number / readers)  # readers do not press Enter in step
            for turn in range(questions):
                drawn = _fine(reader.ask(_question(number, turn)), number)
                result.begun.append(drawn.begun)
                result.complete.append(drawn.complete)
                time.sleep(thinking)
            reader.close()
        except Exception as problem:
            result.errors.append(f"reader {number}: {type(problem).__name__}: {problem}")

    threads = [threading.Thread(target=use, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = History(history)
    for number in range(readers):
        owner = owner_of(secret_of(number))
        found = [kept.load(owner, summary.id) for summary in kept.listed(owner).conversations]
        asked = [[exchange.question for exchange in saved.exchanges] for saved in found if saved]
        if asked != [[_question(number, turn) for turn in range(questions)]]:
            result.errors.append(f"reader {number}: kept were {asked}")
    return result


def _question(reader: int, turn: int) -> str:
    return f"{QUESTIONS[(reader + turn) % len(QUESTIONS)]} #s{reader}q{turn}"


def _fine(drawn: Drawn, reader: int) -> Drawn:
    """What a reader saw, if it was no error and nothing of another's."""
    if drawn.exceptions:
        raise AssertionError(drawn.exceptions[0])
    if others := {tag for tag in _TAG.findall(drawn.text) if int(tag) != reader}:
        raise AssertionError(f"saw the questions of {sorted(others)}")
    return drawn
