"""Spans are found where the text says what gold asks for."""

from __future__ import annotations

from evals.gold.corpus import corpus_of
from evals.gold.questions import load_gold
from evals.gold.spans import spans_of
from index import Index
from tests.evals.conftest import Write, fact, row


def test_spans_are_found_by_pattern_and_section(memo: Index, write: Write) -> None:
    [question] = load_gold(write([row("q", "多久？", facts=[fact("每月")], sections=[["支持治疗"]])]))
    [[span]] = spans_of(question, list(memo.sources.values()))
    assert span.quote == "唑来膦酸用于溶骨性病变，每月一次。"
    assert corpus_of(memo.sources.values())["memo"].text[span.start : span.end] == span.quote
