"""Does a model affirm what its passage denies, or deny what it affirms? Clause by clause, on the safe side.

Stricter than the verifier, for a reader of free prose: a clause is held against the clauses of the evidence
that share most with it, and has to be of the same kind as one of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verification.atoms import Frame
from assistant.verification.frames import frame
from assistant.verification.negation import items

_LIKE = 0.75  # share of the best overlap from which a clause of the evidence may be meant
_ENOUGH = 0.34  # share of the clause that has to be found at all
# What only says where, when or of whom: it neither affirms nor denies.
_CIRCUMSTANCE = re.compile(
    r"^\W*(?:在|对|对于|关于|就|与|按|根据|据|用于|如果|若|当|因|由于|一旦|只要)"
    r"|(?:方面|期间|时|后|前|中|情况下|者|的)\W*$"
    r"|^\W*(?:in|for|with|without|after|during|among|as|according|before|when|under|at|on|to|once|if|per|because"
    r"|since|upon|until|by|given|[a-z]+ing)\b",
    re.IGNORECASE,
)


def turned(text: str, evidence: Sequence[str]) -> str:
    """The first clause of ``text`` that denies or affirms where its evidence does not; "" if none."""
    read = frame(text)
    theirs = [part for span in evidence for part in _clauses(frame(span))]
    for start, end, said, denied in _clauses(read):
        shares = [(len(said & other) / len(said), kind) for _, _, other, kind in theirs] if said else []
        best = max((share for share, _ in shares), default=0.0)
        if best < _ENOUGH or (not denied and _CIRCUMSTANCE.search(read.text[start:end])):
            continue
        if denied not in {kind for share, kind in shares if share >= _LIKE * best}:
            return read.text[start:end].strip()
    return ""


def _clauses(read: Frame) -> list[tuple[int, int, frozenset[str], bool]]:
    """(start, end, what it names, whether it denies or advises against) of each clause."""
    found = []
    for number, clause in enumerate(read.clauses):
        named = frozenset(name for name, _ in items(read, clause.start, clause.end))
        atoms = [a for a in read.atoms if a.clause == number]
        denied = any(a.kind == "negation" or a.flipped or any(map(_denies, a.values)) for a in atoms)
        found.append((clause.start, clause.end, named, denied))
    return found


def _denies(value: str) -> bool:
    """Whether a value of the lexicon is one of denial: "need not", "advised against"."""
    return ":!" in value or value == "advise:-"
