"""A first draft of gold for somebody's own document, for them to edit: ``myeloma eval init``.

From each section the most telling passages are taken: list, table, number, definition. The question is a
stub in plain words about the section; the fact is what the passage says, its pattern the number or name in
it that hardly any other passage has. It is a draft: every question is marked ``draft`` until a person has
rewritten it in a user's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from evals.gold.matching import normalise
from ingest.terminology import default_terminology
from ingest.types import Passage, Source

_PER_SECTION = 2
_ELSEWHERE = 2  # further passages that may have the pattern of a fact
_NUMBER = re.compile(r"\d+(?:\.\d+)?\s*(?:%|[A-Za-zμ/]+|个月|年|天|岁|例)?")
_ASKING = {
    "zh": {"list": "{title}包括哪些？", "row": "{title}：表里是怎么写的？", "number": "{title}的数字是多少？",
           "fact": "关于{title}，资料怎么说？"},
    "en": {"list": "What belongs to {title}?", "row": "What does the table on {title} say?",
           "number": "What is the figure for {title}?", "fact": "What does the text say about {title}?"},
}  # fmt: skip
_NOT_THERE = {
    "zh": "请在这里写一个这份资料没有回答的问题（尽量像真的）",
    "en": "Write a question here that this document does not answer (as real as you can)",
}


def draft(source: Source, date: str) -> Iterator[dict[str, Any]]:
    """Rows of a gold file: about two questions a section, then five that the document does not answer."""
    language = "en" if source.language == "en" else "zh"
    texts = [normalise(p.text) for p in source.passages]
    taken: dict[int, int] = {}
    number = 0
    for passage in source.passages:
        kind = _kind(passage)
        pattern = _pattern(passage.text, texts)
        if not kind or not pattern or taken.get(passage.section, 0) >= _PER_SECTION:
            continue
        taken[passage.section] = taken.get(passage.section, 0) + 1
        number += 1
        title = (passage.topic or source.sections[passage.section].title).strip("（）()")
        span = {"source_id": source.id, "start": passage.start, "end": passage.end, "quote": passage.text}
        fact = {"any": [pattern], "importance": "vital", "note": passage.text[:60], "spans": [span]}
        yield _row(
            f"{source.id}-{number:03}", _ASKING[language][kind].format(title=title),
            language, source.id, date,
            kind="table" if kind == "row" else kind, status=["answered", "partial"], facts=[fact],
            sections=[list(source.path_of(passage))],
        )  # fmt: skip
    for n in range(1, 6):
        yield _row(
            f"{source.id}-un-{n}", _NOT_THERE[language], language, source.id, date,
            kind="unanswerable", status=["not_in_source"], facts=[], sections=[],
        )  # fmt: skip


def _row(id_: str, question: str, language: str, source: str, date: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": id_, "split": "dev", "question": question, "lang": language, "audience": "clinician", **fields,
        "forbidden": [], "source": source, "tags": ["draft"],
        "provenance": {"author": "drafted by myeloma eval init, to be rewritten", "date": date},
    }  # fmt: skip


def _kind(passage: Passage) -> str:
    if passage.kind in ("item", "row"):
        return "list" if passage.kind == "item" else "row"
    if passage.kind != "sentence" or passage.text.rstrip().endswith(("：", ":")):
        return ""
    return "number" if _NUMBER.search(passage.text) else "fact"


def _pattern(text: str, texts: Sequence[str]) -> str:
    """The number with its unit, else the name, that fewest passages have; "" where too many do."""
    numbers = [match[0].strip() for match in _NUMBER.finditer(text)]
    names = [text[m.start : m.end] for m in default_terminology().mentions(text)]
    for words in (numbers, names):
        rated = [(sum(normalise(w) in t for t in texts), -len(w), w) for w in words if len(w) > 1]
        if rated and min(rated)[0] <= 1 + _ELSEWHERE:
            return re.escape(min(rated)[2]).replace(r"\ ", r"\s?")
    return ""
