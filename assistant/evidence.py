"""Passages weighed against a question.

Chunks are retrieved first; then each of their passages is scored by what it covers of the
question. Coverage is interpretable: it names the units that a passage speaks of and those that it
leaves open, which is what abstention needs to know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.editions import readable
from assistant.question import Question
from assistant.question_forms import is_exception, is_study, is_summary, patterns, suits
from assistant.question_units import NOUN, Unit
from assistant.ranking import ranking
from assistant.subjects import SUBJECT
from assistant.types import Audience
from index import Index
from index.analysis import terms
from ingest.errata import errata_register
from ingest.types import Passage, Source

CHUNKS = 24  # chunks whose passages are weighed
# Forms of question that a table answers best.
TABULAR = frozenset({"criteria", "compare"})
# Forms that ask for the rule rather than for an exception from it.
_RULE = frozenset({"criteria", "definition", "list"})
# "X is …", "X（…）指 …": what stands before is what is defined.
_COPULA = re.compile(r"^([^，。；,.;]{2,28}?)(?:是(?!否|不)|指(?!标|征)|称为| is (?:an?|the)\b| are )")
_OPENING = 14  # characters of a passage in which its subject is looked for
_UNLIKE = 0.8  # cosine by the sentence model of texts that share no more than their field
_GENERAL = frozenset({"general", "time", "comparison", "frequency", "section"})


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
    whole, wordings = _wordings(index, question, facets)
    likeness = _likeness(index, question, facets)
    alike = None if likeness is None else likeness[0]
    hits = index.search(question.text, k=CHUNKS, vector=whole, likeness=alike)
    foreign = all(index.sources[id_].language != question.language for id_ in read)
    weights = tuple(_weight(index, unit, foreign) for unit in question.units)
    best_hit = max((hit.score for hit in hits), default=1.0) or 1.0
    asked = _Asked.of(question)
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


@dataclass(frozen=True, slots=True)
class _Wording:
    """A clause as it is worded: its character bigrams with their weights, their ``total``, its vector."""

    bigrams: tuple[tuple[str, float], ...]
    total: float
    vector: NDArray[np.float32]

    def likeness(self, own: frozenset[str], vector: NDArray[np.float16]) -> tuple[float, float]:
        """Overlap of bigrams and cosine with a passage, each 0..1."""
        overlap = sum(weight for term, weight in self.bigrams if term in own) / self.total
        return overlap, max(float(vector @ self.vector), 0.0)


def _wordings(
    index: Index, question: Question, facets: tuple[int, ...]
) -> tuple[NDArray[np.float32], list[_Wording]]:
    """The vector of the whole question, and the wording of each facet.

    One of several that ask is worded by itself, with a share of the whole question on which it may
    lean; the only one is at home in the whole, for a story tells what is meant.
    """
    share = ranking().whole if len(facets) > 1 else 1.0
    texts = [question.clauses[facet] for facet in facets] if len(facets) > 1 else []
    whole, *own = index.embed([question.text, *texts])
    wordings = []
    for text, vector in zip(texts, own, strict=True) if texts else [(question.text, whole)]:
        here = terms(text)
        bigrams = tuple(
            (term, index.idf(term) * (1.0 if term in here else share))
            for term in sorted(question.terms)
            if term.startswith("b:")
        )
        mixed = share * whole + (1.0 - share) * vector
        length = float(np.linalg.norm(mixed)) or 1.0
        wordings.append(_Wording(bigrams, sum(w for _, w in bigrams) or 1.0, mixed / length))
    return whole, wordings


def _likeness(index: Index, question: Question, facets: tuple[int, ...]) -> NDArray[np.float32] | None:
    """(1 + facets, passages): how like the passages are to the whole question, then to each facet,
    mixed as in ``_wordings``; shifted so that what is of the field but not alike is about 0."""
    texts = [question.clauses[facet] for facet in facets] if len(facets) > 1 else []
    found = index.likeness([question.text, *texts])
    if found is None:
        return None
    scaled: NDArray[np.float32] = (found - _UNLIKE) / (1.0 - _UNLIKE)
    if not texts:
        return np.stack([scaled[0], scaled[0]])
    share = ranking().whole
    return np.concatenate([scaled[:1], share * scaled[:1] + (1.0 - share) * scaled[1:]])


def _weight(index: Index, unit: Unit, foreign: bool) -> float:
    """``foreign``: no source is in the question's language, so its plain words cannot be met."""
    idf = max((index.idf(term) for term in unit.exact), default=1.0)
    if not unit.is_concept:
        share = ranking().noun if unit.category == NOUN else ranking().word
        # A word that no passage has cannot tell passages apart; it says little but that.
        if any(index.knows(t) for t in unit.exact):
            return idf * share
        return idf * share * (ranking().unknown ** 2 if foreign else ranking().unknown)
    return idf * (ranking().general if unit.category in _GENERAL else 1.0)


def facet_weights(question: Question, weights: tuple[float, ...], facet: int) -> tuple[float, ...]:
    """Weights of the units for one clause: its own count fully, those of others as its context."""
    if len({u.clause for u in question.units}) <= 1:
        return weights
    named = [u.is_concept and u.category not in _GENERAL for u in question.units]
    names_itself = any(n and u.clause == facet for n, u in zip(named, question.units, strict=True))
    shares = [
        1.0
        if u.clause == facet
        else ranking().other_word
        if not n
        else ranking().other_named
        if names_itself
        else ranking().inherited
        for n, u in zip(named, question.units, strict=True)
    ]
    return tuple(w * share for w, share in zip(weights, shares, strict=True))


