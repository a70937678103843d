"""Sentences of a free text, and what they cite."""

from __future__ import annotations

from evals.answers.sentences import numbers, said


def test_sentences_and_their_marks() -> None:
    text = "包括：\n- 5.6 mg/L为III期。[1,2]\n1. 用12个月[3]\nIt is 2.5 mg. [1][2] Once.\n**好**。【4】"
    assert [(s.text, s.citations) for s in said(text)] == [
        ("5.6 mg/L为III期。", (1, 2)), ("用12个月", (3,)), ("It is 2.5 mg.", (1, 2)), ("Once.", ()),
        ("好。", (4,)),
    ]  # fmt: skip
    assert numbers("1, 3-5") == [1, 3, 4, 5]
    assert numbers("9-1") == [9, 1]
