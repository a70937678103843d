"""An ``Answer`` as the stable JSON record that other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.types import Answer, Citation


def to_record(answer: Answer, id_: str = "", earlier: Sequence[Answer] = ()) -> dict[str, Any]:
    """The record of one answer; earlier turns of the conversation under ``"earlier"``."""
    record: dict[str, Any] = {
        "id": id_,
        "question": answer.question,
        "status": answer.status,
        "language": answer.language,
        "audience": answer.audience,
        "answer": answer.text,
        "sentences": [
            {"text": s.text, "citations": list(s.citations), "verified": s.verified} for s in answer.sentences
        ],
        "citations": [_citation(c) for c in answer.citations],
        "tool_calls": [
            {"name": t.name, "arguments": t.arguments, "result": t.result} for t in answer.tool_calls
        ],
        "notices": [{"kind": n.kind, "text": n.text} for n in answer.notices],
        "answerer": answer.answerer,
        "latency_ms": answer.latency_ms,
        "standalone_question": answer.standalone,
    }
    if answer.model:
        record["model"] = answer.model.to_record()
    if earlier:
        record["earlier"] = [to_record(a, id_) for a in earlier]
    return record


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "marker": citation.marker,
        "source_id": citation.source_id,
        "title": citation.title,
        "section_path": list(citation.section_path),
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "url": citation.url,
        "references": [{"text": r.text, "pmid": r.pmid, "doi": r.doi} for r in citation.references],
        "errata": [
            {"id": e.id, "says": e.says, "right": e.right, "evidence": e.evidence} for e in citation.errata
        ],
    }
