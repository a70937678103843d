"""What an embedding model must do; ``tests/contracts/embedder.py`` is the promise in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Texts → vectors whose inner product is their similarity."""

    @property
    def name(self) -> str:
        """What ``--embedder`` was given: "default", a model's name or a path."""
        ...

    @property
    def fingerprint(self) -> str:
        """Hexadecimal; differs when the model would give other vectors."""
        ...

    @property
    def dim(self) -> int:
        """Length of each vector."""
        ...

    def embed(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """(len(texts), dim) float32 of unit length, −1..1 as inner products.

        ``query`` marks questions, for models trained with another prompt for them. A text in which
        the model knows nothing gives the zero vector.
        """
        ...
