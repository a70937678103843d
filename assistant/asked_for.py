"""Whether the chosen passages show what a clause asks of the things that it names: attributes and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Evidence, Scored
from assistant.question import Question
from assistant.question_forms import Attribute
from assistant.subjects import TOPICS
from assistant.unit_weights import weighted_share
from ingest.folding import folded_text

STANDS_FOR = 0.8  # strength of a relation above which one concept stands for another
_SEVERAL = frozenset({"finding", "complication", "adverse_event"})
_VALUES = frozenset({"test", "protein"})  # a limit of one is none of another
_TOUCHED = 0.4  # share from which a passage touches it, as a drug touches its regimen
_COVERED = 0.5  # share of a unit from which it counts as covered
_CITATION = re.compile(r"\bdoi\b|et al\b", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![a-z\d.])\d+(?:\.\d+)?")
_NAMED_FIGURE = re.compile(
    r"[a-z][a-z-]*\d[\w/]*|\([\d;, ]+\)|24\s*-?(?:小时|h\b|hours?)"
    r"|\d+\s*(?:多|来)?\s*(?:岁|years? old|例|个?人)|1q\S*|17p"
    # The age of somebody, told in short: 我爸72, 72yo, 64F.
    r"|(?:爸|妈|父亲?|母亲?|爷爷?|奶奶?|公公|婆婆|岳[父母]|老[公婆伴]|丈夫|妻子|患者|病人|[男女]性?)\s*\d{2}"
    r"(?![\d.]|\s*(?:[a-zμ%]|毫|微|克|片|粒|支|次|个|天|周|月|年))"
    r"|\b\d{2}\s?(?:[fm]|y/?o)\b"
)


def attribute_open(
    evidence: Evidence,
    weights: Sequence[float],
    attributes: Sequence[Attribute],
    named: Sequence[int],
    chosen: Sequence[Scored],
) -> bool:
    """Whether words of the question ask for an attribute that no chosen passage shows.

    ``weights`` are those of the units for the clause, ``named`` the positions of the units that it is about.
    """
    return any(
        not any(_shown(evidence, weights, a, named, chosen) for a in same)
        for same in _wanted(evidence.question, attributes)
    )


def figures_open(question: Question, clause: int, chosen: Sequence[Scored]) -> float:
    """Share of the figures of a clause ("400 mg or 800 mg?") that no chosen passage has.

    Figures inside names (CD38, 24-hour urine) and those that tell who asks (a patient of 63) are none.
    """
    text = question.clauses[clause]
    asked = set(_FIGURE.findall(_NAMED_FIGURE.sub(" ", folded_text(text))))
    if not asked:
        return 0.0
    shown = {figure for s in chosen for figure in _FIGURE.findall(folded_text(s.passage.text))}
    return len(asked - shown) / len(asked)


def _wanted(question: Question, attributes: Sequence[Attribute]) -> list[list[Attribute]]:
    """Attributes that the same words ask for, together: any of them is an answer. Where the words
    state a unit ("how many fractions?"), only a number in that unit is one."""
    folded = folded_text(question.text)
    groups: list[tuple[int, list[Attribute]]] = []  # the end of the words, and what they ask for
    for start, end, attribute in sorted(
        ((*m.span(), a) for a in attributes for m in a.asks.finditer(folded)), key=lambda found: found[:2]
    ):
        if groups and start < groups[-1][0]:
            groups[-1] = (max(end, groups[-1][0]), [*groups[-1][1], attribute])
        else:
            groups.append((end, [attribute]))
    return [[a for a in same if a.is_quantity] or same for _, same in groups]


def _shown(
    evidence: Evidence,
    weights: Sequence[float],
    attribute: Attribute,
    named: Sequence[int],
    chosen: Sequence[Scored],
) -> bool:
    """Whether a chosen passage shows the attribute of what the clause asks about.

    The passage must speak of the drug, stage or the like itself (of two of them, where a list is
    named), and of most other things named.
    """
    units = evidence.question.units
    things = [i for i in named if units[i].category != "asked_attribute"]
    about = [i for i in things if units[i].category != "population"] or things  # whom it is asked of
    topics = [i for i in about if units[i].category in TOPICS]
    values = [i for i in about if attribute.exact and units[i].category in _VALUES]
    subjects = frozenset(term for i in about for term in (*units[i].exact, *dict(units[i].related)))
    return any(
        attribute.name in s.shows
        and not _CITATION.search(s.passage.text)  # a title promises, it does not tell
        and attribute.shown_beside(s.passage.text, subjects)
        and sum(s.covered[i] >= _TOUCHED for i in topics) >= min(len(topics), 2)
        and (weighted_share(weights, s.covered, about) >= _COVERED or _one_of_several(evidence, s, about))
        and all(s.covered[i] >= STANDS_FOR for i in values)
        for s in chosen
    )


def _one_of_several(evidence: Evidence, scored: Scored, about: Sequence[int]) -> bool:
    """Whether a passage speaks of one of the findings or harms that a question strings together."""
    units = evidence.question.units
    alike = [i for i in about if units[i].category in _SEVERAL]
    return len(alike) > 1 and any(scored.covered[i] >= STANDS_FOR for i in alike)
