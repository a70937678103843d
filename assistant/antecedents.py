"""What a passage that points back ("these treatments can …") speaks of besides its own words."""

from __future__ import annotations

import re

from index import Index
from ingest.types import Source

_POINTS_BACK = re.compile(
    r"^.{0,6}?(?:这[些种类](?!疾病|患者)|上述)|这种(?:并发症|情况|风险|副作用|不良反应|反应|治疗|方法|药)"
    r"|^(?:其(?!他|余|中|实)|该(?!不)|它们?|因此|否则)"
    r"|^(?:(?:although|but|while|however),? )?(?:these|this|such|they|it|its|their|therefore)\b"
    r"|\bthis (?:complication|risk|side effect|reaction|treatment|drug)\b",
    re.IGNORECASE,
)


def antecedent_terms(index: Index, source: Source, position: int) -> frozenset[str]:
    """The concepts, as index terms, of the passage that passage ``position`` of ``source`` points back to:
    the one before it in its section, a list as a whole; none where it does not point back."""
    passages = source.passages
    passage = passages[position]
    before = position - 1
    if before < 0 or passages[before].section != passage.section or not _POINTS_BACK.search(passage.text):
        return frozenset()
    positions = [before]
    while positions[-1] > 0 and _same_list(source, positions[-1] - 1, before):
        positions.append(positions[-1] - 1)
    found = frozenset[str]().union(*(index.passage_terms(source.id, i) for i in positions))
    if passages[before].kind == "item":
        found |= index.context_terms(source.id, before)
    return frozenset(term for term in found if term.startswith("c:"))


def _same_list(source: Source, position: int, item: int) -> bool:
    passage, last = source.passages[position], source.passages[item]
    return passage.kind == last.kind == "item" and passage.group == last.group
