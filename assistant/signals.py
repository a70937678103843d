"""What speaks for and against an answer from the passages that were chosen, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.asked_for import STANDS_FOR, attribute_open, figures_open
from assistant.evidence import Evidence, Scored
from assistant.kinds import kinds, words_of
from assistant.question import MAX_FACETS, Question
from assistant.question_forms import suits
from assistant.question_units import NOUN, WORD, Unit
from assistant.ranking import ranking
from assistant.selection import Group
from assistant.subjects import NAMED, TOPICS, is_plain, leaning, named_things
from assistant.unit_weights import facet_weights, weighted_share
from index import Index
from ingest.folding import folded_text
from ingest.terminology import default_terminology

# Of these, nothing that is only close will do: the source must name the very thing.
_KEY = frozenset(["drug", "disease", "response", "staging", "cytogenetics", "target", "country"])
_CLOSE = 0.5  # strength of a relation above which a concept may stand for another that is no key
_TELLING = frozenset({"number", "why"})  # forms whose answers are known by their look
_BROAD = 12  # units of a question that speaks of very much
_FULL_SIMILARITY = 1.6  # bonus beyond coverage that a near-verbatim question gets


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against an answer to one clause; each 0..1.

    ``coverage`` of the clause (with what it takes over from others) by the best chosen passage;
    ``joint``: how far one passage covers every named thing, the one it covers least counting; ``named``
    the same on average. ``unknown_named``, ``unknown_words``, ``unknown_latin``: share of its named
    things, nouns and foreign-script words that the sources never mention. ``unknown_key``: it asks about
    a drug, disease, staging system or the like that they never mention; ``unknown_elsewhere`` the same of
    another clause, on which this one may depend. ``open_elsewhere``: another clause asks for what none
    shows (see below), times how little this one names of its own. ``asked_open``: it asks about a matter
    of its own (price, driving…) that no chosen passage speaks of; ``asked_elsewhere``: another clause
    names such a matter that the sources never mention, and this one asks for nothing else.
    ``figures_open``: share of the figures it names that no chosen passage has. ``attribute_open``: it
    asks for an attribute (dose, survival time…) that none shows; ``attribute_alone`` the same times
    ``joint``, for what is known of the thing does not answer then, unless an explanation is asked for.
    ``unsuited``: none looks like an answer of the form asked. ``off_topic``: nothing of the field is
    named in the whole question. ``similarity``: what the best passage scores beyond coverage (wording,
    form, place). ``meaning``: cosine of the question and the chosen passage nearest to it; ``likeness``:
    the same by the sentence model (see ``Scored``), 0 where there is none. ``unknown_verbs``: plain
    verbs, adjectives and English words in small letters that the sources never use, saturating with their
    number. ``later``: it is not the first that asks, and names nothing of its own. Of the whole question:
    ``unknown_share`` of its units that the sources never mention; ``breadth``, how much it speaks of (1
    from a dozen units on); ``asks``, how many clauses ask (1 for as many as are read); ``tells``: another
    clause asks nothing, as in a story; ``kind_words`` and ``kind_meaning``: how far it is of a kind that is
    answered, by its words and by the sentence model (see ``assistant.kinds``).
    """

    coverage: float
    joint: float
    named: float
    unknown_named: float
    unknown_words: float
    unknown_latin: float
    unknown_key: float
    unknown_elsewhere: float
    open_elsewhere: float
    asked_open: float
    asked_elsewhere: float
    figures_open: float
    attribute_open: float
    attribute_alone: float
    unsuited: float
    off_topic: float
    similarity: float
    meaning: float
    likeness: float
    unknown_verbs: float
    later: float
    unknown_share: float
    breadth: float
    asks: float
    tells: float
    kind_words: float
    kind_meaning: float


