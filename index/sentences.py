"""Vectors of passages by the pretrained sentence model, beside those of the index's own embedder.

Stored as ``sentences.safetensors``, with the model's name and fingerprint; an index built where no
sentence model is installed has no such file and is searched without.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save

from index.embedding.base import Embedder, Vectors

FILE = "sentences.safetensors"
_BATCH = 64  # texts between two reports of progress


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """``vectors`` is (passages, dim) float16, in the order of the passage table."""

    model: str
    fingerprint: str
    vectors: NDArray[np.float16]

    def write(self, folder: Path) -> None:
        """Store them in a generation."""
        about = {"model": self.model, "fingerprint": self.fingerprint}
        (folder / FILE).write_bytes(save({"vectors": self.vectors}, metadata=about))


def read_sentences(folder: Path) -> SentenceVectors | None:
    """What a generation has stored; None where it was built without."""
    path = folder / FILE
    if not path.is_file():
        return None
    with safe_open(path, framework="numpy") as file:
        about = file.metadata() or {}
        vectors = file.get_tensor("vectors")
        return SentenceVectors(about.get("model", ""), about.get("fingerprint", ""), vectors)


def embed_sentences(
    model: Embedder,
    texts: Sequence[str],
    known: dict[str, NDArray[np.float16]],
    report: Callable[[int, int], None],
) -> SentenceVectors:
    """Vectors of ``texts``, those of ``known`` taken as they are."""
    new = [text for text in dict.fromkeys(texts) if text not in known]
    found = dict(known)
    report(0, len(new))
    for start in range(0, len(new), _BATCH):
        batch = new[start : start + _BATCH]
        found.update(zip(batch, model.embed(batch).astype(np.float16), strict=True))
        report(start + len(batch), len(new))
    stacked = np.stack([found[text] for text in texts]) if texts else np.zeros((0, model.dim), np.float16)
    return SentenceVectors(model.name, model.fingerprint, stacked.astype(np.float16))


class Likeness:
    """How like each passage of an index is to a question, by the sentence model."""

    def __init__(self, stored: SentenceVectors, model: Embedder) -> None:
        self._model = model
        self._vectors: Vectors = stored.vectors.astype(np.float32)

    def __call__(self, questions: Sequence[str]) -> Vectors:
        """(questions, passages) float32: cosines, −1..1."""
        found: Vectors = self._model.embed(questions, query=True) @ self._vectors.T
        return found

    def vector(self, question: str) -> Vectors:
        """(dim,) float32 of unit length."""
        found: Vectors = self._model.embed([question], query=True)[0]
        return found
