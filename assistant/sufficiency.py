"""Does the evidence answer the question, part of it, or not at all?

The judgement is a logistic model over a few signals that can be read one by one. Its weights are
fitted on the project's own gold questions (``data/sufficiency.toml`` says how) and it names what
is missing, because "not in the source" is an outcome with content.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.resources import files

from assistant.evidence import Evidence, Scored
from assistant.question import NOUN, Attribute, Question, Unit, suits
from assistant.selection import Group
from index import Index
from ingest.terminology import default_terminology

# Concepts that name a thing: an answer about another drug is no answer.
_NAMED = frozenset(
    "drug drug_class regimen target cytogenetics test imaging disease complication adverse_event staging"
    " response protein cell procedure finding outcome asked_attribute population anatomy organism".split()
)
_KEY = frozenset("drug regimen disease response staging cytogenetics target".split())
_FULL_SIMILARITY = 1.6  # bonus beyond coverage that a near-verbatim question gets
_TELLING = frozenset({"number", "why"})  # forms whose answers are known by their look
_COVERED = 0.5  # share of a unit from which it counts as covered


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against an answer; each 0..1.

    ``facet`` and ``worst_facet``: how much of an asking clause the best single passage covers, on
    average and for the clause served worst. ``named``: the same for named things only.
    ``unknown_named``, ``unknown_words``, ``unknown_latin``: share of the asking clauses' named
    things, plain words and foreign-script words that the sources never mention.
    ``unknown_key``: a drug, disease, regimen or the like is asked about that the sources never
    mention. ``asked_open``: share of the asked attributes (price, driving…) that no chosen passage
    speaks of. ``attribute_open``: share of the asking clauses that ask for a strict attribute (dose,
    survival…) that no passage shows. ``unsuited``: no
    passage that covers the clause looks like an answer of the form asked. ``similarity``: overlap
    of characters and vectors beyond coverage.
    """

    facet: float
    worst_facet: float
    named: float
    unknown_named: float
    unknown_words: float
    unknown_latin: float
    unknown_key: float
    asked_open: float
    attribute_open: float
    unsuited: float
    off_topic: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """``confidence`` (0..1, higher is better) that the evidence answers; ``missing`` names what
    the question asks and the evidence leaves open."""

    verdict: str  # "answered" | "partial" | "not_in_source"
    confidence: float
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Model:
    intercept: float
    weights: tuple[float, ...]
    threshold: float
    partial: float


@cache
def _model() -> _Model:
    data = tomllib.loads((files("assistant") / "data" / "sufficiency.toml").read_text("utf-8"))
    return _Model(
        data["intercept"],
        tuple(data["weights"][f.name] for f in fields(Signals)),
        data["threshold"],
        data["partial"],
    )


def judge(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> Sufficiency:
    """Judge the passages chosen for an answer."""
    question = evidence.question
    signals = signals_of(index, evidence, groups)
    if signals is None:
        return Sufficiency("not_in_source", 0.0, _named_texts(question))
    model = _model()
    logit = model.intercept + sum(
        w * value for w, value in zip(model.weights, astuple(signals), strict=True)
    )
    confidence = 1 / (1 + math.exp(-logit))
    missing = tuple(
        u.text
        for u in question.units
        if u.category in _NAMED and _unknown_to(index, u) and not u.text.startswith("s:")
    )
    if confidence < model.threshold:
        return Sufficiency("not_in_source", confidence, missing)
    if confidence < model.partial and missing:
        return Sufficiency("partial", confidence, missing)
    return Sufficiency("answered", confidence, ())


def signals_of(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> Signals | None:
    """The signals for the chosen passages; None when nothing was chosen."""
    chosen = _chosen(evidence, groups)
    question = evidence.question
    if not chosen or not question.units:
        return None
    units, weights = question.units, evidence.weights
    asking = [i for i, u in enumerate(units) if u.clause in question.facets] or list(range(len(units)))
    unknown = {i for i in asking if _unknown_to(index, units[i])}
    named = [i for i in asking if units[i].category in _NAMED]
    asked = [i for i in asking if units[i].category == "asked_attribute"]
    words = [i for i in asking if units[i].category == NOUN]
    latin = [i for i in words if units[i].text.isascii()]
    han = [i for i in words if not units[i].text.isascii()]
    facets, suited = [], []
    for clause in question.facets:
        own = [i for i in asking if units[i].clause == clause] or asking
        shares = [_share(weights, s.covered, own) for s in chosen]
        facets.append(max(shares))
        best = max(chosen, key=lambda s: (_share(weights, s.covered, own), s.score))
        suited.append(suits(best.passage.text, question.forms) if question.forms & _TELLING else 1.0)
    open_clauses = {
        clause
        for a, clause in zip(question.attributes, question.asked_in, strict=True)
        if a.strict and not _shown(evidence, a, clause, chosen)
    }
    best_overall = chosen[0]
    return Signals(
        facet=sum(facets) / len(facets) if facets else 0.0,
        worst_facet=min(facets, default=0.0),
        named=max(_share(weights, s.covered, named) for s in chosen),
        unknown_named=_ratio(unknown, named),
        unknown_words=_ratio(unknown, han),
        unknown_latin=_ratio(unknown, latin),
        unknown_key=float(any(units[i].category in _KEY for i in unknown)),
        asked_open=1.0 - max((_share(weights, s.covered, asked) for s in chosen), default=0.0),
        attribute_open=len(open_clauses) / max(len(question.facets), 1),
        unsuited=1.0 - min(suited, default=1.0),
        off_topic=float(not any(_is_medical(m.concept) for m in question.mentions)),
        similarity=min(max(best_overall.score - best_overall.coverage, 0.0) / _FULL_SIMILARITY, 1.0),
    )


def _is_medical(concept: str) -> bool:
    return default_terminology().concepts[concept].category in _NAMED - {"asked_attribute", "population"}


def _share(weights: Sequence[float], covered: Sequence[float], which: Sequence[int]) -> float:
    total = sum(weights[i] for i in which)
    return sum(weights[i] * covered[i] for i in which) / total if total else 1.0


def _ratio(unknown: set[int], which: Sequence[int]) -> float:
    return sum(i in unknown for i in which) / len(which) if which else 0.0


def _chosen(evidence: Evidence, groups: tuple[Group, ...]) -> list[Scored]:
    wanted = {(g.source.id, i) for g in groups for i in g.positions}
    return [s for s in evidence.ranked if (s.source.id, s.position) in wanted]


def _unknown_to(index: Index, unit: Unit) -> bool:
    """Whether the sources never speak of a unit at all, nor of anything close to it."""
    close = (term for term, strength in unit.related if strength > 0.5)
    return not any(index.knows(term) for term in (*unit.exact, *close))


def _shown(evidence: Evidence, attribute: Attribute, clause: int, chosen: list[Scored]) -> bool:
    """Whether a chosen passage shows the attribute of most of what its clause asks about."""
    units = evidence.question.units
    everywhere = [i for i, u in enumerate(units) if u.category in _NAMED - {"asked_attribute"}]
    named = [i for i in everywhere if units[i].clause == clause] or everywhere
    return any(
        attribute.name in s.shows and _share(evidence.weights, s.covered, named) >= _COVERED for s in chosen
    )


def _named_texts(question: Question) -> tuple[str, ...]:
    return tuple(u.text for u in question.units if u.category in _NAMED)
