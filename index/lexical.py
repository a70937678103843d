"""BM25 over chunks. Scores of each term in each chunk are computed once, by bm25s, and summed here.

bm25s is imported only when an index is built: at query time a sum over a few columns of its matrix
is all that is needed, and its own import (with scipy) would cost more than the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.5

Terms = Sequence[str]


class Vocabulary:
    """Index terms and their numbers."""

    def __init__(self, terms: Iterable[str]) -> None:
        """``terms`` in the order of their numbers, without repeats."""
        self.terms = tuple(terms)
        self._number = {term: i for i, term in enumerate(self.terms)}

    def __len__(self) -> int:
        return len(self.terms)

    def numbers(self, terms: Iterable[str]) -> list[int]:
        """Numbers of the known ones among ``terms``, repeats kept."""
        return [self._number[term] for term in terms if term in self._number]

    def number(self, term: str) -> int | None:
        """Number of a term, None for an unknown one."""
        return self._number.get(term)


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 scores by column: chunk ``indices[j]`` scores ``data[j]`` for the term whose column
    ``indptr[t]:indptr[t + 1]`` holds j.
    """

    vocabulary: Vocabulary
    data: NDArray[np.float32]
    indices: NDArray[np.int32]
    indptr: NDArray[np.int64]
    chunks: int

    def scores(self, terms: Terms, among: NDArray[np.bool_] | None = None) -> NDArray[np.float32]:
        """BM25 score (≥ 0, higher is better) of every chunk; a repeated term counts repeatedly.

        ``among`` (chunks,) marks those that are read: the others score 0, and a term is as rare as it is
        among those. The mean length stays that of all chunks.
        """
        scores = np.zeros(self.chunks, dtype=np.float32)
        read = self.chunks if among is None else int(among.sum())
        for number in self.vocabulary.numbers(terms):
            column = slice(self.indptr[number], self.indptr[number + 1])
            found = self.indices[column]
            here = len(found) if among is None else int(among[found].sum())
            scores[found] += self.data[column] * np.float32(idf(here, read) / idf(len(found), self.chunks))
        return scores if among is None else np.where(among, scores, np.float32(0))

    def search(self, terms: Terms, k: int, among: NDArray[np.bool_] | None = None) -> list[int]:
        """Positions of the ``k`` best chunks that share a term, best first, ties by position.

        ``among`` is that of ``scores``.
        """
        scores = self.scores(terms, among)
        order = np.argsort(-scores, kind="stable")[:k]
        return [int(i) for i in order if scores[i] > 0]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What to store beside the vocabulary."""
        return {"data": self.data, "indices": self.indices, "indptr": self.indptr}

    @classmethod
    def from_arrays(
        cls, vocabulary: Vocabulary, arrays: Mapping[str, NDArray[np.generic]], chunks: int
    ) -> LexicalIndex:
        """From what ``arrays`` gave."""
        return cls(
            vocabulary,
            arrays["data"].astype(np.float32, copy=False),
            arrays["indices"].astype(np.int32, copy=False),
            arrays["indptr"].astype(np.int64, copy=False),
            chunks,
        )


def build_lexical(vocabulary: Vocabulary, chunk_terms: Sequence[Terms]) -> LexicalIndex:
    """Index chunks by their terms, all of which are in ``vocabulary``."""
    import bm25s

    numbers = [vocabulary.numbers(terms) for terms in chunk_terms]
    scorer = bm25s.BM25(k1=K1, b=B, method="lucene")
    matrix = scorer.build_index_from_ids(list(range(len(vocabulary))), numbers, show_progress=False)
    arrays = {name: np.asarray(matrix[name]) for name in ("data", "indices", "indptr")}
    return LexicalIndex.from_arrays(vocabulary, arrays, len(chunk_terms))


def idf(frequency: int, total: int) -> float:
    """Inverse document frequency, ≥ 0: ``ln(1 + (total - frequency + 0.5) / (frequency + 0.5))``.

    The form that Lucene uses.
    """
    return log(1 + (total - frequency + 0.5) / (frequency + 0.5))
