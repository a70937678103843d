"""The default model: what it promises, and that sentence-transformers reads it the same way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.embedding.base import Embedder
from index.embedding.choose import FOLDER
from index.embedding.static_fit import fit
from index.embedding.static_model import StaticEmbedder, save_static_model
from index.generations import current_generation
from ingest.chunks import chunks_of
from ingest.terminology import Concept, Terminology, default_terminology
from ingest.types import Source
from tests.contracts.embedder import TEXTS, EmbedderContract

SMALL = Terminology([Concept("bortezomib", "drug", "硼替佐米", "bortezomib", (), (), (), (), "药", "drug")])


@pytest.fixture(scope="module")
def directory(built: Path) -> Path:
    return current_generation(built) / FOLDER


@pytest.fixture(scope="module")
def static(directory: Path) -> StaticEmbedder:
    return StaticEmbedder.load(directory)


@pytest.fixture(scope="module")
def whole(drugs: Source) -> StaticEmbedder:
    """Fitted on the whole terminology."""
    model = fit([drugs], chunks_of(drugs), default_terminology())
    return StaticEmbedder(model.tokenizer, model.rows, "")


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
def test_names_of_one_concept_share_a_vector(whole: StaticEmbedder, one: str, other: str) -> None:
    first, second = whole.embed([one, other])
    assert float(first @ second) == pytest.approx(1, abs=1e-6)


def test_two_drugs_do_not(whole: StaticEmbedder) -> None:
    first, second = whole.embed(["bortezomib", "唑来膦酸"])
    assert float(first @ second) < 0.6


def test_nothing_known_is_the_zero_vector(static: StaticEmbedder) -> None:
    assert not static.embed(["🙂 123", "qqqq"]).any()


def test_fitting_again_gives_the_same_model(drugs: Source, tmp_path: Path) -> None:
    for name in ("a", "b"):
        save_static_model(fit([drugs], chunks_of(drugs), SMALL), tmp_path / name)
    assert StaticEmbedder.load(tmp_path / "a").fingerprint == StaticEmbedder.load(tmp_path / "b").fingerprint


def test_a_vocabulary_smaller_than_the_dimension(document: Callable[[str, str], Source]) -> None:
    source = document("tiny", "# 甲\n\n硼替佐米有效。\n")
    model = fit([source], chunks_of(source), SMALL)
    embedder = StaticEmbedder(model.tokenizer, model.rows, "")
    assert 0 < embedder.dim < 20
    chinese, english = embedder.embed(["硼替佐米", "bortezomib"])
    assert float(chinese @ english) == pytest.approx(1, abs=1e-6)


def test_aligned_editions_bring_words_together(document: Callable[[str, str], Source]) -> None:
    """Words that no terminology links meet because their sections have one anchor."""
    pairs = {"疫苗": "vaccination", "散步": "walking", "睡眠": "sleep", "咖啡": "coffee"}
    chinese = document("zh", _sections("甲", [f"{word}很重要" for word in pairs]))
    english = document("en", _sections("Part", [f"On {word}" for word in pairs.values()]))
    chunks = [*chunks_of(chinese), *chunks_of(english)]
    model = fit([chinese, english], chunks, SMALL)
    embedder = StaticEmbedder(model.tokenizer, model.rows, "")
    similarity = embedder.embed(list(pairs.values())) @ embedder.embed(list(pairs)).T
    assert similarity.argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert (similarity > 0.1).sum() == len(pairs)


def _sections(title: str, sentences: list[str]) -> str:
    return f"# {title}\n" + "".join(
        f"\n## {title}{i} {{#s{i}}}\n\n{sentence}.\n" for i, sentence in enumerate(sentences)
    )
