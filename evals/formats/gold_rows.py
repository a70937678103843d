"""Questions of other tools as rows of a gold file, for somebody to complete: promptfoo and BEIR."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from evals.formats import beir, promptfoo
from evals.formats.trec import place_of
from evals.gold.questions import BadGold


def gold_rows(path: Path) -> list[dict[str, Any]] | None:
    """Rows from a BEIR folder or a promptfoo configuration (JSON or YAML); None for any other file.

    Raises:
        BadGold: it looks like one of them and cannot be used.
    """
    if not path.is_dir() and path.suffix.lower() not in (".json", ".yaml", ".yml"):
        return None
    try:
        rows = _from_beir(path) if path.is_dir() else promptfoo.read(yaml.safe_load(path.read_text("utf-8")))
    except (AttributeError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        kind = "BEIR folder" if path.is_dir() else "promptfoo configuration"
        raise BadGold(f"{path}: is no {kind} ({type(error).__name__}: {error})") from error
    return [row | {"tags": ["draft"]} for row in rows]


def _from_beir(folder: Path) -> list[dict[str, Any]]:
    """A question a query; documents that are named ``source:start-end`` become spans, others are lost."""
    found = beir.read(folder)
    rows = []
    for id_, text in found.queries.items():
        relevant = [document for document, score in found.qrels.get(id_, {}).items() if score > 0]
        spans = [
            {"source_id": source, "start": start, "end": end, "quote": found.corpus.get(document, "")}
            for document in relevant
            for source, start, end in [place_of(document)]
            if source
        ]
        chinese = any("\u3400" <= c <= "\u9fff" for c in text)
        rows.append({
            "id": id_, "split": "dev", "question": text, "lang": "zh" if chinese else "en",
            "audience": "clinician", "kind": "fact", "status": ["answered", "partial"], "facts": [],
            "sections": [], "forbidden": [], "spans": spans, "source": folder.name,
        })  # fmt: skip
    return rows
