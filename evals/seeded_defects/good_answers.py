"""Answers that are right by construction: the spans that gold names, told in several faithful ways.

They are not chosen by any check, so what the checks find in them is a false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.verification.vocabulary import clinical
from evals.answers.sentences import said
from evals.answers.stored import Quoted, StoredAnswer
from evals.gold.corpus import Corpus
from evals.gold.matching import MAX_CHINESE, MAX_ENGLISH
from evals.gold.questions import GoldQuestion, Span

_MARK = re.compile(r"\s*[（(]\d{1,2}(?:\s*[,，]\s*\d{1,2})*[)）]")
_NAMED = ("drug", "test", "complication", "procedure")
WAYS = ("verbatim", "reordered", "typography", "synonym")


def good_answers(questions: Sequence[GoldQuestion], corpus: Corpus) -> Iterator[tuple[str, StoredAnswer]]:
    """(way, answer) for every question whose facts all have spans and fit into what is read."""
    for question in questions:
        spans = _shortest(question)
        limit = MAX_ENGLISH if question.language == "en" else MAX_CHINESE
        if not spans or sum(len(s.quote) for s in spans) > 0.8 * limit:
            continue
        for way in WAYS:
            order = tuple(reversed(spans)) if way == "reordered" else spans
            answer = answer_of(question.id, order, corpus, way)
            # A span that only introduces a list states nothing.
            if answer.text.count("\n") + 1 == len(order):
                yield way, answer


def _shortest(question: GoldQuestion) -> tuple[Span, ...]:
    """The shortest span of each fact, each once; () where a fact has none."""
    chosen = [min(fact.spans, key=lambda s: len(s.quote)) for fact in question.facts if fact.spans]
    return tuple(dict.fromkeys(chosen)) if chosen and len(chosen) == len(question.facts) else ()


def answer_of(id_: str, spans: Sequence[Span], corpus: Corpus, way: str = "verbatim") -> StoredAnswer:
    """The spans as an answer: each sentence of each with its marker."""
    lines, citations = [], []
    for number, span in enumerate(spans, 1):
        document = corpus[span.source_id]
        place = document.place(span.start)
        context = place.context if place else ""
        citations.append(Quoted(number, span.quote, span.source_id, span.start, span.end, (), context))
        told = _told(_MARK.sub("", span.quote), way)
        lines.append(" ".join(f"{s.text}[{number}]" for s in said(told)))
    return StoredAnswer(
        id_, "answered", "\n".join(f"- {line}" for line in lines if line), (), tuple(citations)
    )


def _told(text: str, way: str) -> str:
    if way == "typography":
        swapped = text.translate(str.maketrans("（），～；", "(),~;"))
        return re.sub(r"(?<=\d) (?=(?:mg|g|mmol|μmol|mm)\b)", "", swapped)
    return _renamed(text) if way == "synonym" else text


def _renamed(text: str) -> str:
    """The text with its first named thing under another of its names."""
    for mention in clinical().mentions(text):
        concept = clinical().concepts[mention.concept]
        written = text[mention.start : mention.end]
        if concept.category not in _NAMED or written not in (concept.zh, concept.en):
            continue
        forms = concept.zh_forms if written == concept.zh else concept.en_forms
        other = next((f for f in forms if f.lower() != written.lower() and len(f) > 3), "")
        if other:
            return text[: mention.start] + other + text[mention.end :]
    return text
