"""What a patient is told of all that was found: the direct answer first, then what comes close to it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.evidence import Evidence
from assistant.plain.worth import is_enough, signs_of, worth
from assistant.selection import Group
from index import Index
from ingest.terminology import default_terminology

_SAME = 0.8
"""Share of a group's terms at which another says the same."""
_STATISTIC = re.compile(r"风险比|置信区间|\b(?:hazard ratio|confidence interval)\b", re.IGNORECASE)
_LITERATURE = re.compile(r"\bdoi\b|\bet al\b", re.IGNORECASE)
# What nobody should read who has not asked about it.
_HARD = "end_of_life"
# Who asks how it ends is told what the text says of it, but not first.
_ASKS_HARD = re.compile(
    r"死|没救|走之前|后事|最后(?:阶段|关头|时刻|日子|一程|那)|[到了](?:最后|后期)"
    r"|\b(?:die|dying|death|fatal|terminal|end of life|last (?:days|weeks))\b",
    re.IGNORECASE,
)
_WARNS = re.compile(
    r"不得|不应|不宜|不要|禁用|禁忌|避免|立即|急诊|谨慎|警告|致命"
    r"|\b(?:avoid|must not|should not|contraindicated|immediately|emergency|fatal|warning)\b",
    re.IGNORECASE,
)


def brief(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups that a patient reads, the direct answer first, the others in their order.

    Each clause of the question keeps its best one; of the others those are told that are worth their room,
    a warning sooner than anything else. Nothing is said twice, statistics only to who asks, and nobody
    reads of the end of life first who has not asked about it.
    """
    groups = tuple(g for group in groups if (g := _without_literature(group)).positions) or groups
    statistics = bool(_STATISTIC.search(evidence.question.text))
    groups = tuple(g for g in groups if statistics or not all(map(_STATISTIC.search, _texts(g)))) or groups
    weighed = sorted(
        zip(groups, (worth(signs) for signs in signs_of(index, evidence, groups)), strict=True),
        key=lambda pair: -pair[1],
    )
    if not any(mention.concept == _HARD for mention in evidence.question.mentions):
        weighed = _gently(weighed, bool(_ASKS_HARD.search(evidence.question.text)))
    kept: list[Group] = []
    said: list[frozenset[str]] = []
    for group, chance in weighed:
        own = frozenset().union(*(index.passage_terms(group.source.id, i) for i in group.positions))
        is_first = all(other.clause != group.clause for other in kept)
        is_news = not any(len(own & other) >= _SAME * len(own) for other in said)
        if not kept or (is_news and (is_first or is_enough(chance, group.length, _is_warning(group)))):
            kept.append(group)
            said.append(own)
    return (*kept[:1], *(group for group in groups if group in kept[1:]))


def _gently(weighed: list[tuple[Group, float]], asks: bool) -> list[tuple[Group, float]]:
    """The groups with the end of life behind the others; not asked about, only where it is the best."""
    hard = [pair for pair in weighed if _is_hard(pair[0])]
    others = [pair for pair in weighed if pair not in hard]
    return others + (hard if asks else hard[:1] if hard[:1] == weighed[:1] else [])


def _is_hard(group: Group) -> bool:
    return any(_HARD in default_terminology().concept_ids(text) for text in _texts(group))


def _is_warning(group: Group) -> bool:
    return any(map(warns, _texts(group)))


def _texts(group: Group) -> list[str]:
    return [group.source.passages[i].text for i in group.positions]


def warns(text: str) -> bool:
    """Whether a passage warns of something."""
    return bool(_WARNS.search(text))


def _without_literature(group: Group) -> Group:
    """A group without what only names a paper: the source of a table, an item of further reading."""
    passages = group.source.passages
    left = (i for i in group.positions if not _LITERATURE.search(passages[i].text))
    return replace(group, positions=tuple(left))
