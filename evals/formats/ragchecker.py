"""RAGChecker: ``{"results": [{query_id, query, gt_answer, response, retrieved_context}]}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.answers.stored import StoredAnswer
from evals.formats import ragas
from evals.gold.questions import GoldQuestion


def read(row: Mapping[str, Any]) -> StoredAnswer:
    """One result."""
    contexts = row.get("retrieved_context") or ()
    return ragas.read({
        "id": row["query_id"],
        "user_input": row["query"],
        "response": row["response"],
        "retrieved_contexts": [c["text"] for c in contexts],
        "retrieved_context_ids": [c["doc_id"] for c in contexts],
    })  # fmt: skip


def write(question: GoldQuestion, answer: StoredAnswer) -> dict[str, object]:
    """One result; put them under ``"results"``. The gold answer is the list of its nuggets."""
    sample: dict[str, Any] = ragas.write(question, answer)
    contexts = zip(sample["retrieved_context_ids"], sample["retrieved_contexts"], strict=True)
    return {
        "query_id": question.id,
        "query": sample["user_input"],
        "gt_answer": sample["reference"],
        "response": answer.text,
        "retrieved_context": [{"doc_id": id_, "text": text} for id_, text in contexts],
    }
