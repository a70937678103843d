"""What a vector store must do; ``tests/contracts/vector_store.py`` is the promise in full."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # (n, dim), unit length unless said otherwise
Positions = NDArray[np.int64]


class VectorStore(Protocol):
    """Vectors by position, searched by inner product (cosine for unit vectors)."""

    @property
    def dim(self) -> int:
        """Length of each vector."""
        ...

    def __len__(self) -> int:
        """Number of vectors."""
        ...

    def add(self, vectors: Vectors) -> None:
        """Append (n, dim) vectors; they get the next n positions.

        Raises:
            ValueError: the vectors have another length than the store.
        """
        ...

    def search(self, query: Vectors, k: int) -> tuple[Vectors, Positions]:
        """The ``k`` nearest of (m, dim) queries: scores (m, k') and positions (m, k'), best first.

        ``k' = min(k, len(self))``; a score is higher for better.
        """
        ...

    def vectors(self) -> Vectors:
        """A copy of everything stored, (n, dim)."""
        ...

    def save(self, path: Path) -> None:
        """Write the store to one file, without pickle."""
        ...

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what ``save`` wrote; ids and scores are the same as before."""
        ...
