"""Does the evidence answer the question, part of it, or not at all?

The judgement is made for each clause that asks something: a logistic model over a few signals that
can be read one by one. Its weights are fitted on the project's own gold questions
(``data/sufficiency.toml`` says how), and it names what is missing, because "not in the source" is
an outcome with content.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Literal

from assistant.evidence import Evidence
from assistant.question import Question
from assistant.selection import Group
from assistant.signals import Signals, signals_of, unknown_to
from assistant.subjects import NAMED
from index import Index


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
    doubt: float

    def confidence(self, signals: Signals) -> float:
        logit = self.intercept + sum(
            w * value for w, value in zip(self.weights, astuple(signals), strict=True)
        )
        return 1 / (1 + math.exp(-logit))


# Fitted with and without the sentence model: without, passages are ranked by less.
WITH_SENTENCES, WITHOUT_SENTENCES = "sufficiency.toml", "sufficiency-without-sentences.toml"


@cache
def _model(name: str) -> _Model:
    data = tomllib.loads((files("assistant") / "data" / name).read_text("utf-8"))
    weights = tuple(data["weights"].get(f.name, 0.0) for f in fields(Signals))
    return _Model(data["intercept"], weights, data["threshold"], data["doubt"])


def thresholds(has_sentences: bool) -> tuple[float, float]:
    """Confidence (0..1) from which a question counts as answered, and below which a clause is open."""
    model = _model(WITH_SENTENCES if has_sentences else WITHOUT_SENTENCES)
    return model.threshold, model.doubt


def judge(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> Sufficiency:
    """Judge the passages chosen for an answer.

    The question is answered in part when some of its clauses are; a clause counts as open only
    below ``doubt``, which is lower than ``threshold``.
    """
    question = evidence.question
    model = _model(WITH_SENTENCES if index.has_sentences else WITHOUT_SENTENCES)
    clauses = signals_of(index, evidence, groups)
    if not clauses:
        return Sufficiency("not_in_source", 0.0, _unknown_names(index, question))
    confidences = {clause: model.confidence(signals) for clause, signals in clauses.items()}
    best = max(confidences.values())
    if best < model.threshold:
        return Sufficiency("not_in_source", best, _unknown_names(index, question))
    still_open = {clause for clause, confidence in confidences.items() if confidence < model.doubt}
    missing = tuple(dict.fromkeys(name for c in sorted(still_open) for name in _asked_for(question, c)))
    return Sufficiency("partial" if missing else "answered", best, missing, frozenset(still_open))


def _asked_for(question: Question, clause: int) -> list[str]:
    """What a clause names, or its own words where it names nothing: "who first proposed it"."""
    named = [u.text for u in question.units if u.clause == clause and u.category in NAMED]
    return named or [f"“{question.clauses[clause]}”"]


def _unknown_names(index: Index, question: Question) -> tuple[str, ...]:
    """Named things of the question that the sources never mention, as the user wrote them."""
    return tuple(
        dict.fromkeys(
            u.text
            for u in question.units
            if u.category in NAMED and not u.text.startswith("s:") and unknown_to(index, u)
        )
    )
