"""FAISS, exact inner product. The only module that imports faiss."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import faiss
import numpy as np

from index.vectors.base import Positions, Vectors


class FaissStore:
    """``IndexFlatIP``: exact, and fast enough for some hundred thousand chunks."""

    def __init__(self, dim: int) -> None:
        self._index: faiss.Index = faiss.IndexFlatIP(dim)

    @property
    def dim(self) -> int:
        """Length of each vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, vectors: Vectors) -> None:
        """Append vectors, see ``VectorStore.add``."""
        if vectors.ndim != 2 or vectors.shape[1] != self.dim:
            raise ValueError(f"vectors of shape {vectors.shape} do not fit a store of dimension {self.dim}")
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def search(self, query: Vectors, k: int) -> tuple[Vectors, Positions]:
        """Nearest vectors, see ``VectorStore.search``."""
        k = min(k, len(self))
        if k <= 0 or not len(query):  # FAISS refuses k = 0
            return np.zeros((len(query), 0), np.float32), np.zeros((len(query), 0), np.int64)
        scores, positions = self._index.search(np.ascontiguousarray(query, dtype=np.float32), k)
        return scores, positions

    def vectors(self) -> Vectors:
        """A copy of everything stored."""
        if not len(self):
            return np.zeros((0, self.dim), np.float32)
        stored: Vectors = self._index.reconstruct_n(0, len(self))
        return stored

    def save(self, path: Path) -> None:
        """Write FAISS' own format, which is plain binary."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read FAISS' own format."""
        store = cls.__new__(cls)
        store._index = faiss.read_index(str(path))
        return store
