"""ragas ``SingleTurnSample`` and the older Hugging Face columns (question, answer or response, contexts)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.answers.sentences import said
from evals.answers.statuses import status_of
from evals.answers.stored import Quoted, Retrieved, StoredAnswer
from evals.formats.trec import place_of
from evals.gold.questions import GoldQuestion


def read(row: Mapping[str, Any]) -> StoredAnswer:
    """One sample; ``[n]`` in its response stands for the n-th of its contexts."""
    text = (row["response"] if "response" in row else row["answer"]) or ""
    sentences = said(text)
    contexts: Sequence[str] = row.get("retrieved_contexts") or row.get("contexts") or ()
    ids: Sequence[Any] = row.get("retrieved_context_ids") or ()
    retrieved = []
    for n, context in enumerate(contexts):
        place = place_of(ids[n]) if n < len(ids) else ("", -1, -1)
        retrieved.append(Retrieved(context, *place))
    used = {n for s in sentences for n in s.citations}
    cited = tuple(
        Quoted(n, r.text, r.source_id, r.start, r.end) for n, r in enumerate(retrieved, 1) if n in used
    )
    id_ = str(row.get("id") or row.get("question_id") or row.get("user_input") or row["question"])
    return StoredAnswer(id_, status_of(text, sentences), text, sentences, cited, retrieved=tuple(retrieved))


def write(question: GoldQuestion, answer: StoredAnswer) -> dict[str, object]:
    """One sample. Contexts are what was cited, then what else was retrieved, so that ``[n]`` keep meaning."""
    cited = {c.marker: Retrieved(c.quote, c.source_id, c.start, c.end) for c in answer.citations}
    ordered = [cited[n] for n in sorted(cited)]
    contexts = [*ordered, *(r for r in answer.retrieved if r not in ordered)]
    return {
        "id": question.id,
        "user_input": question.turns[-1],
        "response": answer.text,
        "retrieved_contexts": [r.text for r in contexts],
        "retrieved_context_ids": [f"{r.source_id}:{r.start}-{r.end}" for r in contexts],
        "reference": "; ".join(fact.note for fact in question.facts if fact.note),
        "reference_contexts": [span.quote for span in question.evidence],
        "reference_context_ids": [f"{s.source_id}:{s.start}-{s.end}" for s in question.evidence],
    }