def signals_of(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> dict[int, Signals]:
    """The signals of each asking clause for the chosen passages; empty when nothing was chosen."""
    chosen = _chosen(evidence, groups)
    question = evidence.question
    if not any(chosen.values()) or not question.units:
        return {}
    alone = {clause: _signals(index, evidence, clause, chosen[clause]) for clause in question.facets}
    return {clause: _among_others(evidence, clause, chosen[clause], alone) for clause in alone}


def _among_others(
    evidence: Evidence, clause: int, chosen: list[Scored], alone: dict[int, Signals]
) -> Signals:
    """The signals of a clause with what the others leave open, on which it may lean."""
    units = evidence.question.units
    own = [i for i, u in enumerate(units) if u.clause == clause and u.category in NAMED]
    named = max(weighted_share(evidence.weights, s.covered, own) for s in chosen) if own else 0.0
    others = [max(s.attribute_open, s.asked_open) for c, s in alone.items() if c != clause]
    return replace(alone[clause], open_elsewhere=max(others, default=0.0) * (1.0 - named))


def _signals(index: Index, evidence: Evidence, clause: int, chosen: list[Scored]) -> Signals:
    question, units = evidence.question, evidence.question.units
    scope = leaning(units, clause)
    weights = _over(scope, question, evidence.weights)
    every = range(len(units))
    own = [i for i in every if units[i].clause in scope]
    named = list(dict.fromkeys(i for c in scope for i in named_things(units, c) if not is_plain(units[i])))
    asked = [i for i in own if units[i].category == "asked_attribute"]
    words = [i for i in own if units[i].category == NOUN]
    unknown = {i for i in every if unknown_to(index, units[i])}
    best = max(chosen, key=lambda s: (weighted_share(weights, s.covered, every), s.score))
    # What the sources never speak of shows no attribute; only of a drug or the like does that matter.
    told = [i for i in named if i not in unknown or units[i].category in _KEY]
    telling = question.forms & _TELLING
    attributes = [
        a
        for a, where in zip(question.attributes, question.asked_in, strict=True)
        if a.strict and clause in where
    ]
    joint = max(min((s.covered[i] for i in named), default=s.coverage) for s in chosen)
    is_open = attribute_open(evidence, weights, attributes, told, chosen)
    plain = [a for a in attributes if not a.explains]
    plain_open = is_open and attribute_open(evidence, weights, plain, told, chosen)
    if not is_open:  # a source that tells of harms need not call them "side effects"
        unknown = {
            i for i in unknown if not any(a.asks.search(folded_text(units[i].text)) for a in attributes)
        }
    return Signals(
        coverage=weighted_share(weights, best.covered, every),
        joint=joint,
        named=max(weighted_share(weights, s.covered, named) for s in chosen),
        unknown_named=_ratio(unknown, named),
        unknown_words=_ratio(unknown, [i for i in words if not units[i].text.isascii()]),
        unknown_latin=_ratio(unknown, [i for i in words if units[i].text.isascii()]),
        unknown_key=float(any(i in unknown and units[i].category in _KEY for i in named)),
        open_elsewhere=0.0,
        unknown_elsewhere=float(
            any(i in unknown and units[i].category in _KEY and units[i].clause != clause for i in every)
        ),
        asked_open=1.0 - max(weighted_share(weights, s.covered, asked) for s in chosen),
        asked_elsewhere=float(
            not attributes
            and any(i in unknown and units[i].category == "asked_attribute" and i not in own for i in every)
        ),
        figures_open=figures_open(question, clause, chosen),
        attribute_open=float(is_open),
        attribute_alone=plain_open * joint,
        unsuited=1.0 - suits(best.passage.text, telling) if telling else 0.0,
        off_topic=float(not any(_is_medical(m.concept) for m in question.mentions)),
        similarity=min(max(_beyond(best), 0.0) / _FULL_SIMILARITY, 1.0),
        meaning=max(s.cosine for s in chosen),
        likeness=max(s.likeness for s in chosen),
        unknown_verbs=1.0 - 0.5 ** sum(i in unknown and units[i].category == WORD for i in own),
        later=float(
            clause != question.facets[0]
            and not any(u.clause == clause and u.category in TOPICS and not is_plain(u) for u in units)
        ),
        unknown_share=len(unknown) / len(units),
        breadth=min(len(units) / _BROAD, 1.0),
        asks=len(question.facets) / MAX_FACETS,
        tells=float(len(question.clauses) > len(question.facets)),
        kind_words=kinds().by_words(words_of(question)),
        kind_meaning=kinds().by_meaning(index.meaning(question.text)),
    )


def _beyond(scored: Scored) -> float:
    """What a passage scores beyond coverage and likeness."""
    return scored.score - scored.coverage - ranking().likeness * scored.likeness


def _over(scope: Sequence[int], question: Question, weights: tuple[float, ...]) -> tuple[float, ...]:
    """Weights of the units for several clauses together: each as in the clause where it counts most."""
    return tuple(map(max, zip(*(facet_weights(question, weights, c) for c in scope), strict=True)))


def _is_medical(concept: str) -> bool:
    named = NAMED - {"asked_attribute", "population", "country"}
    return default_terminology().concepts[concept].category in named


def _ratio(unknown: set[int], which: Sequence[int]) -> float:
    return sum(i in unknown for i in which) / len(which) if which else 0.0


def _chosen(evidence: Evidence, groups: tuple[Group, ...]) -> dict[int, list[Scored]]:
    """The chosen passages for each clause that asks, as they were weighed for it."""
    wanted = {(g.source.id, i) for g in groups for i in g.positions}
    return {
        clause: [s for s in facet if (s.source.id, s.position) in wanted]
        for clause, facet in zip(evidence.question.facets or (0,), evidence.facets, strict=True)
    }


def unknown_to(index: Index, unit: Unit) -> bool:
    """Whether the sources never speak of a unit at all, nor of anything that can stand for it."""
    if unit.bigrams and all(index.knows(term) for term in unit.bigrams):
        return False  # a part of longer words of theirs: 破骨 in 破骨细胞
    enough = STANDS_FOR if unit.category in _KEY else _CLOSE
    close = (term for term, strength in unit.related if strength > enough)
    return not any(index.knows(term) for term in (*unit.exact, *close))
