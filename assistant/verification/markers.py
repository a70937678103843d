"""Markers: frequency, modality, direction, effect and their like must be those of the evidence."""

from __future__ import annotations

from assistant.verification.evidence import Evidence
from assistant.verification.frames import Atom, Frame
from assistant.verification.negation import items
from assistant.verification.types import Kind, Problem

_KINDS: dict[str, Kind] = {
    "freq": "frequency", "modality": "frequency", "advise": "negation", "only": "condition", "cond": "condition",
}
# Markers whose loss makes a statement say more than its source did.
_NOT_TO_BE_LOST = frozenset({
    "freq:rare", "freq:minority", "freq:majority", "freq:some", "freq:sometimes", "freq:never", "modality:may",
    "only:+", "advise:-", "cond:unless", "known:-", "effective:-",
})
# Share (0..1) of a clause's meaning that a sentence must repeat to count as saying the clause.
_RETAINED = 0.6


def kind_of(atom: Atom) -> Kind:
    """The problem that a wrong marker is."""
    if atom.flipped:
        return "negation"
    axes = {v.partition(":")[0] for v in atom.strict}
    return next((_KINDS[a] for a in ("advise", "freq", "modality", "only", "cond") if a in axes), "concept")


def added_markers(sentence: Frame, evidence: Evidence) -> list[Problem]:
    """Markers of the sentence that no marker of the evidence agrees with."""
    problems: list[Problem] = []
    for atom in sentence.of("marker"):
        if atom.strict & evidence.values:
            continue
        axes = {v.partition(":")[0] for v in atom.strict}
        instead = [
            f.written(a) for f in evidence.frames for a in f.of("marker")
            if axes & {v.partition(":")[0] for v in a.strict}
        ]
        problems.append(Problem(kind_of(atom), sentence.written(atom), instead[0] if instead else ""))
    return problems


def lost_markers(sentence: Frame, evidence: Evidence) -> list[Problem]:
    """Restricting markers of a clause that the sentence repeats without them."""
    said = frozenset(name for name, _ in items(sentence, 0, len(sentence.lower)))
    problems: list[Problem] = []
    for span in evidence.spans:
        for atom in span.of("marker"):
            restricting = atom.flipped or bool(atom.strict & _NOT_TO_BE_LOST and "modality:can" not in atom.strict)
            if not restricting or atom.strict & sentence.values:
                continue
            clause = span.clauses[atom.clause]
            rest = items(span, clause.start, atom.start) + items(span, atom.end, clause.end)
            if retained(frozenset(name for name, _ in rest), said, span.chinese == sentence.chinese):
                problems.append(Problem(kind_of(atom), "", span.written(atom)))
    return problems


def retained(meaning: frozenset[str], said: frozenset[str], same_language: bool) -> bool:
    """Whether a sentence that says ``said`` says a clause that means ``meaning``."""
    if not same_language:
        meaning = frozenset(m for m in meaning if not m.startswith("word:"))
    total = sum(map(_weight, meaning))
    return total > 0 and sum(map(_weight, meaning & said)) >= _RETAINED * total


def _weight(name: str) -> float:
    return 3.0 if name.startswith(("concept:", "code:", "stage:")) else 1.0
