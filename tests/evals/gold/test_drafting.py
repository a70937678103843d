"""A draft from a document of somebody's own is gold."""

from __future__ import annotations

from evals.gold.corpus import corpus_of
from evals.gold.drafting import draft
from evals.gold.questions import load_gold
from evals.gold.validation import complaints
from index import Index
from tests.evals.conftest import Write


def test_a_draft_is_gold(memo: Index, write: Write) -> None:
    rows = list(draft(memo.sources["memo"], "2026-11-23"))
    questions = load_gold(write(list(rows)))
    assert all("draft" in q.tags for q in questions)
    assert sum(q.refusal_is_right for q in questions) == 5
    corpus = corpus_of(memo.sources.values())
    assert [c.says for c in complaints(questions, corpus)] == []
    # What a fact is found by stands in its own passage and in hardly another one.
    passages = [p.text for p in memo.sources["memo"].passages]
    for question in questions:
        for fact in question.facts:
            [pattern] = fact.patterns
            assert len(pattern.pattern) > 1
            assert sum(bool(pattern.search(text)) for text in passages) <= 3
