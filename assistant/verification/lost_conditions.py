"""Conditions that a sentence leaves out, by the names of what they say and govern."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.verification.atoms import Frame
from assistant.verification.conditions import Condition, conditions
from assistant.verification.evidence import Evidence
from assistant.verification.markers import RETAINED, share
from assistant.verification.negation import items
from assistant.verification.types import Problem
from assistant.verification.vocabulary import clinical
from ingest.folding import is_chinese


def lost_conditions(sentence: Frame, evidence: Evidence) -> Iterator[Problem]:
    """Conditions of the evidence under which it says what the sentence says without them."""
    said = frozenset(name for name, _ in items(sentence, 0, len(sentence.lower)))
    numbers = [a.quantity for a in sentence.of("quantity") if a.quantity]
    for span in evidence.spans:
        same = span.chinese == sentence.chinese
        for condition in conditions(span):
            governed = max((share(g - condition.items, said, same) for g in condition.governed), default=0.0)
            if governed < RETAINED or governed < _best_elsewhere(span, condition, said, same):
                continue
            wanted = (
                condition.items
                if same
                else frozenset(i for i in condition.items if not i.startswith("word:"))
            )
            counted = all(any(q.same_value(n) for n in numbers) for q in condition.quantities)
            if counted and (_kept(wanted, said) or _named_within(sentence, condition)):
                continue
            if not _points_back(sentence, condition):
                yield Problem("condition", "", condition.written)


def _named_within(sentence: Frame, condition: Condition) -> bool:
    """Whether a condition has a name of the sentence inside a longer one, or the sentence its name apart.

    肾衰竭 stands in 骨髓瘤肾衰竭.
    """
    written = condition.written.lower()
    named = (a.key for a in sentence.of("concept") if a.key != "multiple_myeloma")
    forms = (f for key in named for f in clinical().concepts[key].forms)
    if any(is_chinese(form[0]) and len(form) > 2 and form in written for form in forms):
        return True
    told = (i.removeprefix("concept:") for i in condition.items if i.startswith("concept:"))
    apart = (clinical().concepts[key].zh for key in told)
    return any(len(f) > 2 and sum(c in sentence.lower for c in f) >= _APART * len(f) for f in apart)


# Share (0..1) of the characters of a name that a sentence may have apart: 血钙升高 for 高钙血症.
_APART = 0.75


# "These patients" are those of the sentence before, in the answer as in the evidence.
_POINTING = re.compile(r"(?:这些|这类|此类|这种|上述)(?:患者|病人|人)|\b(?:these|such) (?:patients|people)\b")


def _points_back(sentence: Frame, condition: Condition) -> bool:
    """Whether both speak of patients who were told of before."""
    told_before = re.search(r"这些|这类|此类|上述|\b(?:these|such)\b", condition.written.lower())
    return bool(told_before and _POINTING.search(sentence.lower))


def _best_elsewhere(span: Frame, condition: Condition, said: frozenset[str], same: bool) -> float:
    """How well a clause that the condition does not govern accounts for the sentence."""
    clauses = (frozenset(name for name, _ in items(span, c.start, c.end)) for c in span.clauses)
    free = (c for c in clauses if not condition.items <= c and not any(g <= c for g in condition.governed))
    return max((share(c, said, same) for c in free), default=0.0)


def _kept(wanted: frozenset[str], said: frozenset[str]) -> bool:
    names = frozenset(w for w in wanted if w.startswith(("concept:", "code:", "stage:")))
    chosen = names or wanted
    return len(chosen & said) * 2 >= len(chosen)
