"""What the verifier says about a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "number",
    "unit",
    "comparator",
    "negation",
    "drug",
    "gene",
    "stage",
    "frequency",
    "concept",
    "condition",
    "coverage",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One way in which a sentence departs from its evidence.

    ``found`` is what the sentence says, "" when something is missing from it; ``expected`` what the
    evidence says in its place, "" when the evidence has nothing of the kind.
    """

    kind: Kind
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``supported`` is True when there are no problems; ``verbatim``: the sentence is the evidence's own."""

    supported: bool
    problems: tuple[Problem, ...] = ()
    verbatim: bool = False
