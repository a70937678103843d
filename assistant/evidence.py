"""Passages weighed against a question.

Chunks are retrieved first; then each of their passages is scored by what it covers of the
question. Coverage is interpretable: it names the units that a passage speaks of and those that it
leaves open, which is what abstention needs to know.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.antecedents import antecedent_terms
from assistant.editions import readable
from assistant.place import Asked, kind_bonus, place_bonus
from assistant.question import Question
from assistant.question_forms import suits
from assistant.ranking import ranking
from assistant.types import Audience
from assistant.unit_weights import facet_weights, share_covered, unit_weight
from assistant.wordings import Wording, likeness_of, wordings_of
from index import Index
from ingest.types import Passage, Source

CHUNKS = 24  # chunks whose passages are weighed


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage with its score (higher is better, no fixed range) for one facet of the question.

    ``coverage`` is the weighted share (0..1) of the question's units, ``covered`` the share per
    unit in the order of ``Question.units``, ``shows`` the names of asked attributes it shows,
    ``cosine`` (0..1) that of its vector and the question's, ``likeness`` (about −1..1, 0 where there is
    no sentence model) how like the question the sentence model finds it.
    """

    source: Source
    position: int
    score: float
    coverage: float
    covered: tuple[float, ...]
    shows: frozenset[str]
    cosine: float = 0.0
    likeness: float = 0.0

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


def weigh(index: Index, question: Question, audience: Audience = "clinician") -> Evidence:
    """Retrieve chunks for a question and weigh their passages, once per facet.

    Of a work in several editions the one for ``audience`` is read.
    """
    facets = question.facets or (0,)
    read = readable(index.sources.values(), question.language, audience)
    index = index.reading(read)
    whole, wordings = wordings_of(index, question, facets)
    likeness = likeness_of(index, question, facets)
    alike = None if likeness is None else likeness[0]
    foreign = all(index.sources[id_].language != question.language for id_ in read)
    hits = index.search(question.text, k=CHUNKS, vector=whole, likeness=alike, foreign=foreign)
    weights = tuple(unit_weight(index, unit, foreign) for unit in question.units)
    best_hit = max((hit.score for hit in hits), default=1.0) or 1.0
    asked = Asked.of(question)
    passages = [
        _Weighed(index, asked, index.sources[hit.chunk.source_id], position, hit.score / best_hit)
        for hit in hits
        for position in range(hit.chunk.first, hit.chunk.last + 1)
        if index.sources[hit.chunk.source_id].passages[position].kind != "question"
    ]
    ranked = []
    for i, (facet, wording) in enumerate(zip(facets, wordings, strict=True)):
        shares = facet_weights(question, weights, facet)
        like = None if likeness is None else likeness[i + 1]
        scored = [p.scored(shares, wording, 0.0 if like is None else float(like[p.row])) for p in passages]
        ranked.append(tuple(sorted(_with_neighbours(scored), key=_order)))
    return Evidence(question, tuple(ranked), weights)


class _Weighed:
    """What is the same for every facet of one passage."""

    def __init__(
        self,
        index: Index,
        asked: Asked,
        source: Source,
        position: int,
        hit: float,
    ) -> None:
        question = asked.question
        self.source, self.position = source, position
        own = index.passage_terms(source.id, position)
        context = index.context_terms(source.id, position) | antecedent_terms(index, source, position)
        self.covered = tuple(share_covered(unit, own, context) for unit in question.units)
        passage = source.passages[position]
        self.terms = own
        self.row = index.passage_row(source.id, position)
        self.vector = index.passage_vectors[self.row]
        self.shows = frozenset(a.name for a in question.attributes if a.shown_in(passage.text, own))
        self.base = (
            ranking().hit * hit + ranking().suits * suits(passage.text, question.forms) + kind_bonus(passage)
        )
        if question.attributes:
            self.base += ranking().shows * len(self.shows) / len(question.attributes)
        self.base += place_bonus(asked, source, position)

    def scored(self, weights: tuple[float, ...], wording: Wording, likeness: float) -> Scored:
        total = sum(weights)
        coverage = sum(w * c for w, c in zip(weights, self.covered, strict=True)) / total if total else 0.0
        overlap, cosine = wording.likeness(self.terms, self.vector)
        score = coverage + self.base + ranking().overlap * overlap + ranking().similarity * cosine
        score += ranking().likeness * likeness
        return Scored(self.source, self.position, score, coverage, self.covered, self.shows, cosine, likeness)


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
        spill = ranking().neighbour * max(beside, default=0.0) if s.passage.kind == "sentence" else 0.0
        result.append(replace(s, score=s.score + spill))
    return result
