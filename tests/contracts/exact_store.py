"""Exact search in plain numpy: the oracle that every other store is compared with."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np

from index.vectors.base import Positions, Vectors


class ExactStore:
    """All vectors in one array; every search compares with all of them."""

    def __init__(self, dim: int) -> None:
        self._vectors: Vectors = np.zeros((0, dim), dtype=np.float32)

    @property
    def dim(self) -> int:
        """Length of each vector."""
        return int(self._vectors.shape[1])

    def __len__(self) -> int:
        return len(self._vectors)

    def add(self, vectors: Vectors) -> None:
        """Append vectors, see ``VectorStore.add``."""
        if vectors.ndim != 2 or vectors.shape[1] != self.dim:
            raise ValueError(f"vectors of shape {vectors.shape} do not fit a store of dimension {self.dim}")
        self._vectors = np.concatenate([self._vectors, vectors.astype(np.float32)])

    def search(self, query: Vectors, k: int) -> tuple[Vectors, Positions]:
        """Nearest vectors; equal scores in order of position."""
        scores = (query @ self._vectors.T).astype(np.float32)
        order = np.argsort(-scores, axis=1, kind="stable")[:, : min(k, len(self))]
        return np.take_along_axis(scores, order, axis=1), order.astype(np.int64)

    def vectors(self) -> Vectors:
        """A copy of everything stored."""
        return self._vectors.copy()

    def save(self, path: Path) -> None:
        """Write an .npy file."""
        with path.open("wb") as file:  # np.save would append ".npy" to a name
            np.save(file, self._vectors, allow_pickle=False)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read an .npy file."""
        vectors = np.load(path, allow_pickle=False)
        store = cls(vectors.shape[1])
        store._vectors = vectors.astype(np.float32)
        return store