def wants_figures(question: Question) -> bool:
    """Whether the numbers of a study answer the question."""
    wanted = question.forms.union(a.name for a in question.attributes)
    return not wanted.isdisjoint(patterns().figures) or is_study(question.text)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is the same for every passage of one question: the terms of all ``concepts`` and of those
    that are ``named`` things, whether it asks about an ``exception`` itself."""

    question: Question
    concepts: frozenset[str]
    named: frozenset[str]
    exception: bool
    figures: bool

    @classmethod
    def of(cls, question: Question) -> _Asked:
        concepts = frozenset(f"c:{m.concept}" for m in question.mentions)
        named = frozenset(
            term for u in question.units if u.is_concept and u.category not in _GENERAL for term in u.exact
        )
        return cls(question, concepts, named, is_exception(question.text), wants_figures(question))


class _Weighed:
    """What is the same for every facet of one passage."""

    def __init__(
        self,
        index: Index,
        asked: _Asked,
        source: Source,
        position: int,
        hit: float,
    ) -> None:
        question = asked.question
        self.source, self.position = source, position
        own = index.passage_terms(source.id, position)
        context = index.context_terms(source.id, position)
        self.covered = tuple(_covered(unit, own, context) for unit in question.units)
        passage = source.passages[position]
        self.terms = own
        self.row = index.passage_row(source.id, position)
        self.vector = index.passage_vectors[self.row]
        self.shows = frozenset(a.name for a in question.attributes if a.shown_in(passage.text, own))
        self.base = (
            ranking().hit * hit
            + ranking().suits * suits(passage.text, question.forms)
            + _kind_bonus(passage)
        )
        if question.attributes:
            self.base += ranking().shows * len(self.shows) / len(question.attributes)
        self.base += _place_bonus(asked, source, position)

    def scored(self, weights: tuple[float, ...], wording: _Wording, likeness: float) -> Scored:
        total = sum(weights)
        coverage = sum(w * c for w, c in zip(weights, self.covered, strict=True)) / total if total else 0.0
        overlap, cosine = wording.likeness(self.terms, self.vector)
        score = coverage + self.base + ranking().overlap * overlap + ranking().similarity * cosine
        score += ranking().likeness * likeness
        return Scored(self.source, self.position, score, coverage, self.covered, self.shows, cosine, likeness)


def _place_bonus(asked: _Asked, source: Source, position: int) -> float:
    """What the place of a passage in its document says for it."""
    weights, question = ranking(), asked.question
    passage = source.passages[position]
    bonus = 0.0
    if passage.topic and not asked.concepts.isdisjoint(terms(passage.topic)):
        bonus += weights.topic
    if any(errata_register()[e].severity == "clinical" for e in passage.errata):
        bonus += weights.flawed
    if question.forms & TABULAR and passage.kind == "row":
        first_cell = source.text[slice(*passage.cells[0])] if passage.cells else ""
        if _captioned(question, passage.lead):
            bonus += weights.table
        elif not asked.named.isdisjoint(terms(first_cell)):
            bonus += weights.table / 2
    title = source.sections[passage.section].title
    if is_summary(title):
        bonus += weights.summary
    if asked.named and asked.named <= frozenset(terms(title)):
        bonus += weights.heading
        if position == 0 or source.passages[position - 1].section != passage.section:
            bonus += weights.first
    if "definition" in question.forms and (copula := _COPULA.match(passage.text)):
        about = frozenset(t for t in terms(copula.group(1)) if t.startswith("c:"))
        if about and about <= asked.concepts:
            bonus += weights.defines
    if question.forms & _RULE and not asked.exception and is_exception(passage.text + passage.lead):
        bonus += weights.exception
    if not asked.figures and is_study(passage.text):
        bonus += weights.study
    if not asked.concepts.isdisjoint(terms(passage.text[:_OPENING])):
        bonus += weights.opens
    return bonus


def _captioned(question: Question, lead: str) -> bool:
    """Whether the caption of a table names a thing that the question names."""
    caption = frozenset(terms(lead.split("（")[0]))
    return any(
        u.is_concept
        and u.category not in _GENERAL
        and SUBJECT.isdisjoint(u.exact)
        and not u.exact.isdisjoint(caption)
        for u in question.units
    )


def _kind_bonus(passage: Passage) -> float:
    if passage.kind in ("meta", "caption"):
        return -0.3
    if passage.kind == "footnote":
        return -0.1
    return -0.15 if len(passage.text) < 8 else 0.0


def _covered(unit: Unit, own: frozenset[str], context: frozenset[str]) -> float:
    if not unit.exact.isdisjoint(own):
        return 1.0
    best = 0.0 if unit.exact.isdisjoint(context) else ranking().context
    for term, strength in unit.related:
        if strength > best:
            best = max(
                best, strength if term in own else ranking().context * strength if term in context else 0.0
            )
    if not best and unit.bigrams:
        share = len(unit.bigrams & own) / len(unit.bigrams)
        return ranking().partial * share if share >= 0.5 else 0.0
    return best


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
