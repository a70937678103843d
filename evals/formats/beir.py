"""BEIR: ``corpus.jsonl``, ``queries.jsonl``, ``qrels/test.tsv``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.formats.trec import document_id
from evals.gold.corpus import Corpus
from evals.gold.questions import GoldQuestion


@dataclass(frozen=True, slots=True)
class Beir:
    """A test set: texts and questions by id, relevance by question and document."""

    corpus: dict[str, str]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


def write(folder: Path, questions: Sequence[GoldQuestion], corpus: Corpus) -> None:
    """Every passage of the corpus is a document; those that gold names are relevant."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    documents = [
        {"_id": document_id(d.id, p.start, p.end), "title": d.title, "text": d.text[p.start : p.end]}
        for d in corpus.values()
        for p in d.places
    ]
    asked = [q for q in questions if q.evidence]
    queries = [{"_id": q.id, "text": " ".join(q.turns)} for q in asked]
    for name, rows in (("corpus", documents), ("queries", queries)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, "utf-8")
    relevant = "".join(
        f"{q.id}\t{document_id(s.source_id, s.start, s.end)}\t1\n" for q in asked for s in q.evidence
    )
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{relevant}", "utf-8")


def read(folder: Path) -> Beir:
    """A test set in this layout.

    Raises:
        OSError, ValueError, KeyError: a file is missing or not of the format.
    """
    corpus = {row["_id"]: row["text"] for row in _rows(folder / "corpus.jsonl")}
    queries = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    qrels: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, score = line.split("\t")
        qrels.setdefault(query, {})[document] = int(score)
    return Beir(corpus, queries, qrels)


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
