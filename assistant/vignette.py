"""The patient whom a question presents before it asks: "65岁男性，肌酐180，…怎么确诊？"

What is told of a patient says which answer is meant, but the age, the sex and what was measured are not what
is asked about.
"""

from __future__ import annotations

import re

from assistant.question import Question
from assistant.question_units import INTERROGATIVE, Unit

_FIGURE = re.compile(r"\d")
_WHO = "population"
_MEASURED = frozenset({"test", "protein", "finding", "anatomy"})


def presenting(question: Question) -> frozenset[int]:
    """The clauses that give a figure of a patient (an age, a result) and ask nothing.

    None where what asks names nothing ("肌酐180，怎么办？"): then it asks about the figure.
    """
    told = frozenset(
        i
        for i, clause in enumerate(question.clauses)
        if i not in question.facets and _FIGURE.search(clause) is not None
    )
    return told if any(_stands_alone(unit, question) for unit in question.units) else frozenset()


def presents(question: Question) -> bool:
    """Whether a patient is presented, and then one thing is asked that can be understood by itself."""
    return len(question.facets) == 1 and bool(presenting(question))


def share_of_presented(unit: Unit, measured: float) -> float:
    """The share (0..1) that a unit of a presenting clause counts; ``measured`` is that of what was found."""
    if unit.category == _WHO:
        return 0.0
    return measured if unit.category in _MEASURED else 1.0


def _stands_alone(unit: Unit, question: Question) -> bool:
    """Whether a clause that asks names this unit, and not only how it asks ("怎么办")."""
    return unit.clause in question.facets and len(INTERROGATIVE.sub("", unit.text)) > 1
