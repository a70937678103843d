"""The one assistant that all browser sessions share."""

from __future__ import annotations

import gc
import logging
import threading
from pathlib import Path

from assistant import Assistant
from assistant.language_model.configured import configured_writer
from assistant.library import default_index_directory, open_default_index
from index import IndexMissing, Progress
from index.generations import current_generation

_ANY = ("R-ISS怎么分期？", "How is R-ISS staged?")  # questions that touch most of what is loaded lazily
_TELL = 0.2  # seconds after which one who waits for another's build is told again how far it is


def _silently(step: str, done: int, total: int) -> None:
    """Progress that nobody sees."""


class Shelf:
    """Keeps the assistant open, and opens it again when its index was built anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # sessions that come during a build wait for its end
        self._assistant: Assistant | None = None
        self._step: tuple[str, int, int] | None = None  # how far a build is

    def get(self, progress: Progress = _silently) -> Assistant:
        """The assistant on the index of ``assistant.library``, built or renewed first if need be.

        Raises:
            index.IndexProblem: see ``index.errors``.
        """

        def told(step: str, done: int, total: int) -> None:
            self._step = (step, done, total)
            progress(step, done, total)

        while not self._lock.acquire(timeout=_TELL):
            if step := self._step:
                progress(*step)
        try:
            current = _current(default_index_directory())
            if self._assistant is None or self._assistant.index.folder != current:
                self._assistant = Assistant(open_default_index(progress=told), configured_writer())
                without = Assistant(self._assistant.index)  # no language model is asked
                threading.Thread(target=_warm, args=(without,), daemon=True).start()
            return self._assistant
        finally:
            self._step = None
            self._lock.release()

    def open_stored(self) -> None:
        """Open an index that is there, so that the first reader need not wait for it.

        One that has to be built first waits for a page that shows its progress; what is wrong with one
        is told there, too.
        """
        try:
            if _current(default_index_directory()) is not None:
                self.get()
        except Exception:  # the page that needs it says what is wrong
            logging.getLogger(__name__).info("the index could not be opened ahead", exc_info=True)


def _warm(assistant: Assistant) -> None:
    """Load what is loaded when it is first needed, so that nobody who asks waits for it.

    What an open index holds stays; going through it whenever garbage is collected takes longer than drawing
    the page (measured: 0.1 s of processor).
    """
    for question in _ANY:
        assistant.ask(question)
        assistant.ask(question, audience="patient")
    gc.collect()
    gc.freeze()


def _current(directory: Path) -> Path | None:
    try:
        return current_generation(directory)
    except IndexMissing:
        return None
