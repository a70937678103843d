"""The default model: what it promises, and that sentence-transformers reads it the same way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.embedding.base import Embedder
from index.embedding.choose import FOLDER
from index.embedding.static_fit import fit
from index.embedding.static_model import StaticEmbedder, save_static_model
from index.generations import current_generation
from ingest.chunks import chunks_of
from ingest.types import Source
from tests.contracts.embedder import TEXTS, EmbedderContract


@pytest.fixture(scope="module")
def directory(built: Path) -> Path:
    return current_generation(built) / FOLDER


@pytest.fixture(scope="module")
def static(directory: Path) -> StaticEmbedder:
    return StaticEmbedder.load(directory)


class TestStaticEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self, static: StaticEmbedder) -> Embedder:
        return static


def test_sentence_transformers_gives_the_same_vectors(directory: Path, static: StaticEmbedder) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    model = sentence_transformers.SentenceTransformer(str(directory), device="cpu", local_files_only=True)
    texts = [*TEXTS, "", "🙂", "達雷妥尤單抗", "硼替佐米" * 200, "one, two. three"]
    theirs = model.encode(texts, convert_to_numpy=True)
    np.testing.assert_allclose(static.embed(texts), theirs, atol=1e-6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("硼替佐米", "bortezomib"),
        ("硼替佐米", "Velcade"),
        ("达雷妥尤单抗", "daratumumab"),
        ("达雷木单抗", "達雷妥尤單抗"),
        ("multiple myeloma", "多发性骨髓瘤"),
    ],
)
def test_names_of_one_concept_share_a_vector(static: StaticEmbedder, one: str, other: str) -> None:
    first, second = static.embed([one, other])
    assert float(first @ second) == pytest.approx(1, abs=1e-6)


def test_two_drugs_do_not(static: StaticEmbedder) -> None:
    first, second = static.embed(["bortezomib", "唑来膦酸"])
    assert float(first @ second) < 0.6


def test_nothing_known_is_the_zero_vector(static: StaticEmbedder) -> None:
    assert not static.embed(["🙂 123", "qqqq"]).any()


def test_fitting_again_gives_the_same_model(drugs: Source, tmp_path: Path) -> None:
    for name in ("a", "b"):
        save_static_model(fit([drugs], chunks_of(drugs)), tmp_path / name)
    assert StaticEmbedder.load(tmp_path / "a").fingerprint == StaticEmbedder.load(tmp_path / "b").fingerprint
