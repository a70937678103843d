"""The folder of an index: numbered generations, and one small file that names the current one.

    DIR/CURRENT              "generation-000002"
    DIR/generation-000002/   a complete index, never changed once it is named
    DIR/lock                 held while an index is built

A folder cannot be replaced in one step on every system, a file can. A build writes a new generation
under another name and then replaces CURRENT; killed at any moment it leaves the old index in place.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from index.errors import IndexBusy, IndexMismatch, IndexMissing, IndexProblem

CURRENT, LOCK = "CURRENT", "lock"
_PREFIX, _BUILDING = "generation-", ".building-"


def current_generation(directory: Path) -> Path:
    """Folder of the index that answers now.

    Raises:
        IndexMissing: none was ever finished here.
        IndexMismatch: CURRENT names a generation that does not exist.
    """
    try:
        name = (directory / CURRENT).read_text("utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(
            f"{directory}: no index here; run `myeloma ingest SOURCE… --index {directory}`"
        ) from None
    folder = directory / name
    if not name.startswith(_PREFIX) or not folder.is_dir():
        raise IndexMismatch(
            f"{directory / CURRENT} names {name!r}, which is not there; remove {directory}"
            f" and run `myeloma ingest SOURCE… --index {directory}` again"
        )
    return folder


def publish(directory: Path, building: Path) -> Path:
    """Make ``building`` the current generation and remove the older ones."""
    folder = directory / f"{_PREFIX}{_next_number(directory):06d}"
    building.rename(folder)
    pointer = directory / f"{CURRENT}.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(f"{folder.name}\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(directory / CURRENT)
    _clean(directory, keep=folder.name)
    return folder


@contextmanager
def building_folder(directory: Path) -> Iterator[Path]:
    """An empty folder to build in, while no other process builds this index.

    What is left in it at the end, also after an error, is removed.

    Raises:
        IndexBusy: another process is building.
        IndexMismatch: the folder holds other things than an index.
        IndexProblem: the folder cannot be written.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(directory)
        with _locked(directory):
            _clean(directory, keep=_current_name(directory))
            folder = directory / f"{_BUILDING}{os.getpid()}"
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise IndexProblem(
            f"{directory}: cannot write the index ({error.strerror or error});"
            " free the space or choose another folder with --index"
        ) from error


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    with (directory / LOCK).open("a+", encoding="utf-8") as file:
        try:
            _lock(file)
        except OSError:
            file.seek(0)
            raise IndexBusy(
                f"{directory}: process {file.read().strip() or '?'} is building this index;"
                " wait until it has finished, or choose another folder with --index"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield  # closing the file, and also the end of the process, releases the lock


if sys.platform == "win32":

    def _lock(file: IO[str]) -> None:
        import msvcrt

        # A byte behind the process number, which others must still be able to read.
        file.seek(64)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:

    def _lock(file: IO[str]) -> None:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _refuse_foreign(directory: Path) -> None:
    """Generations are deleted without asking, so a folder with other things in it is not taken."""
    if (directory / CURRENT).exists():
        return
    foreign = [p.name for p in directory.iterdir() if p.name != LOCK and not _is_ours(p.name)]
    if foreign:
        raise IndexMismatch(
            f"{directory}: holds {min(foreign)!r} and no index; choose an empty or new folder with --index"
        )


def _is_ours(name: str) -> bool:
    return name.startswith((_PREFIX, _BUILDING)) or name == f"{CURRENT}.new"


def _current_name(directory: Path) -> str:
    try:
        return (directory / CURRENT).read_text("utf-8").strip()
    except FileNotFoundError:
        return ""


def _next_number(directory: Path) -> int:
    numbers = [0]
    for path in directory.glob(f"{_PREFIX}*"):
        with suppress(ValueError):
            numbers.append(int(path.name.removeprefix(_PREFIX)))
    return max(numbers) + 1


def _clean(directory: Path, keep: str) -> None:
    """Remove what killed builds and earlier generations left."""
    for path in directory.iterdir():
        if _is_ours(path.name) and path.name != keep:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
