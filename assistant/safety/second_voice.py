"""A second voice beside the rules: what a message is like, by the sentence model.

Rules know the words that they were given, and a new writer finds others. Where a sentence model is
installed, a message on which the rules say nothing is compared with messages of known kinds: kernel ridge
regression on a part of them (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, section
8.3.2) over the vectors of messages written for this project. ``python -m evals.studies.second_voice`` fits
it and writes ``data/second_voice.safetensors``. Without the model, or with another than the one it was
fitted for, it is silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from assistant.safety.identifiers import without_placeholders
from index.embedding.sentence_model import sentence_model

ALARM, REQUEST = 0.08, -0.1
"""Scores from which a message counts as a told emergency, or as a request out of scope: chosen with one
writer's messages left out at a time. A missed emergency is far worse than a false alarm, but most messages
are questions."""
CLEAR_REQUEST = 0.2
"""The score of a request where the message speaks of nobody."""
KINDS = ("emergency", "suicide", "request")
"""The columns of the weights. Suicide is a kind of emergency."""
LONGEST = 400  # characters; a paste of several sentences is like nothing
_WIDTH = 2.0  # of the kernel: exp(_WIDTH * (cosine - 1))


@dataclass(frozen=True, slots=True)
class Heard:
    """How much a message is like one of a kind: about −1 (not at all) to 1."""

    emergency: float
    suicide: float
    request: float


@dataclass(frozen=True, slots=True)
class Voice:
    """``mean`` (dim,) of all vectors; ``landmarks`` (n, dim) messages, centred, of unit length; ``weights``
    (n, len(KINDS)). All float32."""

    mean: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    weights: NDArray[np.float32]

    def says(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(len(vectors), len(KINDS)) scores of the vectors of messages."""
        scores: NDArray[np.float32] = kernel(centred(vectors, self.mean), self.landmarks) @ self.weights
        return scores


def centred(vectors: NDArray[np.float32], mean: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors less their mean, of unit length."""
    moved = vectors - mean
    unit: NDArray[np.float32] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    return unit


def kernel(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    """(len(one), len(other)) likeness of unit vectors, 0..1."""
    alike: NDArray[np.float32] = np.exp(_WIDTH * (one @ other.T - 1.0))
    return alike


def heard(text: str) -> Heard | None:
    """What the voice makes of a message; None where it is silent: without a model, or on a long text."""
    model = sentence_model()
    said = without_placeholders(text)
    if model is None or not said.strip() or len(said) > LONGEST:
        return None
    voice = _voice(model.fingerprint)
    # The same words as those that the search embeds: they are remembered.
    return None if voice is None else Heard(*voice.says(model.embed([said], query=True))[0].tolist())


def path() -> Path:
    """The file of the weights."""
    return Path(str(files("assistant.safety") / "data" / "second_voice.safetensors"))


@cache
def _voice(fingerprint: str) -> Voice | None:
    with safe_open(path(), framework="numpy") as file:
        if (file.metadata() or {}).get("fingerprint") != fingerprint:
            return None
        rows, scales, mean, weights = (file.get_tensor(n) for n in ("rows", "scales", "mean", "weights"))
    return Voice(mean, rows.astype(np.float32) * scales, weights)
