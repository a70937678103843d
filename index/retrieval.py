"""The open index: question → hits, and what an answerer asks about passages."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.analysis import terms
from index.embedding.base import Embedder, Vectors
from index.embedding.choose import stored_embedder
from index.embedding.sentence_model import sentence_model
from index.errors import IndexMismatch
from index.fusion import reciprocal_rank_fusion
from index.generations import current_generation
from index.manifest import AGAIN, Manifest, file_digest
from index.passages import Frequencies
from index.sentences import Likeness
from index.store import Contents, read_contents
from index.types import Hit
from ingest.types import Chunk, Source

# How deep each ranking goes into the fusion.
DEPTH = 50
# Weight of the sentence model's ranking in another language than the question's.
FOREIGN = 8.0


class Index:
    """A stored index, read into memory. It does not change when the stored one is built anew."""

    def __init__(self, folder: Path, manifest: Manifest, contents: Contents, embedder: Embedder) -> None:
        """Use ``Index.open``."""
        self.folder = folder
        self.manifest = manifest
        self.sources: Mapping[str, Source] = MappingProxyType({s.id: s for s in contents.sources})
        self.chunks: tuple[Chunk, ...] = contents.chunks
        self._contents = contents
        self._embedder = embedder
        # Sets of words made from stored numbers, kept once an answer has needed them.
        self._terms: dict[int, frozenset[str]] = {}
        self._context_terms: dict[int, frozenset[str]] = {}
        self._ids: frozenset[str] | None = None  # None: all of them
        self._counted: Frequencies | None = None
        # Few sets of sources are ever read together: one for each language and audience.
        self._readings: dict[frozenset[str], Self] = {}
        self._first: dict[str, int] = {}
        first = 0
        for source in contents.sources:
            self._first[source.id] = first
            first += len(source.passages)

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open the index in ``directory``.

        Raises:
            IndexMissing: there is none.
            IndexMismatch: made by another version, or damaged.
        """
        folder = current_generation(directory)
        try:
            return cls._read(folder)
        except (FileNotFoundError, IndexMismatch):
            newer = current_generation(directory)
            if newer == folder:
                raise
            # A build has replaced the generation while we were reading it.
            return cls._read(newer)

    @classmethod
    def _read(cls, folder: Path) -> Self:
        manifest, contents = read_contents(folder)
        embedder = stored_embedder(manifest.embedder, folder, manifest.embedder_fingerprint)
        return cls(folder, manifest, contents, embedder)

    def search(
        self,
        question: str,
        k: int = 10,
        vector: Vectors | None = None,
        within: Container[str] | None = None,
        likeness: Vectors | None = None,
        foreign: bool = False,
    ) -> list[Hit]:
        """The ``k`` best chunks, best first: BM25 and vectors, fused by rank.

        ``vector`` is that of the question (dim,), from ``embed``, where the caller has it already.
        ``within`` holds the ids of the sources to search; None is all that are read. ``likeness``
        (passages,), from ``likeness``, makes a third ranking: a chunk is as like the question as its
        passage that is most so. ``foreign``: nothing that is searched is in the question's language, so
        the sentence model, which knows both, has the most to say.
        """
        within = self._ids if within is None else within
        depth = max(k, DEPTH)
        among = None if within is None else np.array([c.source_id in within for c in self.chunks], dtype=bool)
        lexical = self._contents.lexical.search(terms(question), depth, among)
        # A ranking is read to its end where some of it does not count.
        of_all = depth if among is None else len(self.chunks)
        dense = self._dense(self.embed([question])[0] if vector is None else vector, of_all)
        alike = [] if likeness is None else self._alike(likeness, of_all)
        dense, alike = ([p for p in r if among is None or among[p]][:depth] for r in (dense, alike))
        lexical_rank = {position: rank for rank, position in enumerate(lexical, 1)}
        dense_rank = {position: rank for rank, position in enumerate(dense, 1)}
        weights = (1.0, 1.0, FOREIGN if foreign else 1.0)
        return [
            Hit(
                chunk=self.chunks[position],
                position=position,
                score=score,
                lexical_rank=lexical_rank.get(position),
                dense_rank=dense_rank.get(position),
            )
            for position, score in reciprocal_rank_fusion([lexical, dense, alike], weights)[: max(k, 0)]
        ]

    def reading(self, ids: frozenset[str]) -> Self:
        """This index as if it held the sources ``ids`` alone: no other is found or counted.

        It shares its memory with this one; ``sources`` and what is asked by a source's id stay the same.
        """
        if ids >= self.sources.keys():
            return self
        if ids not in self._readings:
            _ = self.passage_vectors, self._likeness  # made once for all of them
            view = copy(self)
            view._ids = ids
            view._counted = None
            self._readings[ids] = view
        return self._readings[ids]

    def idf(self, term: str) -> float:
        """Inverse document frequency of a term over passages, ≥ 0; the highest for an unknown one."""
        return self._contents.passages.idf(term, self._frequencies())

    def knows(self, term: str) -> bool:
        """Whether any passage or heading of the index has this term."""
        number = self._contents.passages.vocabulary.number(term)
        return number is not None and bool(self._frequencies().known[number])

    def _frequencies(self) -> Frequencies:
        if self._counted is None:
            read = [s for s in self.sources.values() if self._ids is None or s.id in self._ids]
            rows = [range(self._first[s.id], self._first[s.id] + len(s.passages)) for s in read]
            self._counted = self._contents.passages.frequencies_in(rows)
        return self._counted

    def embed(self, questions: Sequence[str]) -> Vectors:
        """(len(questions), dim) float32 of unit length; zero where the model knows no word."""
        return self._model.embed(questions, query=True)

    def passage_terms(self, source_id: str, i: int) -> frozenset[str]:
        """Terms of the text of passage ``i`` of a source."""
        row = self.passage_row(source_id, i)
        if row not in self._terms:
            self._terms[row] = self._contents.passages.terms_of(row)
        return self._terms[row]

    def context_terms(self, source_id: str, i: int) -> frozenset[str]:
        """Terms of title, section path, run-in heading and lead of passage ``i`` of a source."""
        row = self.passage_row(source_id, i)
        if row not in self._context_terms:
            self._context_terms[row] = self._contents.passages.context_terms_of(row)
        return self._context_terms[row]

    def passage_row(self, source_id: str, i: int) -> int:
        """Row of passage ``i`` of a source in ``passage_vectors``."""
        return self._first[source_id] + i

    @cached_property
    def passage_vectors(self) -> Vectors:
        """(passages, dim) float32, sources in order, then passages; read-only.

        Embedded is the text with its lead and run-in heading.
        """
        vectors: Vectors = self._contents.passage_vectors.astype(np.float32)
        vectors.flags.writeable = False
        return vectors

    @property
    def has_sentences(self) -> bool:
        """Whether ``likeness`` gives an answer."""
        return self._likeness is not None

    @property
    def could_have_sentences(self) -> bool:
        """Whether this machine has a sentence model that the index was built without."""
        return sentence_model() is not None and not self.has_sentences

    def likeness(self, questions: Sequence[str]) -> Vectors | None:
        """(len(questions), passages) float32: how like each passage is to each question by the sentence
        model, as cosines, passages as in ``passage_vectors``. None where the index has been built
        without that model, or this machine lacks it.
        """
        return None if self._likeness is None else self._likeness(questions)

    def meaning(self, question: str) -> Vectors | None:
        """(dim,) float32 of unit length by the sentence model; None as in ``likeness``."""
        return None if self._likeness is None else self._likeness.vector(question)

    @cached_property
    def _likeness(self) -> Likeness | None:
        stored, model = self._contents.sentences, sentence_model()
        if stored is None or model is None or stored.fingerprint != model.fingerprint:
            return None
        return Likeness(stored, model)

    @cached_property
    def _passages_of_chunks(self) -> NDArray[np.int64]:
        """Row of the first passage of each chunk; chunks follow each other as passages do."""
        return np.array([self._first[c.source_id] + c.first for c in self.chunks], dtype=np.int64)

    def _alike(self, likeness: Vectors, k: int) -> list[int]:
        """Positions of chunks by their passage that is most like the question, best first."""
        best = np.maximum.reduceat(likeness, self._passages_of_chunks)
        return [int(p) for p in np.argsort(-best, kind="stable")[:k]]

    @cached_property
    def fingerprint(self) -> str:
        """Hexadecimal; the same for two indexes that answer the same."""
        return file_digest(self.folder / "manifest.json")

    @cached_property
    def _model(self) -> Embedder:
        """The embedding model, once it is known to be the one that the index was built with."""
        if self._embedder.fingerprint != self.manifest.embedder_fingerprint:
            raise IndexMismatch(
                f"{self.folder}: built with embedder {self.manifest.embedder}"
                f" {self.manifest.embedder_fingerprint[:12]}…, the model of that name here is"
                f" {self._embedder.fingerprint[:12]}…; {AGAIN}"
            )
        return self._embedder

    def _dense(self, vector: Vectors, k: int) -> list[int]:
        """Positions of chunks with a positive similarity, best first."""
        scores, positions = self._contents.vectors.search(vector[None, :], k)
        return [int(p) for score, p in zip(scores[0], positions[0], strict=True) if score > 0]
