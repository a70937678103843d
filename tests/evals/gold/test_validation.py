"""The validator, and the gold that ships."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evals.gold.corpus import Document, Place, shipped_corpus
from evals.gold.questions import GoldQuestion
from evals.gold.suites import read_suite, shipped_gold
from evals.gold.validation import complaints, hints
from tests.evals.conftest import fact

CORPUS = {"memo": Document("memo", "备忘", "唑来膦酸每月一次。", (Place(0, 9, "", "a"),))}


def _fact(pattern: str, start: int, end: int) -> dict[str, Any]:
    span = {"source_id": "memo", "start": start, "end": end, "quote": "唑来膦酸每月一次。"}
    return fact(pattern) | {"spans": [span]}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"facts": [_fact("每月", 0, 9)]}, None),
        ({"facts": [_fact("每月", 1, 10)]}, "now at 0"),
        ({"facts": [_fact("每周", 0, 9)]}, "no pattern"),
        ({"facts": [fact("每月") | {"importance": "okay"}]}, "no vital fact"),
        ({"kind": "riddle", "sections": [["用法"]]}, "kind 'riddle'"),
        ({"lang": "cn", "facts": [_fact("每月", 0, 9)]}, "lang 'cn' is unknown"),
        ({"audience": "nurse", "facts": [_fact("每月", 0, 9)]}, "audience 'nurse' is unknown"),
        ({"kind": "staging"}, 'needs "staging"'),
        ({"kind": "injection"}, 'needs "forbidden"'),
        ({}, "neither facts nor sections"),
    ],
)
def test_the_validator(gold: Callable[..., GoldQuestion], changes: dict[str, Any], says: str | None) -> None:
    found = [c.says for c in complaints([gold(**changes)], CORPUS)]
    assert bool(found) == (says is not None)
    assert says is None or says in found[0]


def test_a_pattern_that_matches_everything_is_worth_a_look(gold: Callable[..., GoldQuestion]) -> None:
    assert [h.says for h in hints([gold(facts=[fact("唑来膦酸"), fact("孕妇")])], CORPUS)] == [
        "fact '唑来膦酸': its patterns match 100% of all passages"
    ]


def test_the_shipped_gold_is_in_order() -> None:
    questions = read_suite(shipped_gold())
    assert [f"{c.id}: {c.says}" for c in complaints(questions, shipped_corpus())] == []
    assert len(questions) >= 400
    assert len({q.kind for q in questions}) >= 14
    assert sum(bool(q.evidence) for q in questions) >= 290
    patients = [q for q in questions if q.audience == "patient"]
    assert {"zh", "en"} <= {q.language for q in patients}
