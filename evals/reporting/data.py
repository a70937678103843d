"""The report as JSON and CSV. The same bytes for the same answers; latencies are left out of neither."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict

from evals.metrics.register import metrics
from evals.results.by_slice import Results
from evals.results.verdicts import Judged
from evals.runs.directory import Manifest


def as_json(manifest: Manifest, found: Results, judged: Sequence[Judged]) -> str:
    """Everything: the manifest, every number, every verdict."""
    data = {
        "manifest": {
            "system": manifest.system,
            "described": dict(manifest.described),
            "gold": dict(manifest.gold),
            "split": manifest.split,
            "version": manifest.version,
        },
        "results": asdict(found),
        "items": [_item(j) for j in judged],
    }
    return json.dumps(_rounded(data), ensure_ascii=False, indent=1) + "\n"


def _item(j: Judged) -> dict[str, object]:
    return {
        "id": j.question.id,
        "pair": j.question.pair,
        "turns": list(j.question.turns),
        "status": j.answer.status,
        "error": j.answer.error,
        "answer": j.answer.text,
        "scores": dict(j.scores),
        "reasons": dict(j.reasons),
        "nuggets": [asdict(n) for n in j.nuggets],
        "sentences": [asdict(s) for s in j.sentences],
        "milliseconds": j.milliseconds,
    }


def _rounded(value: object) -> object:
    """Floats to six places, so that the last bit of a sum does not matter."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(v) for key, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, list | tuple) else value


def as_csv(judged: Sequence[Judged]) -> str:
    """One line a question, one column a measure; empty where a measure does not apply."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [name for name in metrics() if any(name in j.scores for j in judged)]
    writer.writerow(["id", "pair", "language", "audience", "kind", "status", "error", "milliseconds", *names])
    for j in judged:
        q = j.question
        scores = [round(j.scores[name], 6) if name in j.scores else "" for name in names]
        ms = "" if j.milliseconds is None else j.milliseconds
        about = [q.id, q.pair, q.language, q.audience, q.kind, j.answer.status]
        writer.writerow([*about, _plain(j.answer.error), ms, *scores])
    return out.getvalue()


def _plain(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
