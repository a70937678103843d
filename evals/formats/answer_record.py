"""The answer record of ``myeloma answer`` and ``myeloma ask --json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.answers.sentences import said
from evals.answers.statuses import status_of
from evals.answers.stored import Quoted, Said, Staged, StoredAnswer
from evals.gold.corpus import shipped_corpus


def read(row: Mapping[str, Any]) -> StoredAnswer:
    """One line. ``status`` and ``sentences`` may be missing: they are told from the text."""
    text = row["answer"]
    sentences = tuple(Said(s["text"], tuple(s["citations"])) for s in row.get("sentences", ()))
    return StoredAnswer(
        id=str(row["id"]),
        status=row.get("status") or status_of(text, sentences or said(text)),
        text=text,
        sentences=sentences,
        citations=tuple(_citation(c) for c in row.get("citations", ())),
        notices=tuple(n["text"] for n in row.get("notices", ())),
        staged=tuple(
            Staged(t["result"]["system"], t["result"]["stage"] or "", tuple(t["result"]["possible"]))
            for t in row.get("tool_calls", ())
            if "possible" in t["result"]
        ),
        confidence=row.get("confidence"),
    )


def write(answer: StoredAnswer) -> dict[str, object]:
    """The record of an answer, as far as the suite keeps it."""
    return {
        "id": answer.id,
        "status": answer.status,
        "answer": answer.text,
        "sentences": [{"text": s.text, "citations": list(s.citations)} for s in answer.sentences],
        "citations": [
            {"marker": c.marker, "source_id": c.source_id, "start": c.start, "end": c.end, "quote": c.quote,
             "section_path": list(c.section_path)}
            for c in answer.citations
        ],
        "notices": [{"kind": "", "text": text} for text in answer.notices],
        "tool_calls": [
            {"name": "", "arguments": {}, "result": {
                "system": s.system, "stage": s.stage or None, "possible": list(s.possible)}}
            for s in answer.staged
        ],
        "confidence": answer.confidence,
    }  # fmt: skip


def _citation(row: Mapping[str, Any]) -> Quoted:
    id_, start = row.get("source_id", ""), row.get("start", -1)
    document = shipped_corpus().get(id_) if id_.startswith("monograph/") else None
    place = document.place(start) if document else None
    return Quoted(
        row["marker"], row["quote"], id_, start, row.get("end", -1), tuple(row.get("section_path", ())),
        place.context if place else "\n".join(row.get("section_path", ())),
    )  # fmt: skip
