"""Markers: frequency, modality, direction, effect and their like must be those of the evidence."""

from __future__ import annotations

from assistant.verification.atoms import Atom, Frame
from assistant.verification.evidence import Evidence
from assistant.verification.lexicon import negated
from assistant.verification.negation import items
from assistant.verification.types import Kind, Problem
from assistant.verification.versus import told_by_numbers

_KINDS: dict[str, Kind] = {
    "freq": "frequency",
    "modality": "frequency",
    "advise": "negation",
    "only": "condition",
    "cond": "condition",
}
# Markers whose loss makes a statement say more than its source did.
_NOT_TO_BE_LOST = frozenset(
    {
        "freq:rare",
        "freq:minority",
        "freq:majority",
        "freq:some",
        "freq:sometimes",
        "freq:never",
        "modality:may",
        "only:+",
        "advise:-",
        "caution:+",
        "cond:unless",
        "known:-",
        "effective:-",
    }
)
# Circumstances that are often left to be understood: adding one is no fault, exchanging one is.
_CONTRASTS = frozenset({"combo", "quorum", "care", "state", "nth"})
# What speaks of patients and says nothing of them.
_OF_ANYBODY = frozenset(
    {"term:patient", "term:disease", "concept:multiple_myeloma", "word:患者", "word:病人"}
)
# Share (0..1) of a clause's meaning that a sentence must repeat to count as saying the clause.
RETAINED = 0.6


def kind_of(atom: Atom) -> Kind:
    """The problem that a wrong marker is."""
    if atom.flipped:
        return "negation"
    axes = {v.partition(":")[0] for v in atom.strict}
    return next((_KINDS[a] for a in ("advise", "freq", "modality", "only", "cond") if a in axes), "concept")


# "Can" adds nothing to a plain statement, but it takes away from a "should" or a "must".
_POSSIBLE = frozenset({"modality:can", "modality:may"})
_BINDING = frozenset({"modality:should", "modality:must", "modality:require", "advise:-"})


def added_markers(sentence: Frame, evidence: Evidence, turned: frozenset[str]) -> list[Problem]:
    """Markers of the sentence that no marker of the evidence agrees with.

    ``turned`` are the degrees of comparisons that sentence and evidence put the other way round.
    """
    problems: list[Problem] = []
    shown = told_by_numbers(sentence)
    for atom in sentence.of("marker"):
        if _agreed(atom, evidence) or atom.strict & turned or atom.start in shown:
            continue
        if not _contested(atom, evidence):
            continue
        # To say that something may be is less than to say that it is.
        if atom.strict <= _POSSIBLE and not evidence.values & _BINDING:
            continue
        if _summed_up(sentence, atom) or _counted(atom, evidence):
            continue
        # A row of a table lists what is required.
        if "modality:require" in atom.strict and any("|" in f.text for f in evidence.spans):
            continue
        axes = {v.partition(":")[0] for v in atom.strict}
        instead = [
            f.written(a)
            for f in evidence.frames
            for a in f.of("marker")
            if axes & {v.partition(":")[0] for v in a.strict}
        ]
        problems.append(Problem(kind_of(atom), sentence.written(atom), instead[0] if instead else ""))
    return problems


def _summed_up(sentence: Frame, atom: Atom) -> bool:
    """Whether 都 only sums up a word for all, or for not all, that stands before it: 并非每位患者都."""
    if sentence.lower[atom.start] != "都" or not atom.strict <= {"freq:all"}:
        return False
    before = (o for o in sentence.of("marker") if o.clause == atom.clause and o.start < atom.start)
    return any(o.strict & {"freq:all", "freq:!all"} for o in before)


# The least share (%) that a word of frequency stands for, where the evidence has the one share alone.
_SHARES = {"freq:all": 100, "freq:majority": 60}


def _counted(atom: Atom, evidence: Evidence) -> bool:
    """Whether a word of frequency puts the only share of the evidence into words: 80%~90% are most."""
    least = min((_SHARES[v] for v in atom.strict if v in _SHARES), default=None)
    if least is None or atom.flipped:
        return False
    numbers = [a.quantity for a in evidence.atoms("quantity") if a.quantity]
    shares = [q for q in numbers if q.unit.dimension == "%"]
    return len(shares) == 1 and shares[0].low >= least and not shares[0].signs & {"lt", "le"}


def _agreed(atom: Atom, evidence: Evidence) -> bool:
    """Whether the evidence has one of the values; of the side and of what lies there, one each."""
    sides = frozenset(v for v in atom.values if v.startswith("side:"))
    return all(part & evidence.values for part in (sides, atom.values - sides) if part)


