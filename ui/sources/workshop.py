"""Documents are added and removed in the background: the chat goes on with the index that is open."""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.library import default_index_directory, index_is_named, is_shipped
from index import IndexProblem, build_index
from ingest.errors import UnreadableSource
from ingest.load import build_source, slug
from ingest.readers import HTML_SUFFIXES, MARKDOWN_SUFFIXES, read_document
from ingest.types import Source

MAX_BYTES = 5 * 1024 * 1024  # of an upload; the command line takes more
MAX_CHARACTERS = 400_000  # about 200 printed pages
SUFFIXES = tuple(sorted(MARKDOWN_SUFFIXES | HTML_SUFFIXES))


@dataclass(frozen=True, slots=True)
class Job:
    """What is being done, or was done last. ``problem``: why it failed, in one line.

    ``source`` is the document as it was read, for the report.
    """

    kind: Literal["add", "remove", "rebuild"]
    name: str
    state: Literal["running", "done", "failed"] = "running"
    step: str = "read"
    done: int = 0
    total: int = 1
    problem: str = ""
    source: Source | None = None


class Workshop:
    """Changes the default index, one job at a time, for all sessions of this process.

    An index that the user named is never changed here: ``is_open`` is False.
    """

    def __init__(self, renew: Callable[[], object]) -> None:
        """``renew`` is called when the index has changed, so that no reader waits for it to be read."""
        self._renew, self._lock = renew, threading.Lock()
        self._job: Job | None = None

    @property
    def is_open(self) -> bool:
        """Whether documents can be added and removed."""
        return not index_is_named()

    @property
    def directory(self) -> Path:
        """Where the index lies."""
        return default_index_directory()

    @property
    def job(self) -> Job | None:
        """The job that runs or ran last."""
        return self._job

    def add(self, name: str, data: bytes) -> bool:
        """Read a document and put it into the index; False while another job runs."""
        return self._start(Job("add", name), lambda: self._added(name, data))

    def remove(self, source_id: str, title: str) -> bool:
        """Take a document out of the index; False while another job runs, or for a chapter that ships."""
        return not is_shipped(source_id) and self._start(
            Job("remove", title),
            lambda: build_index(self.directory, (), progress=self._progress, remove=(source_id,)),
        )

    def rebuild(self, embedder: str) -> bool:
        """Embed everything anew, with a model by name or path; False while another job runs."""
        return self._start(
            Job("rebuild", embedder),
            lambda: build_index(self.directory, (), embedder, progress=self._progress, refit=True),
        )

    def _added(self, name: str, data: bytes) -> None:
        source = read_upload(name, data)
        self._set(source=source)
        build_index(self.directory, (source,), progress=self._progress)

    def _start(self, job: Job, work: Callable[[], object]) -> bool:
        with self._lock:
            if not self.is_open or (self._job and self._job.state == "running"):
                return False
            self._job = job
        threading.Thread(target=self._run, args=(work,), name="workshop", daemon=True).start()
        return True

    def _run(self, work: Callable[[], object]) -> None:
        try:
            work()
            self._renew()
        except (UnreadableSource, IndexProblem) as problem:
            self._set(state="failed", problem=str(problem))
        except Exception as problem:  # the reader gets a line, the log the traceback
            logging.getLogger(__name__).exception("the index could not be changed")
            self._set(state="failed", problem=type(problem).__name__)
        else:
            self._set(state="done")

    def _progress(self, step: str, done: int, total: int) -> None:
        self._set(step=step, done=done, total=total)

    def _set(self, **changes: object) -> None:
        if self._job is not None:
            self._job = replace(self._job, **changes)  # type: ignore[arg-type]  # fields of Job


def read_upload(name: str, data: bytes) -> Source:
    """An uploaded file as a source, checked by what is in it and not by what it says it is.

    Raises:
        UnreadableSource: too large, of a kind that is not read, binary, or empty; the file's own name is
            all that the message says of where it was.
    """
    stem, suffix = slug(Path(name).stem)[:80], Path(name).suffix.lower()
    if len(data) > MAX_BYTES:
        raise UnreadableSource(f"{name}: {len(data) / 1e6:.1f} MB; {MAX_BYTES / 1e6:.0f} MB at most here")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{stem}{suffix}"
        path.write_bytes(data)
        try:
            document = read_document(path)
            if len(document.text) > MAX_CHARACTERS:  # before anything is done with them
                raise UnreadableSource(
                    f"{name}: {len(document.text):,} characters; {MAX_CHARACTERS:,} at most here, split it up"
                )
            return build_source(document)
        except UnreadableSource as problem:
            raise UnreadableSource(str(problem).replace(str(path), name)) from None
