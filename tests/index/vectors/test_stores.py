"""Both stores keep the contract; the exact one is the oracle, so its own values are checked by hand there."""

from __future__ import annotations

import pytest

from index.vectors.faiss_store import FaissStore
from tests.contracts.exact_store import ExactStore
from tests.contracts.vector_store import StoreClass, VectorStoreContract


class TestExactStore(VectorStoreContract):
    @pytest.fixture
    def store_class(self) -> StoreClass:
        return ExactStore


class TestFaissStore(VectorStoreContract):
    @pytest.fixture
    def store_class(self) -> StoreClass:
        return FaissStore
