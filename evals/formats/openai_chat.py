"""OpenAI chat JSONL: ``{"messages": [{"role", "content"}, …]}``, the last one the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.answers.sentences import said
from evals.answers.statuses import status_of
from evals.answers.stored import StoredAnswer
from evals.gold.questions import GoldQuestion


def read(row: Mapping[str, Any]) -> StoredAnswer:
    """One conversation; without an ``id`` (or ``metadata.id``) its last question stands for it."""
    messages = row["messages"]
    if not messages or messages[-1]["role"] != "assistant":
        raise ValueError("the last message is not the assistant's")
    asked = next((m["content"] for m in reversed(messages[:-1]) if m["role"] == "user"), "")
    id_ = str(row.get("id") or (row.get("metadata") or {}).get("id") or asked)
    text = str(messages[-1]["content"] or "")
    sentences = said(text)
    return StoredAnswer(id_, status_of(text, sentences), text, sentences)


def write(question: GoldQuestion, answer: StoredAnswer) -> dict[str, object]:
    """One conversation; what was answered to earlier turns is not kept and left out."""
    messages = [{"role": "user", "content": turn} for turn in question.turns]
    messages.append({"role": "assistant", "content": answer.text})
    return {"id": question.id, "messages": messages}
