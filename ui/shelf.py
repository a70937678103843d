"""The one assistant that all browser sessions share."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

from assistant import Assistant
from assistant.language_model.configured import configured_writer
from assistant.library import default_index_directory, open_default_index
from index import IndexMissing, Progress
from index.generations import current_generation

_ANY = ("R-ISS怎么分期？", "How is R-ISS staged?")  # questions that touch most of what is loaded lazily


class Shelf:
    """Keeps the assistant open, and opens it again when its index was built anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # sessions that come during a build wait for its end
        self._assistant: Assistant | None = None

    def get(self, progress: Progress) -> Assistant:
        """The assistant on the index of ``assistant.library``, built or renewed first if need be.

        Raises:
            index.IndexProblem: see ``index.errors``.
        """
        with self._lock:
            current = _current(default_index_directory())
            if self._assistant is None or self._assistant.index.folder != current:
                self._assistant = Assistant(open_default_index(progress=progress), configured_writer())
                without = Assistant(self._assistant.index)  # no language model is asked
                threading.Thread(target=_warm, args=(without,), daemon=True).start()
            return self._assistant


def _warm(assistant: Assistant) -> None:
    """Load what is loaded when it is first needed, so that nobody who asks waits for it.

    Streamlit collects garbage after every run of a page. What an open index holds stays anyway, and going
    through it each time took longer than drawing the page (measured: 0.1 s of processor a click).
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
