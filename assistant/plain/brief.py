"""What a patient is told of all that was found: the direct answer first, then what comes close to it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.evidence import Evidence, Scored
from assistant.place import wants_figures
from assistant.question_forms import is_study
from assistant.selection import Group
from index import Index

# By hand on the patients' Chinese questions of the dev split (256 with facts) about the reference page:
# 230 and 0.68 are an eighth shorter and hold one fact in a hundred less.
_ENOUGH = 270
"""Characters of quoted text after which nothing is added."""
_CLOSE = 0.6
"""Share of the best score that what is added must have."""
_EQUAL = 0.85
"""Share of the best score from which a passage may be the direct answer in its place."""
_SAME = 0.65
"""Share of a group's terms at which another says the same."""
_STATISTIC = re.compile(r"风险比|置信区间|\b(?:hazard ratio|confidence interval)\b", re.IGNORECASE)
_LITERATURE = re.compile(r"\bdoi\b|\bet al\b", re.IGNORECASE)
# What nobody should read who has not asked about it.
_HARD = "end_of_life"
_WARNS = re.compile(
    r"不得|不应|不宜|不要|禁用|禁忌|避免|立即|急诊|谨慎|警告|致命"
    r"|\b(?:avoid|must not|should not|contraindicated|immediately|emergency|fatal|warning)\b",
    re.IGNORECASE,
)


def brief(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups that a patient reads, in order; each clause of the question keeps its best one.

    What shows most of what is asked for (how many, how long) comes first among the best. A warning that
    comes close is never left out.
    """
    found = {(s.source.id, s.position): s for s in evidence.ranked}
    groups = tuple(g for group in groups if (g := _without_literature(group)).positions) or groups
    weighed = [
        _Weighed(group, [found[key] for i in group.positions if (key := (group.source.id, i)) in found])
        for group in groups
    ]
    top = max((w.score for w in weighed), default=0.0)
    direct = max((w for w in weighed if w.score >= _EQUAL * top), key=lambda w: w.shows, default=None)
    if direct is not None and direct.shows > weighed[0].shows:
        weighed.sort(key=lambda w: w is not direct)
    figures = wants_figures(evidence.question)
    statistics = bool(_STATISTIC.search(evidence.question.text))
    hard = any(mention.concept == _HARD for mention in evidence.question.mentions)
    kept: list[Group] = []
    said: list[frozenset[str]] = []
    for w in weighed:
        own = frozenset().union(*(index.passage_terms(w.group.source.id, i) for i in w.group.positions))
        is_first = all(group.clause != w.group.clause for group in kept)
        has_room = w.warns or sum(g.length for g in kept) < _ENOUGH
        is_news = figures or not w.reports
        is_news = is_news and (statistics or not w.computes) and (hard or f"c:{_HARD}" not in own)
        is_news = is_news and not any(len(own & other) >= _SAME * len(own) for other in said)
        if is_first or (w.score >= _CLOSE * top and has_room and is_news):
            kept.append(w.group)
            said.append(own)
    return tuple(kept)


def warns(text: str) -> bool:
    """Whether a passage warns of something."""
    return bool(_WARNS.search(text))


def _without_literature(group: Group) -> Group:
    """A group without what only names a paper: the source of a table, an item of further reading."""
    passages = group.source.passages
    left = (i for i in group.positions if not _LITERATURE.search(passages[i].text))
    return replace(group, positions=tuple(left))


class _Weighed:
    """A group with the best score of its passages, how many asked attributes they show, if it warns,
    if it only ``reports`` a study or what a study computes."""

    def __init__(self, group: Group, passages: list[Scored]) -> None:
        self.group = group
        self.score = max((s.score for s in passages), default=0.0)
        self.shows = len({name for s in passages for name in s.shows})
        self.reports = all(is_study(group.source.passages[i].text) for i in group.positions)
        self.computes = all(_STATISTIC.search(group.source.passages[i].text) for i in group.positions)
        self.warns = any(warns(group.source.passages[i].text) for i in group.positions)
