"""Parity of a question and its translation; expected values by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evals.gold.questions import BadGold, GoldQuestion
from evals.studies.parity import Pair, Place, main, pairs_of, report

A, B, C = Place("01", "cause"), Place("01", "age"), Place("02", "bone")


def pair(
    ours: tuple[Place, ...],
    theirs: tuple[Place, ...],
    statuses: tuple[str, str] = ("answered", "answered"),
) -> Pair:
    return Pair("p", ("甲？", "A?"), statuses, (ours, theirs))


@pytest.mark.parametrize(
    ("compared", "first", "agree"),
    [
        (pair((A, B), (A,)), True, True),
        (pair((A, B), (B, A)), False, True),
        (pair((A,), (B, A)), False, False),
        (pair((A,), (C,)), False, False),
        (pair((A,), ()), False, False),
        (pair((), (), ("not_in_source", "not_in_source")), True, True),
        (pair((), (), ("not_in_source", "clarify")), False, False),
    ],
)
def test_agreement(compared: Pair, first: bool, agree: bool) -> None:
    assert (compared.same_first, compared.agree) == (first, agree)


def test_the_report_counts_and_lists_what_disagrees() -> None:
    text = report([pair((A,), (A,)), pair((A, B), (C,))])
    assert text.startswith("2 pairs\ndirect answer in the same section: 0.500 (95% interval 0.000 to 1.000)")
    assert text.endswith("p\n  甲？ [answered] cause age\n  A? [answered] bone")


def test_a_pair_is_chinese_and_english(gold: Callable[..., GoldQuestion]) -> None:
    zh, en = gold(id="a", pair="p"), gold(id="b", pair="p", lang="en")
    assert pairs_of([en, zh, gold(id="c")]) == {"p": (zh, en)}
    with pytest.raises(BadGold, match="'p'"):
        pairs_of([zh, gold(id="b", pair="p")])


def test_a_missing_file_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-file.jsonl"]) == 2
    assert "no-such-file.jsonl" in capsys.readouterr().err
