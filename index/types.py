"""The vocabulary of retrieval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.types import Chunk

# Called as ``progress(step, done, total)``; the steps of a build are in ``index.build.STEPS``.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved chunk.

    ``position`` is its place in ``Index.chunks``. ``score`` is the fused score, higher is better
    (0 < score ≤ 2/61 with two rankings). ``lexical_rank`` and ``dense_rank`` count from 1; None
    when that side did not return the chunk.
    """

    chunk: Chunk
    position: int
    score: float
    lexical_rank: int | None
    dense_rank: int | None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    ``embedded`` + ``reused`` = ``chunks``: chunks whose vector was computed, or taken from the index
    that was there. ``refitted`` is True when the default model was fitted in this build.
    """

    sources: int
    passages: int
    chunks: int
    embedded: int
    reused: int
    refitted: bool
    embedder: str
    fingerprint: str
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """One source of an index, in numbers."""

    id: str
    title: str
    language: str
    audience: str
    edition: str
    reviewed: str
    sha256: str
    passages: int
    chunks: int


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What ``myeloma index info`` shows. ``size`` in bytes; ``sentence_model`` is "" without one."""

    directory: str
    generation: str
    schema: int
    tokenizer: str
    embedder: str
    embedder_fingerprint: str
    dim: int
    sentence_model: str
    terms: int
    size: int
    sources: tuple[SourceInfo, ...]
