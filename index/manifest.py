"""The manifest of a stored index: versions, and the SHA-256 of every file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from index.analysis import tokenizer_version
from index.errors import IndexMismatch, IndexProblem
from index.generations import current_generation

MANIFEST = "manifest.json"
# Raised whenever the files of an index change their form or meaning.
SCHEMA = 1
AGAIN = "run `myeloma ingest SOURCE… --index DIR` again"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built with.

    ``errata`` is the version of the register that the sources' errata were matched with, "" for an
    unknown one. ``unfitted`` counts the chunks that the default model was not fitted on; ``files`` maps
    the path of each file, relative to the manifest, to its SHA-256; ``sources`` are the ids in order.
    """

    schema: int
    tokenizer: str
    errata: str
    embedder: str
    embedder_fingerprint: str
    dim: int
    unfitted: int
    sources: tuple[str, ...]
    files: dict[str, str]


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Write ``manifest`` with sorted keys, so that the same index gives the same bytes."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    (directory / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(directory: Path) -> Manifest:
    """Parse the manifest.

    Raises:
        IndexMismatch: there is none, it is broken, or of another schema.
    """
    path = directory / MANIFEST
    try:
        value = json.loads(path.read_text("utf-8"))
        schema = int(value["schema"])
        if schema != SCHEMA:
            raise IndexMismatch(
                f"{path}: the index has schema {schema}, this program reads schema {SCHEMA}; {AGAIN}"
            )
        return Manifest(
            schema,
            str(value["tokenizer"]),
            str(value.get("errata", "")),
            str(value["embedder"]),
            str(value["embedder_fingerprint"]),
            int(value["dim"]),
            int(value["unfitted"]),
            tuple(map(str, value["sources"])),
            {str(name): str(digest) for name, digest in value["files"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexMismatch(f"{path}: not a manifest ({error!r}); remove the folder and {AGAIN}") from error


def read_source_ids(directory: Path) -> tuple[str, ...]:
    """The sources that a manifest of any schema names.

    Raises:
        IndexMismatch: it names none that can be read.
    """
    path = directory / MANIFEST
    try:
        return tuple(map(str, json.loads(path.read_text("utf-8"))["sources"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexMismatch(f"{path}: not a manifest ({error!r}); remove the folder and {AGAIN}") from error


def stored_source_ids(directory: Path) -> tuple[str, ...]:
    """Ids of the sources of the index in ``directory``, of whatever version; none if it names none."""
    try:
        return read_source_ids(current_generation(directory))
    except IndexProblem:
        return ()


def check_tokenizer(directory: Path, manifest: Manifest) -> None:
    """Refuse an index whose terms another version of the tokenizer made.

    Raises:
        IndexMismatch: naming both versions.
    """
    if manifest.tokenizer != tokenizer_version():
        raise IndexMismatch(
            f"{directory}: the index was made with tokenizer {manifest.tokenizer},"
            f" this program has tokenizer {tokenizer_version()}; {AGAIN}"
        )


def damaged_files(directory: Path, manifest: Manifest) -> list[str]:
    """One line for each file that is missing or whose SHA-256 is not the manifest's."""
    problems: list[str] = []
    for name, expected in manifest.files.items():
        try:
            found = file_digest(directory / name)
        except OSError:
            problems.append(f"{directory / name}: missing, the manifest names it; {AGAIN}")
            continue
        if found != expected:
            problems.append(
                f"{directory / name}: SHA-256 is {found[:12]}…, the manifest says {expected[:12]}…; {AGAIN}"
            )
    return problems


def digests(directory: Path) -> dict[str, str]:
    """SHA-256 of every file under ``directory``, by relative path."""
    files = sorted(path for path in directory.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(directory).as_posix(): file_digest(path) for path in files}


def file_digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
