"""A run directory: what was asked of what, the answers, how long they took, the texts they cite.

run.json        the gold files (with hashes), the system, the version of the project
answers.jsonl   one answer a line, in the order of the gold; the same bytes for the same answers
timings.jsonl   milliseconds of each answer
corpus.jsonl    the documents that citations point into
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from evals.answers.stored import StoredAnswer, Timed, read_answers
from evals.gold.corpus import Corpus, read_corpus, shipped_corpus
from index.manifest import file_digest

RUN, ANSWERS, TIMINGS, CORPUS = "run.json", "answers.jsonl", "timings.jsonl", "corpus.jsonl"
SCHEMA = 1


class BadRun(Exception):
    """A run directory cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was asked of what. ``gold`` has the SHA-256 of each file by its path; ``ids`` in order."""

    system: str
    described: Mapping[str, str]
    gold: Mapping[str, str]
    split: str
    ids: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run directory that has been read. ``milliseconds`` by id, of answers only."""

    directory: Path
    manifest: Manifest
    answers: Mapping[str, StoredAnswer]
    milliseconds: Mapping[str, float]
    corpus: Corpus


def manifest_of(
    system: str, described: Mapping[str, str], gold: Sequence[Path], split: str, ids: Sequence[str]
) -> Manifest:
    """The manifest of a run that is about to start."""
    hashes = {str(p): file_digest(p) for p in gold}
    return Manifest(system, described, hashes, split, tuple(ids), version("myeloma-assistant"))


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Write ``run.json``."""
    row = {
        "schema": SCHEMA,
        "version": manifest.version,
        "system": manifest.system,
        "described": dict(manifest.described),
        "gold": dict(manifest.gold),
        "split": manifest.split,
        "ids": list(manifest.ids),
    }
    (directory / RUN).write_text(json.dumps(row, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read_manifest(directory: Path) -> Manifest:
    """Read ``run.json``.

    Raises:
        BadRun: there is none, or it is of another schema.
    """
    path = directory / RUN
    if not path.is_file():
        raise BadRun(f"{directory}: no {RUN} here; name a directory that `myeloma eval run` wrote")
    with _damage_named(path):
        row = json.loads(path.read_text("utf-8"))
        if row.get("schema") != SCHEMA:
            raise BadRun(f"{path}: schema {row.get('schema')!r}, this version reads {SCHEMA}; run it again")
        return Manifest(
            row["system"], row["described"], row["gold"], row["split"], tuple(row["ids"]), row["version"]
        )


@contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    """A file that was cut short or edited is told by its name."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadRun(f"{path}: is damaged ({type(error).__name__}: {error}); run it again") from error


def read_run(directory: Path) -> Run:
    """A whole run.

    Raises:
        BadRun: it is none, or it was interrupted before its last answer.
        BadAnswers: a line of the answers cannot be used.
    """
    manifest = read_manifest(directory)
    if not (directory / ANSWERS).is_file():
        raise BadRun(f"{directory}: not finished; run the same command again, it goes on where it stopped")
    answers = read_answers(directory / ANSWERS)
    if lost := [id_ for id_ in manifest.ids if id_ not in answers]:
        raise BadRun(f"{directory / ANSWERS}: has no answer to {lost[0]}; run it again")
    with _damage_named(directory / TIMINGS):
        milliseconds = {t.id: t.milliseconds for t in read_timings(directory / TIMINGS)}
    path = directory / CORPUS
    with _damage_named(path):
        corpus = read_corpus(path) if path.is_file() else shipped_corpus()
    return Run(directory, manifest, answers, milliseconds, corpus)


def read_timings(path: Path) -> list[Timed]:
    """Milliseconds, one answer a line; nothing where there is no such file."""
    if not path.is_file():
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    return [Timed(row["id"], row["ms"]) for row in rows]


def write_timings(path: Path, timings: Sequence[Timed]) -> None:
    """One line for each answer."""
    lines = [json.dumps({"id": t.id, "ms": round(t.milliseconds, 2)}) for t in timings]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
