"""What a question asks for: figures that are none, and names that look like something asked or shown."""

from __future__ import annotations

import pytest

from assistant.asked_for import figures_open
from assistant.question import analyse
from assistant.question_forms import patterns


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("我爸72 能做移植吗", 0.0),
        ("岳母81能做移植吗", 0.0),
        ("男64能做移植吗", 0.0),
        ("Transplant in a 64F?", 0.0),
        ("Is 72yo too old for a transplant?", 0.0),
        ("骨髓瘤肌酐到177了吗", 1.0),
        ("给病人400毫克还是800毫克", 1.0),
        ("给病人25 mg够吗", 1.0),
        ("Is 25 mg the dose?", 1.0),
    ],
)
def test_an_age_is_no_figure_that_is_asked_for(question: str, share: float) -> None:
    asked = analyse(question)
    shares = {figures_open(asked, clause, []) for clause in range(len(asked.clauses))}
    assert max(shares) == share


def test_a_name_asks_for_no_limit_and_shows_no_place() -> None:
    named = {a.name for a in analyse("What came of the trial of high-cutoff dialysis?").attributes}
    assert "threshold" not in named
    assert "threshold" in {a.name for a in analyse("Which cut-off counts for creatinine?").attributes}
    (place,) = (a for a in patterns().attributes if a.name == "who_where")
    assert not place.shown_in("Mayo Clinic的1027例骨髓瘤中，贫血占73%。", frozenset())
    assert place.shown_in("Follow-up takes place in the clinic.", frozenset())
