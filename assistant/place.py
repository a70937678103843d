"""What the place and the kind of a passage say for it: its section, its table, how it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.question import Question
from assistant.question_forms import is_exception, is_study, is_summary, patterns
from assistant.ranking import ranking
from assistant.subjects import SUBJECT
from assistant.unit_weights import GENERAL
from index.analysis import terms
from ingest.errata import errata_register
from ingest.types import Passage, Source

# Forms of question that a table answers best.
TABULAR = frozenset({"criteria", "compare"})
# Forms that ask for the rule rather than for an exception from it.
_RULE = frozenset({"criteria", "definition", "list"})
# "X is …", "X（…）指 …": what stands before is what is defined.
_COPULA = re.compile(r"^([^，。；,.;]{2,28}?)(?:是(?!否|不)|指(?!标|征)|称为| is (?:an?|the)\b| are )")
_OPENING = 14  # characters of a passage in which its subject is looked for


def wants_figures(question: Question) -> bool:
    """Whether the numbers of a study answer the question."""
    wanted = question.forms.union(a.name for a in question.attributes)
    return not wanted.isdisjoint(patterns().figures) or is_study(question.text)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is the same for every passage of one question: the terms of all ``concepts`` and of those
    that are ``named`` things, whether it asks about an ``exception`` itself."""

    question: Question
    concepts: frozenset[str]
    named: frozenset[str]
    exception: bool
    figures: bool

    @classmethod
    def of(cls, question: Question) -> Asked:
        concepts = frozenset(f"c:{m.concept}" for m in question.mentions)
        named = frozenset(
            term for u in question.units if u.is_concept and u.category not in GENERAL for term in u.exact
        )
        return cls(question, concepts, named, is_exception(question.text), wants_figures(question))


def place_bonus(asked: Asked, source: Source, position: int) -> float:
    """What the place of a passage in its document says for it."""
    weights, question = ranking(), asked.question
    passage = source.passages[position]
    bonus = 0.0
    if passage.topic and not asked.concepts.isdisjoint(terms(passage.topic)):
        bonus += weights.topic
    if any(errata_register()[e].severity == "clinical" for e in passage.errata):
        bonus += weights.flawed
    if question.forms & TABULAR and passage.kind == "row":
        first_cell = source.text[slice(*passage.cells[0])] if passage.cells else ""
        if _captioned(question, passage.lead):
            bonus += weights.table
        elif not asked.named.isdisjoint(terms(first_cell)):
            bonus += weights.table / 2
    title = source.sections[passage.section].title
    if is_summary(title):
        bonus += weights.summary
    if asked.named and asked.named <= frozenset(terms(title)):
        bonus += weights.heading
        if position == 0 or source.passages[position - 1].section != passage.section:
            bonus += weights.first
    if "definition" in question.forms and (copula := _COPULA.match(passage.text)):
        about = frozenset(t for t in terms(copula.group(1)) if t.startswith("c:"))
        if about and about <= asked.concepts:
            bonus += weights.defines
    if question.forms & _RULE and not asked.exception and is_exception(passage.text + passage.lead):
        bonus += weights.exception
    if not asked.figures and is_study(passage.text):
        bonus += weights.study
    if not asked.concepts.isdisjoint(terms(passage.text[:_OPENING])):
        bonus += weights.opens
    return bonus


def _captioned(question: Question, lead: str) -> bool:
    """Whether the caption of a table names a thing that the question names."""
    caption = frozenset(terms(lead.split("（")[0]))
    return any(
        u.is_concept
        and u.category not in GENERAL
        and SUBJECT.isdisjoint(u.exact)
        and not u.exact.isdisjoint(caption)
        for u in question.units
    )


def kind_bonus(passage: Passage) -> float:
    """What the kind of a passage says against it, ≤ 0."""
    if passage.kind in ("meta", "caption"):
        return -0.3
    if passage.kind == "footnote":
        return -0.1
    return -0.15 if len(passage.text) < 8 else 0.0
