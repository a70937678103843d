"""The two halves of the terminology as the verifier needs them.

The clinical table names things: its concepts are equal or they are not. The table of general words
puts near and even opposite words together (阴性 with 假阴性), which is right for a search and wrong
for a verdict, so it only helps to recognise a translation.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from ingest.folding import folded_text
from ingest.terminology import Terminology, default_terminology, parse_terminology


@cache
def clinical() -> Terminology:
    """Concepts of the clinical table."""
    table = parse_terminology((files("ingest") / "data" / "terminology.tsv").read_text("utf-8"))
    return default_terminology().part({concept.id for concept in table})


@cache
def general() -> Terminology:
    """Concepts of the table of general words."""
    known = clinical().concepts
    return default_terminology().part(default_terminology().concepts.keys() - known.keys())


@cache
def namesakes() -> dict[str, frozenset[str]]:
    """Concepts that share a written form (激素片 is two drugs): folded form → concept ids."""
    shared: dict[str, set[str]] = {}
    for concept in clinical().concepts.values():
        for form in concept.forms:
            shared.setdefault(folded_text(form), set()).add(concept.id)
    return {form: frozenset(ids) for form, ids in shared.items()}


@cache
def chromosome_arms(concept: str) -> frozenset[str]:
    """Arms ("17p") in the forms of a cytogenetic concept."""
    forms = " ".join(clinical().concepts[concept].forms).lower()
    return frozenset(re.findall(r"(?<!\d)\d{1,2}[pq]", forms))
