"""Where the default index lies, and how it comes to be there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_data_path

from index import Index, IndexMismatch, IndexMissing, build_index, stored_source_ids
from index.errata import errata_version
from ingest.corpus import monograph_files, monograph_sources

_ENVIRONMENT = "MYELOMA_INDEX"
_MONOGRAPH = "monograph/"
Progress = Callable[[str, int, int], None]


def default_index_directory() -> Path:
    """``MYELOMA_INDEX``, or a folder of the user's own data directory."""
    return _named() or user_data_path("myeloma-assistant") / "index"


def index_is_named() -> bool:
    """Whether the default index is a directory that the user named, which is theirs to change."""
    return _named() is not None


def is_shipped(source_id: str) -> bool:
    """Whether a source is a chapter of the monograph, which comes and goes with the program."""
    return source_id.startswith(_MONOGRAPH)


def _named() -> Path | None:
    """The directory that the user named as ``MYELOMA_INDEX``; an empty name is none."""
    name = os.environ.get(_ENVIRONMENT)
    return Path(name) if name else None


def open_default_index(directory: Path | None = None, progress: Progress | None = None) -> Index:
    """Open the default index; build it on first use, renew it when this version brings news.

    A directory that the user named (here or as ``MYELOMA_INDEX``) is built when there is nothing
    in it, and never changed afterwards. ``progress`` is told (step, done, of).

    Raises:
        index.IndexProblem: a named index is of another version or damaged, or cannot be built.
    """
    target = directory or default_index_directory()
    ours = directory is None and _named() is None
    try:
        index = Index.open(target)
        if not (ours and _is_stale(index)):
            return index
    except IndexMissing:
        pass
    except IndexMismatch:
        if not ours:
            raise
    build_index(target, monograph_sources(), progress=progress, remove=_withdrawn(target) if ours else ())
    return Index.open(target)


def _withdrawn(target: Path) -> tuple[str, ...]:
    """Chapters that a stored index has and this version no longer ships."""
    shipped = {id_ for id_, _ in monograph_files()}
    stored = stored_source_ids(target)
    return tuple(id_ for id_ in stored if id_.startswith(_MONOGRAPH) and id_ not in shipped)


def _is_stale(index: Index) -> bool:
    """Whether this version, or this machine, would build another index of the monograph."""
    if index.manifest.errata != errata_version() or index.could_have_sentences:
        return True
    stored = {id_: s.sha256 for id_, s in index.sources.items() if id_.startswith(_MONOGRAPH)}
    shipped = {id_: hashlib.sha256(path.read_bytes()).hexdigest() for id_, path in monograph_files()}
    return stored != shipped
