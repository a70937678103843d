"""How likely a group of passages tells a patient something new: a logistic model over a few signs."""

from __future__ import annotations

import math
import tomllib
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.resources import files

from assistant.evidence import Evidence, Scored
from assistant.selection import Group
from index import Index

_USUAL, _SHORTEST = 60, 30  # characters of a group of usual length; a shorter one is no cheaper to read


@dataclass(frozen=True, slots=True)
class Signs:
    """What a group has to say for itself, each about −1..1.

    ``likeness``, ``cosine`` and ``score`` are how far the group is behind the best passage, the first two
    for the same clause of the question, ``score`` for all of it (0: it is the best; see ``Scored``);
    ``coverage`` is the share of the question that it speaks of, ``first`` 1, ½, ⅓ … in the order in which
    the groups were found, ``news`` the share of its terms that no group before it has, ``shows`` the share
    of the attributes asked for that it shows, ``is_list`` whether it is one, ``length`` the logarithm of its
    characters, ``passages`` that of its passages.
    """

    likeness: float
    cosine: float
    score: float
    coverage: float
    first: float
    news: float
    shows: float
    is_list: float
    length: float
    passages: float


@dataclass(frozen=True, slots=True)
class _Model:
    intercept: float
    weights: tuple[float, ...]
    enough: float
    warning: float


@cache
def _model() -> _Model:
    data = tomllib.loads((files("assistant.plain") / "data" / "worth.toml").read_text("utf-8"))
    weights = tuple(data["weights"][field.name] for field in fields(Signs))
    return _Model(data["intercept"], weights, data["enough"], data["warning"])


def worth(signs: Signs) -> float:
    """The chance (0..1) that a group tells something that was asked and that none before it told."""
    model = _model()
    logit = model.intercept + sum(w * s for w, s in zip(model.weights, astuple(signs), strict=True))
    return 1 / (1 + math.exp(-logit))


def is_enough(chance: float, length: int, warns: bool) -> bool:
    """Whether a group of that ``worth`` is worth the room that its ``length`` (characters) takes."""
    model = _model()
    asked = model.enough * (model.warning if warns else 1.0)
    return chance * _USUAL / max(length, _SHORTEST) >= asked


def signs_of(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> tuple[Signs, ...]:
    """The signs of each of ``groups``, in their order."""
    question = evidence.question
    facets = question.facets or (0,)
    ranked = evidence.ranked
    best = {(s.source.id, s.position): s for s in ranked}
    told: set[str] = set()
    signs: list[Signs] = []
    for number, group in enumerate(groups, 1):
        facet = evidence.facets[facets.index(group.clause) if group.clause in facets else 0]
        here = _found(group, {(s.source.id, s.position): s for s in facet})
        found = _found(group, best)
        top = max(found, key=lambda s: s.score, default=None)
        shown = {name for s in found for name in s.shows}
        own = frozenset().union(*(index.passage_terms(group.source.id, i) for i in group.positions))
        signs.append(
            Signs(
                likeness=5 * _behind([s.likeness for s in here], [s.likeness for s in facet]),
                cosine=3 * _behind([s.cosine for s in here], [s.cosine for s in facet]),
                score=_behind([s.score for s in found], [s.score for s in ranked]),
                coverage=top.coverage if top else 0.0,
                first=1 / number,
                news=len(own - told) / (len(own) or 1),
                shows=len(shown) / len(question.attributes) if question.attributes else 0.0,
                is_list=float(group.kind == "list"),
                length=math.log(group.length + 1) / 5,
                passages=math.log(len(group.positions)),
            )
        )
        told |= own
    return tuple(signs)


def _found(group: Group, known: dict[tuple[str, int], Scored]) -> list[Scored]:
    return [known[key] for i in group.positions if (key := (group.source.id, i)) in known]


def _behind(own: list[float], every: list[float]) -> float:
    return max(own, default=0.0) - max(every, default=0.0)
