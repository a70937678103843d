"""Which concepts answer for which: a passage about one can answer a question about the other."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files

from ingest.errors import BadRegister
from ingest.terminology import default_terminology

# How much of a question's concept a related one covers.
STRENGTHS = {"same": 0.9, "close": 0.65, "broad": 0.4}


@cache
def _relations() -> dict[str, tuple[tuple[str, float], ...]]:
    text = (files("ingest") / "data" / "relations.tsv").read_text("utf-8")
    rows = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    known = default_terminology().concepts
    relations: dict[str, list[tuple[str, float]]] = {}
    for number, row in enumerate(rows, 2):
        concept, related, strength = row["concept"], row["related"], row["strength"]
        if concept not in known or related not in known or strength not in STRENGTHS:
            raise BadRegister(f"relations.tsv line {number}: {concept} / {related} / {strength} is unknown")
        relations.setdefault(concept, []).append((related, STRENGTHS[strength]))
    return {concept: tuple(found) for concept, found in relations.items()}


def related_concepts(concept: str) -> tuple[tuple[str, float], ...]:
    """(concept id, strength 0..1) of the concepts that can answer for ``concept``."""
    return _relations().get(concept, ())
