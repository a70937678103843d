"""The promise of an embedding model. Subclass and supply the fixture ``embedder``."""

from __future__ import annotations

import numpy as np
import pytest

from index.embedding.base import Embedder

TEXTS = (
    "硼替佐米可引起周围神经病变。",
    "β2-微球蛋白≥5.5 mg/L",
    "bortezomib and dexamethasone",
    "肾\n功 能，ＬＤＨ",
)


class EmbedderContract:
    """Every implementation of ``Embedder`` passes these."""

    @pytest.fixture
    def embedder(self) -> Embedder:
        raise NotImplementedError("supply the model under test")

    def test_shape_and_type(self, embedder: Embedder) -> None:
        vectors = embedder.embed(TEXTS)
        assert vectors.shape == (len(TEXTS), embedder.dim)
        assert vectors.dtype == np.float32

    @pytest.mark.parametrize("query", [False, True])
    def test_unit_length(self, embedder: Embedder, query: bool) -> None:
        lengths = np.linalg.norm(embedder.embed(TEXTS, query=query), axis=1)
        np.testing.assert_allclose(lengths, 1, atol=1e-5)

    def test_no_texts(self, embedder: Embedder) -> None:
        assert embedder.embed([]).shape == (0, embedder.dim)

    def test_empty_text_is_finite(self, embedder: Embedder) -> None:
        vectors = embedder.embed(["", " \n"])
        assert np.isfinite(vectors).all()
        assert (np.linalg.norm(vectors, axis=1) <= 1 + 1e-5).all()

    def test_deterministic_and_independent_of_the_batch(self, embedder: Embedder) -> None:
        together = embedder.embed(TEXTS)
        assert np.array_equal(together, embedder.embed(TEXTS))
        alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
        np.testing.assert_allclose(alone, together, atol=1e-5)

    def test_same_text_is_nearest_to_itself(self, embedder: Embedder) -> None:
        similarity = embedder.embed(TEXTS) @ embedder.embed(TEXTS).T
        assert similarity.argmax(axis=1).tolist() == list(range(len(TEXTS)))

    def test_inputs_are_not_changed(self, embedder: Embedder) -> None:
        texts = list(TEXTS)
        embedder.embed(texts)
        assert texts == list(TEXTS)

    def test_fingerprint_is_hexadecimal_and_stable(self, embedder: Embedder) -> None:
        assert len(embedder.fingerprint) == 64
        assert int(embedder.fingerprint, 16) >= 0
        assert embedder.fingerprint == embedder.fingerprint

    def test_name(self, embedder: Embedder) -> None:
        assert embedder.name
