"""Which embedding model a name stands for."""

from __future__ import annotations

from pathlib import Path

from index.embedding.base import Embedder
from index.embedding.static_model import DEFAULT, StaticEmbedder
from index.embedding.transformer import TransformerEmbedder

FOLDER = "embedder"


def stored_embedder(name: str, generation: Path, fingerprint: str = "") -> Embedder:
    """The model of a stored index: the fitted one from its folder, any other by its name.

    ``fingerprint`` spares reading the folder twice when its files have been verified.
    """
    if name == DEFAULT:
        return StaticEmbedder.load(generation / FOLDER, fingerprint)
    return named_embedder(name)


def named_embedder(name: str) -> Embedder:
    """A sentence-transformers model by name or path; nothing is loaded yet.

    A path is made absolute, so that the index can be used from another folder.
    """
    path = Path(name).expanduser()
    return TransformerEmbedder(str(path.resolve()) if path.is_dir() else name)
