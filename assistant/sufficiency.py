"""Does the evidence answer the question, part of it, or not at all?

The judgement is made for each clause that asks something: a logistic model over a few signals that
can be read one by one. Its weights are fitted on the project's own gold questions
(``data/sufficiency.toml`` says how), and it names what is missing, because "not in the source" is
an outcome with content.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Literal

from assistant.evidence import Evidence, Scored, facet_weights
from assistant.question import NOUN, WORD, Attribute, Question, Unit, suits
from assistant.selection import Group
from assistant.subjects import NAMED, TOPICS, named_things
from index import Index
from ingest.terminology import default_terminology

# Of these, nothing related will do: the source must name the very thing.
_KEY = frozenset(["drug", "disease", "response", "staging", "cytogenetics", "target", "country"])
_TELLING = frozenset({"number", "why"})  # forms whose answers are known by their look
_TOUCHED = 0.4  # share from which a passage touches it, as a drug touches its regimen
_COVERED = 0.5  # share of a unit from which it counts as covered
_FULL_SIMILARITY = 1.6  # bonus beyond coverage that a near-verbatim question gets


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against an answer to one clause; each 0..1.

    ``coverage`` of the clause (with what it takes over from others) by the best chosen passage;
    ``joint``: how far one passage covers every named thing, the one it covers least counting;
    ``named`` the same on average. ``unknown_named``,
    ``unknown_words``, ``unknown_latin``: share of its named things, nouns and foreign-script words
    that the sources never mention. ``unknown_key``: it asks about a drug, disease, staging system
    or the like that they never mention; ``unknown_elsewhere`` the same of another clause, on which
    this one may depend. ``asked_open``: it asks about a matter of its own (price,
    driving…) that no chosen passage speaks of. ``attribute_open``: it asks for an attribute (dose,
    survival time…) that none shows; ``attribute_alone`` the same times ``joint``, for what is known of
    the thing does not answer then. ``unsuited``: none looks like an answer of the form asked.
    ``off_topic``: nothing of the field is named in the whole question. ``similarity``: overlap of
    characters and vectors beyond coverage. ``meaning``: cosine of the question and the chosen
    passage nearest to it. ``unknown_verbs``: plain verbs, adjectives and English words in small
    letters that the sources never use, saturating with their number.
    """

    coverage: float
    joint: float
    named: float
    unknown_named: float
    unknown_words: float
    unknown_latin: float
    unknown_key: float
    unknown_elsewhere: float
    asked_open: float
    attribute_open: float
    attribute_alone: float
    unsuited: float
    off_topic: float
    similarity: float
    meaning: float
    unknown_verbs: float


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """``confidence`` (0..1, higher is better) that the evidence answers at least a part;
    ``missing`` names what the question asks and the evidence leaves open, ``open_clauses`` are the
    clauses of the question that it leaves open."""

    verdict: Literal["answered", "partial", "not_in_source"]
    confidence: float
    missing: tuple[str, ...]
    open_clauses: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Model:
    intercept: float
    weights: tuple[float, ...]
    threshold: float
    threshold_foreign: float
    doubt: float

    def confidence(self, signals: Signals) -> float:
        logit = self.intercept + sum(
            w * value for w, value in zip(self.weights, astuple(signals), strict=True)
        )
        return 1 / (1 + math.exp(-logit))


@cache
def _model() -> _Model:
    data = tomllib.loads((files("assistant") / "data" / "sufficiency.toml").read_text("utf-8"))
    weights = tuple(data["weights"][f.name] for f in fields(Signals))
    return _Model(
        data["intercept"], weights, data["threshold"], data["threshold_foreign"], data["doubt"]
    )


