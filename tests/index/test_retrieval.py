"""The open index: hits, terms, vectors; English questions find Chinese passages."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest

from index import Index
from ingest.types import Source


@pytest.fixture(scope="module")
def index(built: Path) -> Index:
    return Index.open(built)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("bortezomib", "硼替佐米"),
        ("Velcade side effects", "硼替佐米"),
        ("What must be done before the first daratumumab infusion?", "达雷妥尤单抗"),
        ("達雷木單抗輸注前要查什麼", "达雷妥尤单抗"),
        ("lenalidomide dose in renal impairment", "来那度胺"),
        ("zoledronic acid", "唑来膦酸"),
        ("β2-微球蛋白≥5.5 mg/L 是几期", "I | <3.5"),
        ("contrast medium", "造影剂"),
    ],
)
def test_the_right_chunk_comes_first(index: Index, question: str, start: str) -> None:
    assert index.search(question)[0].chunk.text.startswith(start)


@pytest.mark.parametrize("question", ["bortezomib", "daratumumab"])
def test_both_sides_find_the_other_language(index: Index, question: str) -> None:
    hit = index.search(question)[0]
    assert (hit.lexical_rank, hit.dense_rank) == (1, 1)
    assert hit.score == pytest.approx(2 / 61)
    assert index.chunks[hit.position] == hit.chunk


def test_a_vector_at_hand_is_used(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    (vector,) = index.embed(["硼替佐米的副作用"])
    expected = index.search("硼替佐米的副作用")
    monkeypatch.setattr(Index, "embed", pytest.fail)
    assert index.search("硼替佐米的副作用", vector=vector) == expected
    # It, and not the words, decides on that side.
    (hit,) = index.search("🙂", k=1, vector=vector)
    assert (hit.chunk.text[:4], hit.lexical_rank, hit.dense_rank) == ("硼替佐米", None, 1)


@pytest.mark.parametrize("question", ["", "🙂", "???"])
def test_nothing_to_search_with(index: Index, question: str) -> None:
    assert index.search(question) == []


@pytest.mark.parametrize("k", [0, 1, 3, 100])
def test_k(index: Index, k: int) -> None:
    hits = index.search("药物的不良反应和分期", k=k)
    assert len(hits) <= k
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_terms_of_a_passage_and_of_its_surroundings(index: Index, drugs: Source) -> None:
    i = next(i for i, p in enumerate(drugs.passages) if p.text.startswith("硼替佐米"))
    own, around = index.passage_terms("drugs", i), index.context_terms("drugs", i)
    assert {"c:bortezomib", "b:麻木"} <= own
    assert "c:bortezomib" not in around
    assert {"b:备忘", "b:抑制"} <= around


def test_a_table_row_has_its_header_around_it(index: Index, staging: Source) -> None:
    i = next(i for i, p in enumerate(staging.passages) if p.text.startswith("III"))
    assert "5.5" in index.passage_terms("staging", i)
    assert "b:白蛋" not in index.passage_terms("staging", i)
    assert "b:白蛋" in index.context_terms("staging", i)


def test_idf_by_hand(index: Index, drugs: Source, staging: Source) -> None:
    total = len(drugs.passages) + len(staging.passages)
    holding = sum("造影剂" in p.text for p in (*drugs.passages, *staging.passages))
    assert holding == 1
    assert index.idf("b:造影") == pytest.approx(log(1 + (total - 0.5) / 1.5))
    assert index.idf("no such term") == pytest.approx(log(1 + (total + 0.5) / 0.5))


def test_passage_vectors_are_those_of_the_passages(index: Index, staging: Source, drugs: Source) -> None:
    vectors = index.passage_vectors
    assert vectors.shape == (len(drugs.passages) + len(staging.passages), index.manifest.dim)
    assert vectors.dtype == np.float32
    i = next(i for i, p in enumerate(staging.passages) if p.text.startswith("造影剂"))
    expected = index.embed([staging.passages[i].text])[0]
    np.testing.assert_allclose(vectors[index.passage_row("staging", i)], expected, atol=2e-3)
    with pytest.raises(ValueError, match="read-only"):
        vectors[0, 0] = 1


def test_an_open_index_outlives_a_new_build(index_copy: Path, drugs: Source) -> None:
    from index import build_index

    index = Index.open(index_copy)
    before = index.search("硼替佐米")
    build_index(index_copy, [], remove=["drugs"])
    assert index.search("硼替佐米") == before
    assert index.sources["drugs"] == drugs


def test_unknown_source(index: Index) -> None:
    with pytest.raises(KeyError):
        index.passage_terms("nope", 0)


def test_a_search_within_some_sources_finds_nothing_of_the_others(index: Index) -> None:
    everywhere = index.search("硼替佐米", k=50)
    chosen = {everywhere[-1].chunk.source_id}
    inside = index.search("硼替佐米", k=50, within=chosen)
    assert inside
    assert {hit.chunk.source_id for hit in inside} == chosen
    assert index.search("硼替佐米", within=()) == []


def test_a_reading_of_some_sources_is_as_if_they_were_alone(
    tmp_path: Path, drugs: Source, index: Index
) -> None:
    from index import build_index

    build_index(tmp_path / "alone", [drugs])
    alone, reading = Index.open(tmp_path / "alone"), index.reading(frozenset({"drugs"}))
    assert len(index.sources) > 1
    words = [term for i in range(len(drugs.passages)) for term in sorted(index.passage_terms("drugs", i))]
    assert [reading.idf(word) for word in words] == [alone.idf(word) for word in words]
    assert [reading.idf(word) for word in words] != [index.idf(word) for word in words]
    assert {hit.chunk.source_id for hit in reading.search("硼替佐米")} == {"drugs"}
    strange = next(
        term
        for id_, source in index.sources.items()
        for i in range(len(source.passages))
        for term in sorted(index.passage_terms(id_, i))
        if not alone.knows(term)
    )
    assert index.knows(strange)
    assert not reading.knows(strange)
    assert reading.knows(words[0])
    assert index.reading(frozenset(index.sources)) is index
