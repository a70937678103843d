"""The status of a mere text."""

from __future__ import annotations

from evals.answers.sentences import said
from evals.answers.statuses import status_of


def test_status_of_a_text() -> None:
    told = {
        "": "failed", "资料中没有提到价格。": "not_in_source",
        "The sources do not answer this.": "not_in_source",
        "抱歉，我不能为您开处方。": "out_of_scope", "每月一次。[1] 其他信息不足。": "answered",
        "资料没有写价格，只写了用法。[1]": "answered",
    }  # fmt: skip
    assert {text: status_of(text, said(text)) for text in told} == told
