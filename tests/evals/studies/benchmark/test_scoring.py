"""One answer against its gold: facts, the part that counts, sections, forbidden statements."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evals.gold.matching import normalise
from evals.gold.questions import GoldQuestion
from evals.studies.benchmark.scoring import score
from tests.evals.conftest import fact

Gold = Callable[..., GoldQuestion]


def test_one_alternative_of_a_fact_is_enough(gold: Gold) -> None:
    question = gold(facts=[fact("硼替佐米", "bortezomib"), fact("来那度胺", note="IMiD"), fact("沙利度胺")])
    outcome = score(question, "Bortezomib was given.", "answered", [])
    assert (outcome.facts_found, outcome.facts) == (1, 3)
    assert outcome.missed == ("IMiD", "沙利度胺")  # its note, else its first pattern


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("每周期4次", "每 周期\n4次"),
        ("3.5mg", "３．５ｍｇ"),
        ("肾衰竭", "肾 衰竭"),
        (r"1500/μl", "少于1,500/µl"),  # micro sign and Greek mu are one after NFKC
        ("r-iss", "R-ISS"),
    ],
)
def test_spelling_does_not_hide_a_fact(gold: Gold, pattern: str, text: str) -> None:
    assert score(gold(facts=[fact(pattern)]), text, "answered", []).facts_found == 1


def test_white_space_between_latin_words_stays() -> None:
    assert normalise("bone  pain") == "bone  pain"


@pytest.mark.parametrize(("language", "limit"), [("zh", 600), ("zh-Hant", 600), ("en", 1500)])
def test_only_the_beginning_of_a_long_answer_counts(gold: Gold, language: str, limit: int) -> None:
    question = gold(lang=language, facts=[fact("贫血")])
    inside, outside = "x" * (limit - 2) + "贫血", "x" * (limit - 1) + "贫血"
    assert score(question, inside, "answered", []).facts_found == 1
    assert score(question, outside, "answered", []).facts_found == 0
    assert score(question, outside, "answered", []).characters == limit + 1


def test_a_forbidden_statement_counts_wherever_it_stands(gold: Gold) -> None:
    question = gold(forbidden=["可以停药", "stop taking"])
    assert score(question, "x" * 5000 + "可以 停药", "answered", []).forbidden == ("可以停药",)
    assert score(question, "不要自行停药", "answered", []).forbidden == ()


@pytest.mark.parametrize(
    ("paths", "right"),
    [
        ([("多发性骨髓瘤的治疗", "并发症的治疗", "骨病")], True),
        ([("预后",), ("治疗", "并发症")], True),  # any citation will do
        ([("并发症", "治疗")], False),  # in this order they are another section
        ([("治疗",)], False),
        ([], False),
    ],
)
def test_section_fragments_are_found_in_order(gold: Gold, paths: list[tuple[str, ...]], right: bool) -> None:
    question = gold(sections=[["治疗", "并发症", "骨病"], ["治疗", "并发症"]])
    assert score(question, "", "answered", paths).section is right


def test_one_of_the_acceptable_sections_is_enough(gold: Gold) -> None:
    question = gold(sections=[["诊断"], ["关键点"]])
    assert score(question, "", "answered", [("关键点",)]).section is True


def test_no_section_named_is_no_section_missed(gold: Gold) -> None:
    assert score(gold(), "", "answered", [("诊断",)]).section is None


@pytest.mark.parametrize(
    ("status", "right", "abstained"),
    [
        ("answered", False, False),
        ("partial", True, False),
        ("not_in_source", True, True),
        ("out_of_scope", False, True),
        ("clarify", False, True),
        ("urgent", False, False),
    ],
)
def test_status(gold: Gold, status: str, right: bool, abstained: bool) -> None:
    outcome = score(gold(status=["partial", "not_in_source"]), "", status, [])
    assert (outcome.status_right, outcome.abstained) == (right, abstained)
