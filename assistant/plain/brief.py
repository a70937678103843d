"""What a patient is told of all that was found: the direct answer first, then what comes close to it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.evidence import Evidence
from assistant.plain.worth import is_enough, signs_of, worth
from assistant.selection import Group
from index import Index
from ingest.terminology import default_terminology

_SAME = 0.65
"""Share of a group's terms at which another says the same."""
_STATISTIC = re.compile(r"风险比|置信区间|\b(?:hazard ratio|confidence interval)\b", re.IGNORECASE)
_LITERATURE = re.compile(r"\bdoi\b|\bet al\b", re.IGNORECASE)
# What nobody should read who has not asked about it.
_HARD = "end_of_life"
_ASKS_HARD = re.compile(
    r"最后(?:阶段|关头|时刻|日子|一程|那)|[到了](?:最后|后期)|后事|走之前"
    r"|\b(?:end of life|last (?:days|weeks|stage)|final stage|dying)\b",
    re.IGNORECASE,
)
_WARNS = re.compile(
    r"不得|不应|不宜|不要|禁用|禁忌|避免|立即|急诊|谨慎|警告|致命"
    r"|\b(?:avoid|must not|should not|contraindicated|immediately|emergency|fatal|warning)\b",
    re.IGNORECASE,
)


def brief(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups that a patient reads, the direct answer first, the others in their order.

    Each clause of the question keeps its best one; of the others those that are worth their room, a warning
    sooner than anything else. Nothing is said twice, and statistics and the end of life only to who asks.
    """
    groups = tuple(g for group in groups if (g := _without_literature(group)).positions) or groups
    groups = _bearable(evidence, groups) or groups
    chances = [worth(signs) for signs in signs_of(index, evidence, groups)]
    kept: list[Group] = []
    said: list[frozenset[str]] = []
    for group, chance in sorted(zip(groups, chances, strict=True), key=lambda pair: -pair[1]):
        own = frozenset().union(*(index.passage_terms(group.source.id, i) for i in group.positions))
        is_first = all(other.clause != group.clause for other in kept)
        is_news = not any(len(own & other) >= _SAME * len(own) for other in said)
        if is_first or (is_news and is_enough(chance, group.length, len(kept), _is_warning(group))):
            kept.append(group)
            said.append(own)
    return (*kept[:1], *(group for group in groups if group in kept[1:]))


def _bearable(evidence: Evidence, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups without statistics and the end of life, where the question is not about them."""
    statistics = bool(_STATISTIC.search(evidence.question.text))
    hard = any(mention.concept == _HARD for mention in evidence.question.mentions)
    hard = hard or bool(_ASKS_HARD.search(evidence.question.text))

    def bears(group: Group) -> bool:
        texts = [group.source.passages[i].text for i in group.positions]
        computes = all(map(_STATISTIC.search, texts))
        is_hard = any(_HARD in default_terminology().concept_ids(text) for text in texts)
        return (statistics or not computes) and (hard or not is_hard)

    return tuple(filter(bears, groups))


def _is_warning(group: Group) -> bool:
    return any(warns(group.source.passages[i].text) for i in group.positions)


def warns(text: str) -> bool:
    """Whether a passage warns of something."""
    return bool(_WARNS.search(text))


def _without_literature(group: Group) -> Group:
    """A group without what only names a paper: the source of a table, an item of further reading."""
    passages = group.source.passages
    left = (i for i in group.positions if not _LITERATURE.search(passages[i].text))
    return replace(group, positions=tuple(left))
