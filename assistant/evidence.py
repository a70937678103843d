"""Passages weighed against a question.

Chunks are retrieved first; then each of their passages is scored by what it covers of the
question. Coverage is interpretable: it names the units that a passage speaks of and those that it
leaves open, which is what abstention needs to know.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.question import NOUN, Question, Unit, suits
from index import Index
from index.analysis import terms
from ingest.types import Passage, Source

CHUNKS = 24  # chunks whose passages are weighed
_CONTEXT = 0.72  # a unit found only in headings, lead-in or table header counts this much
_NOUN_WEIGHT, _WORD_WEIGHT = 0.8, 0.4  # plain words against concepts: they are often incidental
_GENERAL_WEIGHT = 0.75
_PARTIAL = 0.6  # a Chinese word of which only some bigrams occur
_OTHER_CLAUSE = 0.35  # units of other clauses are context for the clause that asks
_INHERITED = 0.8  # … unless the asking clause names nothing itself ("how is it prevented?")
_OVERLAP, _SIMILARITY, _HIT = 0.25, 0.2, 0.1  # bigrams shared, vectors, rank of the chunk
_SUITS, _SHOWS = 0.12, 0.25  # looks like an answer of the form, or shows the attribute asked
_OPENS = 0.06  # the passage begins with something that the question names
_OPENING = 14
_NEIGHBOUR = 0.22  # share of a neighbouring sentence's score that spills over
_GENERAL = frozenset({"general", "time", "comparison", "frequency", "section"})


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage with its score (0..about 1.8, higher is better) for one facet of the question.

    ``coverage`` is the weighted share (0..1) of the question's units, ``covered`` the share per
    unit in the order of ``Question.units``, ``shows`` the names of asked attributes it shows.
    """

    source: Source
    position: int
    score: float
    coverage: float
    covered: tuple[float, ...]
    shows: frozenset[str]

    @property
    def passage(self) -> Passage:
        return self.source.passages[self.position]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Weighed passages, best first, per facet of the question; ``weights`` are those of its units."""

    question: Question
    facets: tuple[tuple[Scored, ...], ...]
    weights: tuple[float, ...]

    @property
    def ranked(self) -> tuple[Scored, ...]:
        """Every passage once, by its best score over the facets."""
        best: dict[tuple[str, int], Scored] = {}
        for facet in self.facets:
            for scored in facet:
                key = (scored.source.id, scored.position)
                if key not in best or scored.score > best[key].score:
                    best[key] = scored
        return tuple(sorted(best.values(), key=_order))


def _order(scored: Scored) -> tuple[float, str, int]:
    return (-scored.score, scored.source.id, scored.position)


def weigh(index: Index, question: Question) -> Evidence:
    """Retrieve chunks for a question and weigh their passages, once per facet."""
    hits = index.search(question.text, k=CHUNKS)
    weights = tuple(_weight(index, unit) for unit in question.units)
    vector = index.embed([question.text])[0]
    best_hit = max((hit.score for hit in hits), default=1.0) or 1.0
    passages = [
        _Weighed(index, question, vector, index.sources[hit.chunk.source_id], position, hit.score / best_hit)
        for hit in hits
        for position in range(hit.chunk.first, hit.chunk.last + 1)
    ]
    facets = []
    for facet in question.facets or (0,):
        scored = [p.scored(_facet_weights(question, weights, facet)) for p in passages]
        facets.append(tuple(sorted(_with_neighbours(scored), key=_order)))
    return Evidence(question, tuple(facets), weights)


def _weight(index: Index, unit: Unit) -> float:
    idf = max((index.idf(term) for term in unit.terms if not term.startswith("b:")), default=1.0)
    if not unit.is_concept:
        return idf * (_NOUN_WEIGHT if unit.category == NOUN else _WORD_WEIGHT)
    return idf * (_GENERAL_WEIGHT if unit.category in _GENERAL else 1.0)


def _facet_weights(question: Question, weights: tuple[float, ...], facet: int) -> tuple[float, ...]:
    if len({u.clause for u in question.units}) <= 1:
        return weights
    named = any(u.clause == facet and u.is_concept and u.category not in _GENERAL for u in question.units)
    share = _OTHER_CLAUSE if named else _INHERITED
    return tuple(
        w * (1.0 if u.clause == facet else share) for u, w in zip(question.units, weights, strict=True)
    )


class _Weighed:
    """What is the same for every facet of one passage."""

    def __init__(
        self,
        index: Index,
        question: Question,
        vector: NDArray[np.float32],
        source: Source,
        position: int,
        hit: float,
    ) -> None:
        self.source, self.position = source, position
        own = index.passage_terms(source.id, position)
        context = index.context_terms(source.id, position)
        self.covered = tuple(_covered(unit, own, context) for unit in question.units)
        passage = source.passages[position]
        bigrams = [t for t in question.terms if t.startswith("b:")]
        total = sum(index.idf(t) for t in bigrams) or 1.0
        overlap = sum(index.idf(t) for t in bigrams if t in own) / total
        opening = terms(passage.text[:_OPENING])
        similarity = max(float(index.passage_vectors[index.passage_row(source.id, position)] @ vector), 0.0)
        self.shows = frozenset(a.name for a in question.attributes if a.shown_in(passage.text))
        self.base = (
            _OVERLAP * overlap
            + _SIMILARITY * similarity
            + _HIT * hit
            + _SUITS * suits(passage.text, question.forms)
            + _kind_bonus(passage)
        )
        if question.attributes:
            self.base += _SHOWS * len(self.shows) / len(question.attributes)
        if any(f"c:{m.concept}" in opening for m in question.mentions):
            self.base += _OPENS

    def scored(self, weights: tuple[float, ...]) -> Scored:
        total = sum(weights)
        coverage = sum(w * c for w, c in zip(weights, self.covered, strict=True)) / total if total else 0.0
        return Scored(
            self.source, self.position, coverage + self.base, coverage, self.covered, self.shows
        )


def _kind_bonus(passage: Passage) -> float:
    if passage.kind in ("meta", "caption"):
        return -0.3
    if passage.kind == "footnote":
        return -0.1
    return -0.15 if len(passage.text) < 8 else 0.0


def _covered(unit: Unit, own: frozenset[str], context: frozenset[str]) -> float:
    exact = {t for t in unit.terms if not t.startswith("b:")}
    if exact & own:
        return 1.0
    if exact & context:
        return _CONTEXT
    bigrams = unit.terms - exact
    if not unit.is_concept and bigrams:
        share = len(bigrams & own) / len(bigrams)
        return _PARTIAL * share if share >= 0.5 else 0.0
    return 0.0


def _with_neighbours(scored: list[Scored]) -> list[Scored]:
    """Sentences of one paragraph support each other: what follows the answer often completes it."""
    at = {(s.source.id, s.position): s for s in scored}
    result = []
    for s in scored:
        beside = [
            n.score
            for step in (-1, 1)
            if (n := at.get((s.source.id, s.position + step))) is not None
            and n.passage.group == s.passage.group
            and n.passage.kind == "sentence"
        ]
        spill = _NEIGHBOUR * max(beside, default=0.0) if s.passage.kind == "sentence" else 0.0
        result.append(replace(s, score=s.score + spill))
    return result
