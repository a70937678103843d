"""A patient is presented; then something is asked."""

from __future__ import annotations

import pytest

from assistant.question import analyse
from assistant.unit_weights import facet_weights
from assistant.vignette import presenting, presents


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("65岁男性，肌酐180，骨髓瘤怎么确诊？", {0, 1}),
        ("72-year-old woman, creatinine 2.1 mg/dL. How is myeloma diagnosed?", {0, 1}),
        ("骨髓瘤患者贫血，怎么处理？", set()),
        ("肌酐180，怎么办？", set()),  # what is asked names nothing else
        ("血钙3.2怎么处理？", set()),  # the figure stands in what is asked
    ],
)
def test_the_clauses_that_give_a_patients_figures(text: str, clauses: set[int]) -> None:
    assert presenting(analyse(text)) == clauses


def test_age_and_sex_count_nothing_and_results_half() -> None:
    question = analyse("65岁男性，肌酐180，贫血，骨髓瘤怎么确诊？")
    weights = facet_weights(question, (1.0,) * len(question.units), question.facets[0])
    counts = {unit.text: weight for unit, weight in zip(question.units, weights, strict=True)}
    assert counts["男性"] == 0.0
    assert 0.0 < counts["肌酐"] == pytest.approx(counts["贫血"] / 2)
    assert counts["怎么确诊"] == 1.0


def test_a_question_about_age_keeps_it() -> None:
    question = analyse("男性65岁，老年人能做移植吗？")
    weights = facet_weights(question, (1.0,) * len(question.units), question.facets[0])
    counts = {unit.text: weight for unit, weight in zip(question.units, weights, strict=True)}
    assert counts["老年人"] == 1.0


def test_presents_only_before_one_question_that_stands_alone() -> None:
    assert presents(analyse("65岁男性，肌酐180，骨髓瘤怎么确诊？"))
    assert not presents(analyse("R-ISS的II期是什么？III期呢，5年生存率多少？"))
    assert not presents(analyse("肌酐180，怎么办？"))  # what is to be done about lies in the result
