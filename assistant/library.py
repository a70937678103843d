"""Where the default index lies, and how it comes to be there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_data_path

from index import Index, IndexMismatch, IndexMissing, build_index
from ingest.corpus import monograph_files, monograph_sources

_ENVIRONMENT = "MYELOMA_INDEX"
Progress = Callable[[str, int, int], None]


def default_index_directory() -> Path:
    """``MYELOMA_INDEX``, or a folder of the user's own data directory."""
    named = os.environ.get(_ENVIRONMENT)
    return Path(named) if named else user_data_path("myeloma-assistant") / "index"


def open_default_index(directory: Path | None = None, progress: Progress | None = None) -> Index:
    """Open the default index; build it on first use, renew it when this version brings news.

    A directory that the user named (here or as ``MYELOMA_INDEX``) is built when there is nothing
    in it, and never changed afterwards. ``progress`` is told (step, done, of).

    Raises:
        index.IndexProblem: a named index is of another version or damaged, or cannot be built.
    """
    target = directory or default_index_directory()
    ours = directory is None and _ENVIRONMENT not in os.environ
    try:
        index = Index.open(target)
        if not (ours and _is_stale(index)):
            return index
    except IndexMissing:
        pass
    except IndexMismatch:
        if not ours:
            raise
    build_index(target, monograph_sources(), progress=progress)
    return Index.open(target)


def _is_stale(index: Index) -> bool:
    """Whether the shipped monograph differs from the one in the index."""
    stored = {id_: s.sha256 for id_, s in index.sources.items() if id_.startswith("monograph/")}
    shipped = {id_: hashlib.sha256(path.read_bytes()).hexdigest() for id_, path in monograph_files()}
    return stored != shipped