def judge(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> Sufficiency:
    """Judge the passages chosen for an answer.

    The question is answered in part when some of its clauses are; a clause counts as open only
    below ``doubt``, which is lower than ``threshold``.
    """
    question, model = evidence.question, _model()
    clauses = signals_of(index, evidence, groups)
    if not clauses:
        return Sufficiency("not_in_source", 0.0, _unknown_names(index, question))
    confidences = {clause: model.confidence(signals) for clause, signals in clauses.items()}
    best = max(confidences.values())
    # Plain words cannot meet across languages, so coverage is lower for the same evidence.
    foreign = all(source.language != question.language for source in index.sources.values())
    if best < (model.threshold_foreign if foreign else model.threshold):
        return Sufficiency("not_in_source", best, _unknown_names(index, question))
    still_open = {clause for clause, confidence in confidences.items() if confidence < model.doubt}
    missing = tuple(dict.fromkeys(name for c in sorted(still_open) for name in _asked_for(question, c)))
    return Sufficiency("partial" if missing else "answered", best, missing, frozenset(still_open))


def _asked_for(question: Question, clause: int) -> list[str]:
    """What a clause names, or its own words where it names nothing: "who first proposed it"."""
    named = [u.text for u in question.units if u.clause == clause and u.category in NAMED]
    return named or [f"“{question.clauses[clause]}”"]


def signals_of(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> dict[int, Signals]:
    """The signals of each asking clause for the chosen passages; empty when nothing was chosen."""
    chosen = _chosen(evidence, groups)
    question = evidence.question
    if not chosen or not question.units:
        return {}
    return {clause: _signals(index, evidence, clause, chosen) for clause in question.facets}


def _signals(index: Index, evidence: Evidence, clause: int, chosen: list[Scored]) -> Signals:
    question, units = evidence.question, evidence.question.units
    weights = facet_weights(question, evidence.weights, clause)
    every = range(len(units))
    own = [i for i in every if units[i].clause == clause]
    named = named_things(units, clause)
    asked = [i for i in own if units[i].category == "asked_attribute"]
    words = [i for i in own if units[i].category == NOUN]
    unknown = {i for i in every if _unknown_to(index, units[i])}
    best = max(chosen, key=lambda s: (_share(weights, s.covered, every), s.score))
    # What the sources never speak of shows no attribute; only of a drug or the like does that matter.
    told = [i for i in named if i not in unknown or units[i].category in _KEY]
    telling = question.forms & _TELLING
    attributes = [
        a
        for a, where in zip(question.attributes, question.asked_in, strict=True)
        if a.strict and clause in where
    ]
    joint = max(min((s.covered[i] for i in named), default=s.coverage) for s in chosen)
    attribute_open = float(any(not _shown(evidence, weights, a, told, chosen) for a in attributes))
    return Signals(
        coverage=_share(weights, best.covered, every),
        joint=joint,
        named=max(_share(weights, s.covered, named) for s in chosen),
        unknown_named=_ratio(unknown, named),
        unknown_words=_ratio(unknown, [i for i in words if not units[i].text.isascii()]),
        unknown_latin=_ratio(unknown, [i for i in words if units[i].text.isascii()]),
        unknown_key=float(any(i in unknown and units[i].category in _KEY for i in named)),
        unknown_elsewhere=float(
            any(i in unknown and units[i].category in _KEY and units[i].clause != clause for i in every)
        ),
        asked_open=1.0 - max(_share(weights, s.covered, asked) for s in chosen),
        attribute_open=attribute_open,
        attribute_alone=attribute_open * joint,
        unsuited=1.0 - suits(best.passage.text, telling) if telling else 0.0,
        off_topic=float(not any(_is_medical(m.concept) for m in question.mentions)),
        similarity=min(max(best.score - best.coverage, 0.0) / _FULL_SIMILARITY, 1.0),
        meaning=max(s.cosine for s in chosen),
        unknown_verbs=1.0 - 0.5 ** sum(i in unknown and units[i].category == WORD for i in own),
    )


def _is_medical(concept: str) -> bool:
    named = NAMED - {"asked_attribute", "population", "country"}
    return default_terminology().concepts[concept].category in named


def _share(weights: Sequence[float], covered: Sequence[float], which: Sequence[int]) -> float:
    total = sum(weights[i] for i in which)
    return sum(weights[i] * covered[i] for i in which) / total if total else 1.0


def _ratio(unknown: set[int], which: Sequence[int]) -> float:
    return sum(i in unknown for i in which) / len(which) if which else 0.0


def _chosen(evidence: Evidence, groups: tuple[Group, ...]) -> list[Scored]:
    wanted = {(g.source.id, i) for g in groups for i in g.positions}
    return [s for s in evidence.ranked if (s.source.id, s.position) in wanted]


def _unknown_to(index: Index, unit: Unit) -> bool:
    """Whether the sources never speak of a unit at all, nor of anything that can stand for it."""
    if unit.bigrams and all(index.knows(term) for term in unit.bigrams):
        return False  # a part of longer words of theirs: 破骨 in 破骨细胞
    close = (term for term, strength in unit.related if strength > 0.5 and unit.category not in _KEY)
    return not any(index.knows(term) for term in (*unit.exact, *close))


def _shown(
    evidence: Evidence,
    weights: Sequence[float],
    attribute: Attribute,
    named: Sequence[int],
    chosen: list[Scored],
) -> bool:
    """Whether a chosen passage shows the attribute of what the clause asks about.

    The passage must speak of the drug, stage or the like itself (of half of them, where there are
    several), and of most other things named.
    """
    units = evidence.question.units
    about = [i for i in named if units[i].category != "asked_attribute"]
    topics = [i for i in about if units[i].category in TOPICS]
    return any(
        attribute.name in s.shows
        and 2 * sum(s.covered[i] >= _TOUCHED for i in topics) >= len(topics)
        and _share(weights, s.covered, about) >= _COVERED
        for s in chosen
    )


def _unknown_names(index: Index, question: Question) -> tuple[str, ...]:
    """Named things of the question that the sources never mention, as the user wrote them."""
    return tuple(
        dict.fromkeys(
            u.text
            for u in question.units
            if u.category in NAMED and not u.text.startswith("s:") and _unknown_to(index, u)
        )
    )
