"""The fitted model as a sentence-transformers directory, read here without torch.

``SentenceTransformer(directory)`` gives the same vectors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save
from tokenizers import Tokenizer

from index.embedding.base import Vectors

DEFAULT = "default"
_WEIGHTS, _TOKENIZER = "model.safetensors", "tokenizer.json"
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
_CONFIG = {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine", "prompts": {}}


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A tokenizer and one row for each of its tokens: (tokens, dim) float32."""

    tokenizer: Tokenizer
    rows: Vectors


class StaticEmbedder:
    """Mean of the rows of a text's tokens, scaled to unit length."""

    name = DEFAULT

    def __init__(self, tokenizer: Tokenizer, rows: Vectors, fingerprint: str) -> None:
        """``rows`` is (tokens, dim)."""
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._rows = rows
        self.fingerprint = fingerprint

    @property
    def dim(self) -> int:
        """Length of each vector."""
        return int(self._rows.shape[1])

    def embed(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """See ``Embedder.embed``; questions are treated as any text."""
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for vector, encoding in zip(
            vectors, self._tokenizer.encode_batch(list(texts), add_special_tokens=False), strict=True
        ):
            if encoding.ids:
                vector[:] = self._rows[encoding.ids].mean(axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.maximum(lengths, 1e-12)
        return vectors

    @classmethod
    def load(cls, directory: Path, fingerprint: str = "") -> StaticEmbedder:
        """Read a directory that ``save_static_model`` wrote.

        ``fingerprint`` is given where the files are known to be those that had it.
        """
        tokenizer = Tokenizer.from_file(str(directory / _TOKENIZER))
        rows = load_file(directory / _WEIGHTS)["embedding.weight"]
        return cls(tokenizer, rows, fingerprint or _fingerprint(directory))


def save_static_model(model: FittedModel, directory: Path) -> None:
    """Write ``model`` as a directory that sentence-transformers (3.2 or later) loads."""
    (directory / "1_Normalize").mkdir(parents=True)
    # Not save_file, which gives the file to its owner alone.
    (directory / _WEIGHTS).write_bytes(save({"embedding.weight": model.rows}))
    model.tokenizer.save(str(directory / _TOKENIZER), pretty=False)
    _write_json(directory / "modules.json", _MODULES)
    _write_json(directory / "config_sentence_transformers.json", _CONFIG)
    _write_json(directory / "1_Normalize" / "config.json", {})


def _fingerprint(directory: Path) -> str:
    digest = hashlib.sha256()
    for name in (_TOKENIZER, _WEIGHTS):
        digest.update((directory / name).read_bytes())
    return digest.hexdigest()


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