def _contested(atom: Atom, evidence: Evidence) -> bool:
    """Whether the marker must be in the evidence, or only may not stand against what is there."""
    axes = {v.partition(":")[0] for v in atom.strict}
    if axes - _CONTRASTS:
        return True
    return any(v.partition(":")[0] in axes for v in evidence.values)


def lost_markers(sentence: Frame, evidence: Evidence, turned: frozenset[str]) -> list[Problem]:
    """Restricting markers of a clause that the sentence repeats without them."""
    said = frozenset(name for name, _ in items(sentence, 0, len(sentence.lower)))
    clauses = _said_by_clause(sentence) if len(sentence.clauses) > 1 else []
    problems: list[Problem] = []
    for span in evidence.spans:
        for atom in span.of("marker"):
            restricting = atom.flipped or bool(
                atom.strict & _NOT_TO_BE_LOST and "modality:can" not in atom.strict
            )
            if not restricting or atom.strict & turned or _mere_contrast(atom, sentence):
                continue
            clause = span.clauses[atom.clause]
            rest = items(span, clause.start, atom.start) + items(span, atom.end, clause.end)
            meaning = frozenset(name for name, _ in rest)
            if meaning <= _OF_ANYBODY and atom.clause + 1 < len(span.clauses):
                # "In some patients, …": what is said of them comes behind the comma.
                after = span.clauses[atom.clause + 1]
                if after.sentence == clause.sentence:
                    meaning |= {name for name, _ in items(span, after.start, after.end)}
            same = span.chinese == sentence.chinese
            kept = atom.strict & sentence.values or (
                atom.strict == {"modality:may"} and "modality:can" in sentence.values
            )
            lost = not kept and retained(meaning, said, same)
            if lost and _said_freely(span, atom, said, share(meaning, said, same)):
                continue
            # Of two restrictions of one kind the sentence may keep one in its clause and lose the other.
            fewer = _count(sentence, atom.strict) < _count(span, atom.strict)
            if lost or (
                fewer and any(not atom.strict & v and retained(meaning, s, same) for v, s in clauses)
            ):
                problems.append(Problem(kind_of(atom), "", span.written(atom)))
    return problems


def _mere_contrast(atom: Atom, sentence: Frame) -> bool:
    """Whether what is lost only tells the median from an average, 不是平均数, that is not claimed either."""
    told_apart = atom.flipped and all(v.startswith("stat:") for v in atom.strict)
    return told_apart and not negated(atom.strict) & sentence.values


def _said_freely(span: Frame, atom: Atom, said: frozenset[str], own: float) -> bool:
    """Whether a sentence of the span without the restriction accounts for what is said as well."""
    clauses = [c for i, c in enumerate(span.clauses) if i != atom.clause and c.sentence != atom.sentence]
    return any(
        share(frozenset(n for n, _ in items(span, c.start, c.end)), said, True) >= max(own, RETAINED)
        for c in clauses
    )


def _count(read: Frame, values: frozenset[str]) -> int:
    return sum(bool(a.strict & values) for a in read.of("marker"))


def _said_by_clause(sentence: Frame) -> list[tuple[frozenset[str], frozenset[str]]]:
    """(marker values, meaning) of every clause."""
    return [
        (
            frozenset(v for a in sentence.atoms if a.clause == index for v in a.values),
            frozenset(name for name, _ in items(sentence, clause.start, clause.end)),
        )
        for index, clause in enumerate(sentence.clauses)
    ]


def retained(meaning: frozenset[str], said: frozenset[str], same_language: bool) -> bool:
    """Whether a sentence that says ``said`` says a clause that means ``meaning``."""
    return share(meaning, said, same_language) >= RETAINED


def share(meaning: frozenset[str], said: frozenset[str], same_language: bool) -> float:
    """Share (0..1) of ``meaning`` that is said; 0 for no meaning."""
    if not same_language:
        meaning = frozenset(m for m in meaning if not m.startswith("word:"))
    total = sum(map(weight, meaning))
    # Between languages one common word in common is no sign that two clauses say one thing.
    if not same_language and total < 2:
        return 0.0
    return sum(map(weight, meaning & said)) / total if total else 0.0


def weight(name: str) -> float:
    """What a name counts for among what two texts share: the thing that is meant more than a word."""
    return 3.0 if name.startswith(("concept:", "code:", "stage:")) else 1.0
