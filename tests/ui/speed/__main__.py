"""How long the app lets its readers wait, measured from outside on the running app, as a table.

    PYTHONPATH=. python -m tests.ui.speed [--readers 20] [--questions 10] [--thinking 2] [--index DIR]

Real waits (Chromium): until a page can be used, until the first words of an answer stand on it, until all
of it does, and until a click is followed in a conversation of a hundred turns. Without a browser (websocket,
protobuf): the same click as the server draws it, with the processor time that it takes, and a crowd of
readers that ask at once. Two minutes on an idle machine; on a busy one the times say nothing.

Exit code: 0 all aims met; 1 an aim missed or an error; 2 no index to ask.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from assistant.library import default_index_directory
from index import IndexProblem
from index.generations import current_generation
from tests.ui.served import served
from tests.ui.speed.browser import open_once, waits
from tests.ui.speed.crowd import QUESTIONS, Crowd, crowd, owner_of, secret_of
from tests.ui.speed.figures import Figure, seconds, table
from tests.ui.speed.process import Process, process_at
from tests.ui.speed.reader import Drawn, Reader
from ui.history import History, SavedExchange

_STARTS, _PAGES, _ASKED, _CLICKS, _TURNS, _IDLE = 3, 10, 20, 20, 100, 100
_ASIDE = 10_000  # numbers of readers that are none of the crowd


def main(argv: list[str] | None = None) -> int:
    """Measure; see the module for exit codes."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.speed", description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--questions", type=int, default=10, help="that each reader asks")
    parser.add_argument("--thinking", type=float, default=2.0, help="seconds between two of them")
    parser.add_argument("--index", default=str(default_index_directory()))
    args = parser.parse_args(argv)
    try:
        current_generation(Path(args.index))
    except IndexProblem as problem:
        print(f"tests.ui.speed: {problem}", file=sys.stderr)
        return 2
    figures = [seconds("page, server and browser just started", _cold(args.index))]
    with tempfile.TemporaryDirectory() as name, served("app", Path(name), args.index) as address:
        folder, process = Path(name) / "history.sqlite3", process_at(address)
        _ready(address)
        figures += _alone(address, folder, process)
        before = process.processor
        together = crowd(address, folder, args.readers, args.questions, args.thinking)
        spent = (process.processor - before) / max(1, len(together.begun))
        figures += _together(together, args.readers, spent)
        figures += _memory(address, process)
    print(table(figures))
    print(f"errors: {len(together.errors)}", *together.errors[:5], sep="\n")
    return 1 if together.errors or not all(figure.is_met for figure in figures) else 0


def _cold(index: str) -> list[float]:
    """Seconds from the start of a server until its first page can be used."""
    found: list[float] = []
    for _ in range(_STARTS):
        started = time.perf_counter()
        with tempfile.TemporaryDirectory() as name, served("app", Path(name), index) as address:
            open_once(address)
            found.append(time.perf_counter() - started)
    return found


def _ready(address: str) -> None:
    """One question asked and answered: everything is loaded that is loaded late."""
    reader = Reader(address, secret_of(_ASIDE))
    reader.open()
    reader.ask(QUESTIONS[0])
    reader.close()


def _alone(address: str, history: Path, process: Process) -> list[Figure]:
    """What one reader waits for while nobody else asks."""
    secret = secret_of(_ASIDE + 1)
    _long_conversation(address, History(history), secret)
    asked = [f"{QUESTIONS[number % len(QUESTIONS)]} ({number})" for number in range(_ASKED)]
    seen = waits(address, secret, asked, _PAGES, _CLICKS)
    reader = Reader(address, secret)
    reader.open()
    reader.press("recent-")
    drawn, processor = _repeated(reader.open, _CLICKS, process)
    reader.press("earlier")
    whole, for_whole = _repeated(reader.open, _CLICKS, process)
    reader.close()
    return [
        seconds("page, new browser", seen.new, 2000),
        seconds("page, same browser", seen.again, 2000),
        seconds("question on the page", seen.question),
        seconds("first words of the answer", seen.first, 300),
        seconds("whole answer, with its buttons", seen.whole),
        seconds(f"click in a conversation of {_TURNS} turns", seen.click),
        seconds(f"rerun with {_TURNS} turns, by the server", drawn, 150),
        seconds("  processor of the server", [processor]),
        seconds(f"rerun with all {_TURNS} turns shown, by the server", whole),
        seconds("  processor of the server", [for_whole]),
    ]


def _long_conversation(address: str, history: History, secret: str) -> None:
    """Keep a conversation of ``_TURNS`` turns with real answers for a reader."""
    reader, owner = Reader(address, secret), owner_of(secret)
    reader.open()
    for question in QUESTIONS[:10]:
        reader.ask(question)
    reader.close()
    (short,) = history.listed(owner).conversations
    saved, long = history.load(owner, short.id), ""
    for number in range(_TURNS):
        exchange = saved.exchanges[number % len(saved.exchanges)] if saved else None
        if exchange is not None:
            question = f"{exchange.question} ({number})"
            kept = SavedExchange(uuid4().hex, question, exchange.audience, exchange.answer)
            long = history.add(owner, long, kept)
    history.delete(owner, short.id)


def _repeated(act: Callable[[], Drawn], times: int, process: Process) -> tuple[list[float], float]:
    """Seconds that each of ``times`` repetitions took, and seconds of processor for one of them."""
    before = process.processor
    found = [act().complete for _ in range(times)]
    return found, (process.processor - before) / times


def _together(found: Crowd, readers: int, processor: float) -> list[Figure]:
    return [
        seconds(f"{readers} readers at once: page", found.opened),
        seconds(f"{readers} readers at once: first words", found.begun),
        seconds(f"{readers} readers at once: whole answer", found.complete),
        seconds("  processor of the server, a question", [processor]),
    ]


def _memory(address: str, process: Process) -> list[Figure]:
    """Memory of the server, and what each of ``_IDLE`` more open pages with one answer adds."""
    before = process.memory
    readers = [Reader(address, secret_of(_ASIDE + 2 + number)) for number in range(_IDLE)]
    for number, reader in enumerate(readers):
        reader.open()
        reader.ask(QUESTIONS[number % len(QUESTIONS)])
    after = process.memory
    for reader in readers:
        reader.close()
    return [
        Figure("memory of the server", (before,), "MiB"),
        Figure(f"memory with {_IDLE} more sessions", (after,), "MiB"),
        Figure("memory of a session with one answer", (1024 * (after - before) / _IDLE,), "KiB"),
    ]


if __name__ == "__main__":
    sys.exit(main())
