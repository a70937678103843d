"""How likely a group of passages tells the patient what was asked: a logistic model over a few signs."""

from __future__ import annotations

import math
import tomllib
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.resources import files

from assistant.evidence import Evidence, Scored
from assistant.question_forms import suits
from assistant.selection import Group
from index import Index

_USUAL, _SHORTEST = 60, 30  # characters of a group of usual length; a shorter one is no cheaper to read


@dataclass(frozen=True, slots=True)
class Signs:
    """What a group has to say for itself, each about −1..1.

    ``likeness`` and ``cosine`` are how much less like the question it is than the best passage for the same
    clause (0: it is the best; see ``Scored``), ``coverage`` the share of the question that it speaks of,
    ``gain`` the share that no group before it spoke of, ``shows`` the share of the attributes asked for that
    it shows, ``suits`` whether it is worded as an answer to that form of question, ``overlap`` the share of
    the question's character bigrams that it has, ``table`` whether it is one, ``length`` the logarithm of
    its characters.
    """

    likeness: float
    cosine: float
    coverage: float
    gain: float
    shows: float
    suits: float
    overlap: float
    table: float
    length: float


@dataclass(frozen=True, slots=True)
class _Model:
    intercept: float
    weights: tuple[float, ...]
    found: int
    enough: float
    further: float
    warning: float
    brevity: float


@cache
def _model() -> _Model:
    data = tomllib.loads((files("assistant.plain") / "data" / "worth.toml").read_text("utf-8"))
    weights = tuple(data["weights"][field.name] for field in fields(Signs))
    settings = ("found", "enough", "further", "warning", "brevity")
    return _Model(data["intercept"], weights, *(data[name] for name in settings))


def worth(signs: Signs) -> float:
    """The chance (0..1) that a group holds something that was asked."""
    model = _model()
    logit = model.intercept + sum(w * s for w, s in zip(model.weights, astuple(signs), strict=True))
    return 1 / (1 + math.exp(-logit))


def always_told() -> int:
    """How many groups, from the first found, are told whatever they are worth."""
    return _model().found


def is_enough(chance: float, length: int, others: int, warns: bool) -> bool:
    """Whether a group of that ``worth`` and ``length`` (characters) is worth its room after ``others``.

    A long group must be worth more than a short one, the third more than the second, a warning less.
    """
    model = _model()
    asked = model.enough * (1 + model.further * (others - 1)) * (model.warning if warns else 1.0)
    room = math.pow(_USUAL / max(length, _SHORTEST), model.brevity)
    return chance * room >= asked


def signs_of(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> tuple[Signs, ...]:
    """The signs of each of ``groups``, in their order."""
    question = evidence.question
    facets = question.facets or (0,)
    bigrams = [(term, index.idf(term)) for term in sorted(question.terms) if term.startswith("b:")]
    every, total = sum(idf for _, idf in bigrams) or 1.0, sum(evidence.weights) or 1.0
    best = {(s.source.id, s.position): s for s in evidence.ranked}
    open_ = list(evidence.weights)
    signs: list[Signs] = []
    for group in groups:
        facet = evidence.facets[facets.index(group.clause) if group.clause in facets else 0]
        here = _found(group, {(s.source.id, s.position): s for s in facet})
        found = _found(group, best)
        top = max(found, key=lambda s: s.score, default=None)
        covered = [max((s.covered[i] for s in found), default=0.0) for i in range(len(open_))]
        shown = {name for s in found for name in s.shows}
        own = frozenset().union(*(index.passage_terms(group.source.id, i) for i in group.positions))
        text = " ".join(group.source.passages[i].text for i in group.positions)
        signs.append(
            Signs(
                likeness=5 * _behind([s.likeness for s in here], [s.likeness for s in facet]),
                cosine=3 * _behind([s.cosine for s in here], [s.cosine for s in facet]),
                coverage=top.coverage if top else 0.0,
                gain=sum(w * c for w, c in zip(open_, covered, strict=True)) / total,
                shows=len(shown) / len(question.attributes) if question.attributes else 0.0,
                suits=suits(text, question.forms),
                overlap=sum(idf for term, idf in bigrams if term in own) / every,
                table=float(group.kind == "table"),
                length=math.log(group.length + 1) / 5,
            )
        )
        open_ = [0.0 if c > 0.5 else w for w, c in zip(open_, covered, strict=True)]
    return tuple(signs)


def _found(group: Group, known: dict[tuple[str, int], Scored]) -> list[Scored]:
    return [known[key] for i in group.positions if (key := (group.source.id, i)) in known]


def _behind(own: list[float], every: list[float]) -> float:
    return max(own, default=0.0) - max(every, default=0.0)
