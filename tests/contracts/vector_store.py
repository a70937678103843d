"""The promise of a vector store. Subclass and supply the fixture ``store_class``."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray

from index.vectors.base import VectorStore
from tests.contracts.exact_store import ExactStore

Vectors = NDArray[np.float32]


class StoreClass(Protocol):
    """The class of a store, which its instances do not tell: how to make and to load one."""

    def __call__(self, dim: int) -> VectorStore: ...

    def load(self, path: Path) -> VectorStore: ...


def unit_vectors(count: int, dim: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


class VectorStoreContract:
    """Every implementation of ``VectorStore`` passes these."""

    @pytest.fixture
    def store_class(self) -> StoreClass:
        raise NotImplementedError("supply the class under test")

    @pytest.fixture
    def filled(self, store_class: StoreClass) -> VectorStore:
        store: VectorStore = store_class(3)
        store.add(np.array([[1, 0, 0], [0, 1, 0], [0.6, 0.8, 0]], dtype=np.float32))
        return store

    def test_best_first_with_inner_products(self, filled: VectorStore) -> None:
        scores, positions = filled.search(np.array([[1, 0, 0]], dtype=np.float32), 2)
        assert positions.tolist() == [[0, 2]]
        assert scores.tolist() == [[1.0, pytest.approx(0.6)]]
        assert scores.dtype == np.float32
        assert positions.dtype == np.int64

    def test_k_beyond_size_gives_all(self, filled: VectorStore) -> None:
        scores, positions = filled.search(np.array([[0, 1, 0], [1, 0, 0]], dtype=np.float32), 99)
        assert scores.shape == positions.shape == (2, 3)
        assert sorted(positions[0].tolist()) == [0, 1, 2]  # and no −1 for "nothing"

    @pytest.mark.parametrize("queries", [0, 1])
    def test_empty_store(self, store_class: StoreClass, queries: int) -> None:
        store: VectorStore = store_class(3)
        scores, positions = store.search(np.zeros((queries, 3), np.float32), 5)
        assert scores.shape == positions.shape == (queries, 0)
        assert len(store) == 0
        assert store.vectors().shape == (0, 3)

    def test_k_zero(self, filled: VectorStore) -> None:
        assert filled.search(np.ones((1, 3), np.float32), 0)[1].shape == (1, 0)

    def test_add_continues_positions(self, filled: VectorStore) -> None:
        filled.add(np.array([[0, 0, 1]], dtype=np.float32))
        assert len(filled) == 4
        assert filled.search(np.array([[0, 0, 1]], dtype=np.float32), 1)[1].tolist() == [[3]]

    def test_other_dimension_is_refused(self, filled: VectorStore) -> None:
        with pytest.raises(ValueError, match=r"\(1, 2\) do not fit a store of dimension 3"):
            filled.add(np.zeros((1, 2), np.float32))
        assert len(filled) == 3

    def test_inputs_are_neither_changed_nor_kept(self, store_class: StoreClass) -> None:
        store: VectorStore = store_class(4)
        vectors = unit_vectors(5, 4, seed=1)
        query = unit_vectors(1, 4, seed=2)
        before, asked = vectors.copy(), query.copy()
        store.add(vectors)
        first = store.search(query, 5)
        vectors[:] = 0
        again = store.search(query, 5)
        assert np.array_equal(query, asked)
        assert np.array_equal(store.vectors(), before)
        assert np.array_equal(first[0], again[0])
        store.vectors()[:] = 0  # what it hands out is a copy
        assert np.array_equal(store.vectors(), before)

    def test_same_after_save_and_load(self, store_class: StoreClass, tmp_path: Path) -> None:
        store: VectorStore = store_class(16)
        store.add(unit_vectors(50, 16, seed=3))
        store.save(tmp_path / "store")
        loaded: VectorStore = store_class.load(tmp_path / "store")
        query = unit_vectors(4, 16, seed=4)
        assert [p.name for p in tmp_path.iterdir()] == ["store"]
        assert (loaded.dim, len(loaded)) == (16, 50)
        scores, positions = store.search(query, 10)
        again, places = loaded.search(query, 10)
        assert np.array_equal(scores, again)
        assert np.array_equal(positions, places)

    @pytest.mark.parametrize(("count", "dim", "k"), [(1, 2, 1), (40, 8, 5), (700, 128, 50)])
    def test_agrees_with_the_exact_store(self, store_class: StoreClass, count: int, dim: int, k: int) -> None:
        store: VectorStore = store_class(dim)
        oracle = ExactStore(dim)
        vectors, queries = unit_vectors(count, dim, seed=5), unit_vectors(7, dim, seed=6)
        store.add(vectors)
        oracle.add(vectors)
        scores, positions = store.search(queries, k)
        expected, places = oracle.search(queries, k)
        assert np.array_equal(positions, places)
        np.testing.assert_allclose(scores, expected, atol=1e-5)
