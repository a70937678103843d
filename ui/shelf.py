"""The one assistant that all browser sessions share."""

from __future__ import annotations

import threading
from pathlib import Path

from assistant import Assistant
from assistant.language_model.configured import configured_writer
from assistant.library import default_index_directory, open_default_index
from index import IndexMissing, Progress
from index.generations import current_generation

_FIRST = "R-ISS怎么分期？"  # any question


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
                # Data is loaded when it is first needed: not before the eyes of whoever asks first. No
                # language model is asked.
                without = Assistant(self._assistant.index)
                threading.Thread(target=without.ask, args=(_FIRST,), daemon=True).start()
            return self._assistant


def _current(directory: Path) -> Path | None:
    try:
        return current_generation(directory)
    except IndexMissing:
        return None
