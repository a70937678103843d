"""What keeps gold in order: the validator, the spans, drafts, sheets, the gate."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from assistant.types import Answer, AnswerSentence, Citation
from evals import planted
from evals.corpus import Document, Place, corpus_of, shipped_corpus
from evals.defects import try_checks
from evals.drafting import draft
from evals.gating import Gate, read_gate
from evals.gold import BadGold, GoldQuestion, load_gold
from evals.judging import Judged
from evals.metrics.support import SentenceVerdict
from evals.raters import BadSheet, agreement, kappa, read_sheet, sheet_csv, sheet_html
from evals.reports import read_suite
from evals.spanning import spans_of
from evals.spoiling import SPOILERS
from evals.validate import complaints, hints
from index import Index
from tests.evals.conftest import ROWS, Write, fact, row
from tests.evals.test_metrics import stored

SHIPPED = sorted(Path(str(files("evals") / "gold")).glob("monograph-*.jsonl"))
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
    questions = read_suite(SHIPPED)
    assert [f"{c.id}: {c.says}" for c in complaints(questions, shipped_corpus())] == []
    assert len(questions) >= 400
    assert len({q.kind for q in questions}) >= 14
    assert sum(bool(q.evidence) for q in questions) >= 290
    patients = [q for q in questions if q.audience == "patient"]
    assert {"zh", "en"} <= {q.language for q in patients}


def test_spans_are_found_by_pattern_and_section(memo: Index, write: Write) -> None:
    [question] = load_gold(write([row("q", "多久？", facts=[fact("每月")], sections=[["支持治疗"]])]))
    [[span]] = spans_of(question, list(memo.sources.values()))
    assert span.quote == "唑来膦酸用于溶骨性病变，每月一次。"
    assert corpus_of(memo.sources.values())["memo"].text[span.start : span.end] == span.quote


def test_a_draft_is_gold(memo: Index, write: Write) -> None:
    rows = list(draft(memo.sources["memo"], "2026-11-23"))
    questions = load_gold(write(list(rows)))
    assert all("draft" in q.tags for q in questions)
    assert sum(q.refusal_is_right for q in questions) == 5
    corpus = corpus_of(memo.sources.values())
    assert [c.says for c in complaints(questions, corpus)] == []


def _judged(gold: Callable[..., GoldQuestion]) -> list[Judged]:
    verdicts = (
        SentenceVerdict("=每周一次。", (1,), True, True, "", (True,)),
        SentenceVerdict("错。", (2,), False, False, "number: 错", (False,)),
    )
    return [Judged(gold(), stored("", 1, 2), {}, {}, (), verdicts)]


def test_raters_come_back(gold: Callable[..., GoldQuestion], tmp_path: Path) -> None:
    judged = _judged(gold)
    empty = sheet_csv(judged)
    assert "'=每周一次。" in empty  # no formula
    assert "☐ 80" in sheet_html(judged, "zh")
    filled = []
    for name, marks in (("one", (100, 25, 0, 0)), ("two", (80, 25, 100, 0))):
        lines = empty.splitlines()
        text = "\n".join([lines[0], *(f"{line}{mark}" for line, mark in zip(lines[1:], marks, strict=True))])
        path = tmp_path / f"{name}.csv"
        path.write_text(text, "utf-8")
        filled.append(read_sheet(path))
    found = agreement(judged, filled)
    assert (found.raters, found.scores, found.mean_sentence, found.mean_citation) == (2, 8, 70.0, 12.5)
    assert found.same == 7 / 8  # the second rater holds the wrong sentence for right
    # Same in 2 of 4; by chance 1/4 * 1/4 (100), 1/4 * 1/4 (25), 1/2 * 1/4 (0): 1/4.
    assert found.kappa == pytest.approx((1 / 2 - 1 / 4) / (1 - 1 / 4))
    path.write_text("id,sentence,citation,score\nq,1,0,90\n", "utf-8")
    with pytest.raises(BadSheet, match="score '90' is none of"):
        read_sheet(path)
    assert kappa([1, 1], [1, 1]) is None


def test_the_checks_notice_what_is_spoilt() -> None:
    trial = try_checks(read_suite(SHIPPED[:2]), shipped_corpus(), every=31)
    assert trial.made.total() >= 30
    assert len({kind for kind, _ in trial.made}) >= len(SPOILERS) - 3
    assert [f"{d.kind}: {d.answer.text}" for d in trial.missed] == []
    assert [f"{way}: {found}: {answer.text}" for way, answer, found in trial.alarmed] == []


@pytest.fixture
def gate(write: Write) -> Gate:
    refused = {"status": ["not_in_source"], "kind": "unanswerable"}
    more = [row("n1", "帕博利珠单抗一次打多少毫克？", **refused), row("n2", "中位年龄是多少岁？", **refused)]
    path = write([*ROWS, *more])
    return Gate(tuple(read_suite([path])), (path,), {"citation_recall": 1.0, "recognised": 0.75}, {})


def test_a_missed_threshold_is_named(gate: Gate, memo: Index) -> None:
    assert planted.missed_thresholds(memo, gate) == []
    for plant in ("wrong citation", "abstention off"):
        assert planted.missed_thresholds(memo, gate, plant), plant
    cited = Citation(1, "memo", "备忘", (), 0, 9, "用12个月。", "")
    told = Answer(
        "问",
        "answered",
        "zh",
        "clinician",
        "用12个月。[1]",
        (AnswerSentence("用12个月。", (1,), True),),
        (cited,),
    )
    swapped = planted.with_swapped_numbers(told)
    assert (swapped.text, swapped.sentences[0].text) == ("用22个月。[1]", "用22个月。")
    unmeasured = Gate(gate.questions, gate.gold, {"red_flag": 1.0}, {})
    assert "not measured" in planted.missed_thresholds(memo, unmeasured)[0]


def test_a_gate_file_that_names_nothing_is_misuse(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text("every = 1\nsampled = []\nwhole = []\n[at_least]\nbeauty = 1.0\n", "utf-8")
    with pytest.raises(BadGold, match="no measure is called 'beauty'"):
        read_gate(path)
    assert len(read_gate().questions) > 100
