"""A plain pipeline as a system under test."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.gold.corpus import corpus_of
from index import Index
from tests.evals.asked import run


@pytest.mark.filterwarnings("ignore")
def test_a_plain_pipeline_cites_its_chunks(memo: Index, suite: Path, tmp_path: Path) -> None:
    for name in ("langchain_community", "langchain_text_splitters", "rank_bm25"):
        pytest.importorskip(name)
    from evals.systems.langchain_chunks import ChunksUnderTest

    system = ChunksUnderTest("langchain-bm25", memo, corpus_of(memo.sources.values()))
    reported = run(system, suite, tmp_path / "run")
    whole = reported.results.slices[0]
    assert (whole.failed, whole.abstained) == (0, 0)  # it never abstains
    assert whole.cells["recognised"].mean.value == 0.0
    assert whole.cells["citations_real"].mean.value == 1.0
