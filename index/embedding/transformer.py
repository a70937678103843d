"""Any sentence-transformers model by name or path. The only module that imports sentence_transformers.

The import is late: it brings in torch, which the default model does without.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.base import Vectors
from index.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32  # texts
_HUB_TIMEOUT = 10  # seconds
_SAMPLE = 1024  # numbers of each tensor that go into the fingerprint


class TransformerEmbedder:
    """A model of the sentence-transformers library, loaded when it is first needed."""

    def __init__(self, name: str) -> None:
        """``name`` is a folder, or a model's name on the Hugging Face hub."""
        self.name = name

    @cached_property
    def fingerprint(self) -> str:
        """From names, shapes and leading values of all tensors: training changes every one of them."""
        digest = hashlib.sha256(str(self._model.max_seq_length).encode())
        digest.update(repr(sorted(self._model.prompts.items())).encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(f"{key} {tuple(tensor.shape)} ".encode())
            digest.update(tensor.flatten()[:_SAMPLE].float().cpu().numpy().tobytes())
        return digest.hexdigest()

    @property
    def dim(self) -> int:
        """Length of each vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def embed(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """See ``Embedder.embed``; the model's own prompts for questions and documents are used."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        encode = self._model.encode_query if query else self._model.encode_document
        vectors = encode(
            list(texts),
            batch_size=_BATCH,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        # A build reports its own progress. The library leaves this function without types.
        disable_progress_bar()  # type: ignore[no-untyped-call]
        try:  # what is on this machine first: no network, and the version cannot change underneath
            return SentenceTransformer(self.name, local_files_only=True)
        except (OSError, ValueError) as error:
            if _is_path(self.name):
                what = "not a sentence-transformers model" if Path(self.name).is_dir() else "no such folder"
                raise self._unavailable(f"{what} ({_line(error)})") from error
        try:
            _ask_hub(self.name)
            return SentenceTransformer(self.name)
        # The hub client lets the errors of its HTTP library through, which we do not import.
        except Exception as error:
            raise self._unavailable(
                f"not on this machine and not to be had from the Hugging Face hub ({_line(error)})"
            ) from error

    def _unavailable(self, why: str) -> EmbedderUnavailable:
        return EmbedderUnavailable(
            f"embedder {self.name!r}: {why}; check the name and the network, give the folder of a"
            " downloaded model, or use --embedder default"
        )


def _is_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or name.count("/") > 1 or "\\" in name or Path(name).is_dir()


def _ask_hub(name: str) -> None:
    """One short request: without it, loading from a hub out of reach is retried for over a minute."""
    from huggingface_hub import HfApi

    # The library looks for names without an owner under its own.
    HfApi().model_info(name if "/" in name else f"sentence-transformers/{name}", timeout=_HUB_TIMEOUT)


def _line(error: Exception) -> str:
    """First line of a message, without its full stop."""
    return (str(error).splitlines() or [type(error).__name__])[0][:120].rstrip(". ")
