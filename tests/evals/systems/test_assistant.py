"""The assistant as a system under test."""

from __future__ import annotations

from pathlib import Path

from assistant import Assistant
from evals.systems.assistant import AssistantUnderTest
from index import Index
from tests.evals.asked import run


def test_the_assistant_is_a_system(memo: Index, suite: Path, tmp_path: Path) -> None:
    reported = run(AssistantUnderTest(Assistant(memo)), suite, tmp_path / "run")
    whole = reported.results.slices[0].cells
    for name in ("nuggets_vital", "citation_recall", "citations_real"):
        assert whole[name].mean.value == 1.0, name
    assert whole["section_cited"].mean.n == 2
