"""The embedded answerer: verified passages, selected and ordered. No language model."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.editions import readable
from assistant.evidence import Evidence, Scored, weigh
from assistant.messages import message
from assistant.plain.brief import brief
from assistant.presentation import Presented, present
from assistant.question import Question
from assistant.ranking import ranking
from assistant.refusal import join, refusal
from assistant.selection import Group, select
from assistant.sufficiency import Sufficiency, judge
from assistant.types import Audience, Considered, Language, Notice
from index import Index
from ingest.types import Source

_CONSIDERED = 12
# Share of the best score in the clinicians' edition that the best in the patients' must have for patients
# to be answered from it. On 75 questions of the dev split about the monograph that have facts: from 0.85 up
# what patients ask is told with fewer facts, below it what only the fuller edition says is missed more.
_AS_NEAR = 0.85


@dataclass(frozen=True, slots=True)
class Extract:
    """An extractive answer before it becomes an ``Answer``; ``groups`` of the ``evidence`` are shown."""

    presented: Presented
    sufficiency: Sufficiency
    notices: tuple[Notice, ...]
    considered: tuple[Considered, ...]
    evidence: Evidence
    groups: tuple[Group, ...] = ()


def extract(
    index: Index,
    question: Question,
    audience: Audience = "clinician",
    known: frozenset[tuple[str, int, int]] = frozenset(),
    earlier: str = "",
) -> Extract:
    """Answer a question from the index, or say what is missing.

    A patient is answered from the edition for patients; from that for clinicians, in plain words, where
    the former has no answer or one that is much further from the question.
    ``known``: spans (source id, start, end) that the reader has seen, when more is asked for;
    ``earlier``: the answers of the conversation so far.
    """
    evidence = weigh(index, question, audience)
    sources = index.sources.values()
    own, full = (index.reading(readable(sources, question.language, a)) for a in (audience, "clinician"))
    if own is full:
        return _extract(full, evidence, audience, known, earlier)
    fuller = weigh(index, question)
    if _best(evidence) >= _AS_NEAR * _best(fuller):
        found = _extract(own, evidence, audience, known, earlier)
        if found.sufficiency.verdict != "not_in_source":
            return found
    return _extract(full, fuller, audience, known, earlier)


def _best(evidence: Evidence) -> float:
    return max((facet[0].score for facet in evidence.facets if facet), default=0.0)


def _extract(
    index: Index,
    evidence: Evidence,
    audience: Audience,
    known: frozenset[tuple[str, int, int]],
    earlier: str,
) -> Extract:
    """An answer for ``audience`` from what was found in an edition for that audience or another."""
    question = evidence.question
    if known:
        evidence = _unseen(evidence, known)
    groups = select(index, evidence)
    if known:
        groups = _without(groups, known)
    sufficiency = judge(index, evidence, groups)
    if sufficiency.verdict == "not_in_source":
        notices = refusal(evidence, sufficiency, audience)
        if known:
            notices = (Notice("not_in_source", message(question.language, "no_more")),)
        nothing = Presented("", (), (), (), ())
        return Extract(nothing, sufficiency, notices, _considered(evidence, ()), evidence)
    if sufficiency.verdict == "partial":
        groups = answering(evidence, groups, sufficiency.open_clauses) or groups
    if audience == "patient":
        groups = brief(index, evidence, groups)
    presented = present(groups, question, audience, earlier)
    if not presented.sentences:  # nothing stood the check
        sufficiency = replace(sufficiency, verdict="not_in_source")
        notices = refusal(evidence, sufficiency, audience)
        return Extract(presented, sufficiency, notices, _considered(evidence, ()), evidence)
    notices = (*presented.notices, *_repairs(groups, question.language))
    if sufficiency.verdict == "partial":
        what = join(question.language, sufficiency.missing)
        notices = (*notices, Notice("coverage", message(question.language, "partial", what=what)))
    return Extract(presented, sufficiency, notices, _considered(evidence, groups), evidence, groups)


def answering(evidence: Evidence, groups: tuple[Group, ...], still_open: frozenset[int]) -> tuple[Group, ...]:
    """The groups that answer a clause. What was found for one that stays open is next to the point,
    unless it is as near to one that is answered: its passages were only taken there first."""
    near = {
        (s.source.id, s.position)
        for clause, facet in zip(evidence.question.facets, evidence.facets, strict=False)
        if clause not in still_open
        for s in facet
        if s.score >= ranking().relative * facet[0].score
    }
    return tuple(
        g for g in groups if g.clause not in still_open or any((g.source.id, i) in near for i in g.positions)
    )


def _unseen(evidence: Evidence, known: frozenset[tuple[str, int, int]]) -> Evidence:
    """The evidence without what was seen, nor what is far weaker than the best of all."""
    facets = tuple(
        tuple(s for s in facet if _span(s) not in known and s.score >= ranking().relative * facet[0].score)
        for facet in evidence.facets
    )
    return replace(evidence, facets=facets)


def _span(scored: Scored) -> tuple[str, int, int]:
    return scored.source.id, scored.passage.start, scored.passage.end


def _without(groups: tuple[Group, ...], known: frozenset[tuple[str, int, int]]) -> tuple[Group, ...]:
    """The groups without what was seen and came along as part of a list, table or paragraph."""
    kept = []
    for group in groups:
        passages = group.source.passages
        left = tuple(
            i for i in group.positions if (group.source.id, passages[i].start, passages[i].end) not in known
        )
        if left:
            kept.append(replace(group, positions=left))
    return tuple(kept)


def _repairs(groups: tuple[Group, ...], language: Language) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            "repair", message(language, "repair" if r.proven else "damaged", before=r.before, after=r.after)
        )
        for source, start, end in _spans(groups)
        for r in source.repairs
        if r.start < end and r.end > start
    )


def _spans(groups: tuple[Group, ...]) -> list[tuple[Source, int, int]]:
    return [
        (g.source, g.source.passages[i].start, g.source.passages[i].end) for g in groups for i in g.positions
    ]


def _considered(evidence: Evidence, groups: tuple[Group, ...]) -> tuple[Considered, ...]:
    used = {(g.source.id, i) for g in groups for i in g.positions}
    return tuple(
        Considered(
            s.source.id,
            s.source.path_of(s.passage),
            s.passage.text,
            round(s.score, 4),
            (s.source.id, s.position) in used,
        )
        for s in evidence.ranked[:_CONSIDERED]
    )
