"""Choosing what to say: the passage that answers, then what belongs to it, within a length."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.evidence import Evidence, Scored
from assistant.ranking import ranking
from assistant.subjects import subjects, topic_terms
from assistant.tables import in_order, rows_for, table_of
from index import Index
from ingest.errata import errata_register
from ingest.types import Source

_SPEAKS_OF = 0.4  # share of a unit from which a passage speaks of it
_LETTERS = 3  # of English that say about as much as one Chinese character
POINTS_BACK = re.compile(
    r"^(?:其(?!他|余)|这(?!种疾病)|该|此(?!外)|它|上述|因此|然而|但|否则|具有这些|these|this|it|they|such|therefore|however)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Group:
    """Passages shown together: sentences, a list with its lead-in, rows of a table.

    ``clause`` is the clause of the question that they were chosen for. ``length`` counts Chinese
    characters, those of the errata that must stand beside them included; of other writing, what takes
    as long to read.
    """

    source: Source
    kind: str  # "sentences" | "list" | "table"
    positions: tuple[int, ...]
    clause: int = 0

    @property
    def length(self) -> int:
        passages = [self.source.passages[i] for i in self.positions]
        errata = {id_ for p in passages for id_ in p.errata if errata_register()[id_].severity == "clinical"}
        written = sum(len(p.text) for p in passages) // (1 if self.source.language == "zh" else _LETTERS)
        return written + sum(len(errata_register()[i].right) for i in errata)

    @property
    def key(self) -> tuple[str, str, int]:
        """The list, table or paragraph that the passages belong to."""
        return self.source.id, self.kind, self.source.passages[self.positions[0]].group


class _Selection:
    """What has been chosen so far."""

    def __init__(self, index: Index, evidence: Evidence) -> None:
        self.index, self.evidence = index, evidence
        self.groups: list[Group] = []
        self.taken: set[tuple[str, int]] = set()
        self.open = list(evidence.weights)

    @property
    def length(self) -> int:
        return sum(group.length for group in self.groups)

    def consider(self, scored: Scored, best: Scored, clause: int) -> bool:
        """Take a passage if it is worth its room; whether anything was taken."""
        if (scored.source.id, scored.position) in self.taken:
            return False
        if self.groups and (not self._worth(scored, best) or self._repeats(scored)):
            return False
        added = False
        for group in _groups(self.evidence, scored, best is scored):
            group = self._rest(group)
            near = scored.score >= ranking().near * best.score
            room = ranking().budget if group.kind == "sentences" and not near else ranking().longest
            if not group.positions or (self.groups and self.length + group.length > room):
                continue
            self._add(replace(group, clause=clause))
            self.taken |= {(group.source.id, i) for i in group.positions}
            added = True
        if added:
            self.open = [0.0 if c > 0.5 else w for w, c in zip(self.open, scored.covered, strict=True)]
        return added

    def _add(self, group: Group) -> None:
        """Items of one list and rows of one table stay together, whenever they were found."""
        for i, known in enumerate(self.groups):
            if group.kind != "sentences" and known.key == group.key:
                positions = in_order(
                    self.evidence.question, known.source, (*known.positions, *group.positions)
                )
                self.groups[i] = replace(known, positions=positions)
                return
        self.groups.append(group)

    def _worth(self, scored: Scored, best: Scored) -> bool:
        if scored.passage.kind in ("meta", "caption"):
            return False
        gain = sum(w * c for w, c in zip(self.open, scored.covered, strict=True))
        total = sum(self.evidence.weights) or 1.0
        return scored.score >= ranking().relative * best.score or (
            gain / total >= ranking().gain and scored.score >= 0.5 * best.score
        )

    def _repeats(self, scored: Scored) -> bool:
        own = self.index.passage_terms(scored.source.id, scored.position)
        for source_id, position in self.taken:
            other = self.index.passage_terms(source_id, position)
            if len(own & other) >= ranking().too_similar * (min(len(own), len(other)) or 1):
                return True
        return False

    def _rest(self, group: Group) -> Group:
        left = tuple(i for i in group.positions if (group.source.id, i) not in self.taken)
        return Group(group.source, group.kind, left)


def select(index: Index, evidence: Evidence) -> tuple[Group, ...]:
    """Groups of passages that answer, the direct answer first; empty for no evidence.

    The facets of a question take turns, so that each gets its best passage before any gets its
    second.
    """
    selection = _Selection(index, evidence)
    clauses = evidence.question.facets or (0,)
    queues = [
        _on_subject(facet, evidence, clause)
        for facet, clause in zip(evidence.facets, clauses, strict=False)
    ]
    bests = [queue[0] for queue in queues if queue]
    most = max(ranking().most, len(clauses))
    while any(queues) and selection.length < ranking().budget and len(selection.groups) < most:
        for queue, best, clause in zip(queues, bests, clauses, strict=True):
            while queue and not selection.consider(queue.pop(0), best, clause):
                if queue and queue[0].score < 0.5 * best.score:
                    queue.clear()
    return _filled(index, evidence, tuple(selection.groups))


def _filled(index: Index, evidence: Evidence, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """A short answer goes on with its paragraph: what follows the answer often completes it.

    Not after a number, which is said when it is said, nor where another drug or the like comes up.
    """
    if not groups or groups[0].kind != "sentences" or sum(g.length for g in groups) >= ranking().short:
        return groups
    first = groups[0]
    source, following = first.source, first.positions[-1] + 1
    if (
        "number" in evidence.question.forms
        or any(g.source.id == source.id and following in g.positions for g in groups)
        or following >= len(source.passages)
        or source.passages[following].group != first.key[2]
    ):
        return groups
    named = evidence.question.terms.union(*(index.passage_terms(source.id, i) for i in first.positions))
    if topic_terms(index.passage_terms(source.id, following)) <= named:
        first = replace(first, positions=(*first.positions, following))
    return (first, *groups[1:])


def _on_subject(facet: tuple[Scored, ...], evidence: Evidence, clause: int) -> list[Scored]:
    """The passages that speak of what the clause is about; all of them when none does."""
    about = subjects(evidence.question.units, clause)
    kept = [s for s in facet if not about or any(s.covered[i] >= _SPEAKS_OF for i in about)]
    return kept or list(facet)


def _groups(evidence: Evidence, scored: Scored, is_best: bool) -> list[Group]:
    """The passage with what it cannot be understood without."""
    source, position = scored.source, scored.position
    passage = source.passages[position]
    if passage.kind in ("row", "footnote"):
        table = table_of(source, position)
        rows = Group(source, "table", rows_for(evidence, scored, table, is_best)) if table else None
        # A footnote says something by itself where its rows would not fit.
        if rows is None or (passage.kind == "footnote" and rows.length > ranking().budget):
            return [Group(source, "sentences", (position,))]
        return [rows]
    if passage.kind == "item" or _leads_a_list(source, position):
        return [_list(evidence, scored)]
    positions = [position]
    before: list[Group] = []
    if POINTS_BACK.match(passage.text) and position > 0:
        previous = source.passages[position - 1]
        if previous.group == passage.group:
            positions.insert(0, position - 1)
        elif previous.kind == "item" and previous.section == passage.section:
            items = [i for i, p in enumerate(source.passages) if p.group == previous.group]
            before.append(Group(source, "list", tuple(items)))
    following = position + 1
    if (
        is_best
        and following < len(source.passages)
        and source.passages[following].group == passage.group
        and POINTS_BACK.match(source.passages[following].text)
    ):
        positions.append(following)
    return [*before, Group(source, "sentences", tuple(positions))]


def _leads_a_list(source: Source, position: int) -> bool:
    following = position + 1
    return (
        following < len(source.passages)
        and source.passages[following].kind == "item"
        and source.passages[following].lead.endswith(source.passages[position].text)
    )


def _list(evidence: Evidence, scored: Scored) -> Group:
    """The whole list where its lead-in is what the question asks about, else the item alone."""
    source, position = scored.source, scored.position
    passages = source.passages
    first = position if passages[position].kind == "item" else position + 1
    items = [i for i, p in enumerate(passages) if p.group == passages[first].group and p.kind == "item"]
    length = Group(source, "list", tuple(items)).length
    if first != position:  # the lead-in itself was found
        return Group(source, "list", tuple(items))
    forms = evidence.question.forms
    headed_only = passages[first].lead == source.sections[passages[first].section].title
    by_lead = any(0.5 < c < 1.0 for c in scored.covered)
    whole = (
        length <= ranking().longest
        and by_lead
        and (forms & {"list", "criteria", "why"} or (not headed_only and length <= 160))
    )
    return Group(source, "list", tuple(items) if whole else (position,))
