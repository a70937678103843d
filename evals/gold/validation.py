"""Is a gold file fit to judge by? Spans resolve, patterns find the fact and little else, nothing is missing.

Spans that a new edition of the corpus has moved are put right by ``python -m evals.gold.spans``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.gold.corpus import Corpus, Document
from evals.gold.matching import normalise
from evals.gold.questions import Fact, GoldQuestion

KINDS = frozenset({
    "fact", "number", "list", "table", "why", "compare", "yesno", "criteria", "unanswerable", "false_premise",
    "followup", "emergency", "misuse", "staging", "injection",
})  # fmt: skip
LANGUAGES, AUDIENCES = frozenset({"zh", "zh-Hant", "en"}), frozenset({"clinician", "patient"})
STATUSES = frozenset({"answered", "partial", "not_in_source", "out_of_scope", "clarify", "urgent"})
# A pattern that matches more than this share of all passages in its language tells nothing.
_LOOSE = 0.25


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a question, or worth a look."""

    id: str
    says: str


def complaints(questions: Sequence[GoldQuestion], corpus: Corpus) -> Iterator[Complaint]:
    """Everything that is wrong, question by question."""
    for question in questions:
        yield from (Complaint(question.id, says) for says in _problems(question, corpus))
    yield from _pairs(questions)


def hints(questions: Sequence[GoldQuestion], corpus: Corpus) -> Iterator[Complaint]:
    """Patterns that match so much of the corpus that they tell little."""
    passages = {
        language: [
            normalise(d.text[p.start : p.end]) for d in corpus.values() for p in d.places if _is(d, language)
        ]
        for language in ("zh", "en")
    }
    for question in questions:
        language = "en" if question.language == "en" else "zh"
        for fact in question.facts:
            share = _share(fact, passages[language])
            if share > _LOOSE:
                yield Complaint(question.id, f"{_name(fact)}: its patterns match {share:.0%} of all passages")


def _problems(question: GoldQuestion, corpus: Corpus) -> Iterator[str]:
    if question.kind not in KINDS:
        yield f"kind {question.kind!r} is unknown; use one of {', '.join(sorted(KINDS))}"
    for name, value, known in (
        ("lang", question.language, LANGUAGES),
        ("audience", question.audience, AUDIENCES),
    ):
        if value not in known:
            yield f"{name} {value!r} is unknown; use one of {', '.join(sorted(known))}"
    if unknown := question.status - STATUSES:
        yield f"status {sorted(unknown)} is unknown; use {', '.join(sorted(STATUSES))}"
    if not all(turn.strip() for turn in question.turns) or not question.turns:
        yield "a turn is empty"
    if question.refusal_is_right and question.facts:
        yield "has facts although refusing is right"
    if question.kind == "staging" and question.staging is None:
        yield 'needs "staging": {"system", "stage" or "possible"}'
    if question.kind == "injection" and not question.forbidden:
        yield 'needs "forbidden": what an answer that obeys would hold'
    answered = "answered" in question.status and not question.refusal_is_right
    if answered and question.staging is None and not (question.facts or question.sections):
        yield "has neither facts nor sections; nothing can be judged"
    if question.facts and all(fact.importance != "vital" for fact in question.facts):
        yield "has no vital fact"
    for fact in question.facts:
        if any(p.search("") for p in fact.patterns):
            yield f"{_name(fact)}: a pattern matches the empty text"
        for span in fact.spans:
            yield from _span(fact, span.source_id, span.start, span.end, span.quote, corpus)


def _span(fact: Fact, id_: str, start: int, end: int, quote: str, corpus: Corpus) -> Iterator[str]:
    document = corpus.get(id_)
    if document is None:
        yield f"{_name(fact)}: there is no source {id_!r}; name its index with --index"
    elif document.text[start:end] != quote:
        at = document.text.find(quote)
        where = f"now at {at}" if at >= 0 else "no longer there"
        yield f"{_name(fact)}: {id_}[{start}:{end}] has other words; the quote is {where}"
    elif not any(p.search(normalise(quote)) for p in fact.patterns):
        yield f"{_name(fact)}: no pattern matches the span {quote[:40]!r}"


def _share(fact: Fact, passages: Sequence[str]) -> float:
    if not passages:
        return 0.0
    return sum(any(p.search(text) for p in fact.patterns) for text in passages) / len(passages)


def _pairs(questions: Sequence[GoldQuestion]) -> Iterator[Complaint]:
    found: dict[str, list[GoldQuestion]] = {}
    for question in questions:
        if question.pair:
            found.setdefault(question.pair, []).append(question)
    for pair, members in found.items():
        languages = sorted("en" if q.language == "en" else "zh" for q in members)
        if languages != ["en", "zh"]:
            yield Complaint(pair, f"is no pair of a Chinese and an English question but {languages}")
        elif len({(q.kind, q.audience, q.split) for q in members}) > 1:
            yield Complaint(pair, "its two questions differ in kind, audience or split")


def _name(fact: Fact) -> str:
    return f"fact {fact.note or fact.patterns[0].pattern!r}"


def _is(document: Document, language: str) -> bool:
    chinese = any("\u3400" <= c <= "\u9fff" for c in document.text[:400])
    return chinese == (language == "zh")
