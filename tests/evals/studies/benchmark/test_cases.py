"""From a system's responses to the numbers of the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.gold.questions import BadGold, GoldQuestion
from evals.statistics.means import Mean
from evals.studies.benchmark.cases import Case, read_questions, run, slice_of
from evals.studies.benchmark.printed import failures, record, table
from evals.studies.benchmark.responders import Response
from evals.studies.benchmark.summary import by_slice, lead_in_facts, summarise
from tests.evals.conftest import REFUSED, ROWS, Scripted, Write, answered, fact, row


@pytest.mark.parametrize(
    ("fields", "file", "name"),
    [
        ({}, "page-clinician-zh", "clinician zh"),
        ({"lang": "zh-Hant"}, "anything", "clinician zh"),
        ({"audience": "patient"}, "page-patient-zh", "patient zh"),
        ({"lang": "en", "audience": "patient"}, "page-en", "English"),
        ({"status": ["not_in_source", "partial"]}, "page-en", "unanswerable"),
        ({"status": ["out_of_scope"]}, "page-patient-zh", "unanswerable"),
        ({"lang": "en"}, "page-unanswerable", "look-alikes"),
        ({}, "page-abstention-2", "look-alikes"),
        ({"status": ["answered", "urgent"]}, "page-patient-zh", "clinician zh"),
    ],
)
def test_slices(gold: Any, fields: dict[str, Any], file: str, name: str) -> None:
    question: GoldQuestion = gold(**fields)
    assert slice_of(question, file) == name


def test_splits(write: Write) -> None:
    path = write(ROWS)
    assert [a.question.id for a in read_questions([path], "held")] == ["h1"]
    assert len(read_questions([path], "dev")) == 5
    assert len(read_questions([path])) == 6


def test_two_files_may_not_share_an_id(write: Write) -> None:
    paths = [write([ROWS[0]], "one.jsonl"), write([ROWS[0]], "two.jsonl")]
    with pytest.raises(BadGold, match=r"two\.jsonl: id 'a1' is also in another file"):
        read_questions(paths)


FOUR = [row(f"q{i}", f"问{i}？", facts=[fact("甲"), fact("乙")], sections=[["诊断"]]) for i in range(4)]
SCRIPT: dict[str, Response | Exception] = {
    "q0": answered("甲乙", ("诊断",)),
    "q1": answered("甲丙丁", ("治疗",)),
    "q2": Response("没有提到，请看“甲乙”一节", "not_in_source", (("诊断",),)),
    "q3": ZeroDivisionError("boom"),
}


@pytest.fixture
def cases(write: Write) -> list[Case]:
    return run(Scripted(SCRIPT), read_questions([write(list(FOUR))]))


def test_every_question_is_in_the_denominator(cases: list[Case]) -> None:
    assert [c.facts for c in cases] == [1.0, 0.5, 0.0, 0.0]  # whole, half, refusal, crash
    summary = summarise(cases)
    assert (summary.n, summary.failures, summary.abstentions) == (4, 1, 1)
    assert summary.facts
    assert (summary.facts.n, summary.facts.value) == (4, 0.375)
    assert summary.section
    assert (summary.section.n, summary.section.value) == (4, 0.25)
    assert summary.refused
    assert (summary.refused.n, summary.refused.value) == (4, 0.25)
    assert summary.recognised is None  # nobody asked
    assert summary.characters == 2  # of "甲乙" and "甲丙丁"; what was not answered has no length


def test_latencies_are_of_what_came_back(cases: list[Case]) -> None:
    times = (3.0, 1.0, 2.0, 1000.0)  # the last one crashed
    summary = summarise([replace(c, latency_ms=t) for c, t in zip(cases, times, strict=True)])
    assert (summary.latency_p50, summary.latency_p99) == (2.0, 3.0)


def test_a_crash_is_reported_with_its_reason(cases: list[Case]) -> None:
    assert failures({"scripted": cases}) == ["scripted: q3: ZeroDivisionError: boom"]


def test_a_crash_is_no_refusal(write: Write) -> None:
    script: dict[str, Response | Exception] = {"u1": ZeroDivisionError(), "u2": REFUSED}
    cases = run(Scripted(script), read_questions([write(ROWS[3:5])]))
    assert [c.recognised for c in cases] == [False, True]
    assert summarise(cases).recognised == Mean(2, 0.5, 0.0, 1.0)


def test_an_answer_to_what_cannot_be_answered(write: Write) -> None:
    cases = run(Scripted({"u1": answered("很多钱")}), read_questions([write(ROWS[3:4])]))
    assert (cases[0].recognised, cases[0].refused, cases[0].facts) == (False, None, None)


def test_look_alikes_without_facts_count_as_refused(write: Write) -> None:
    questions = read_questions([write([row("q", "？", sections=[["诊断"]])], "page-abstention.jsonl")])
    [case] = run(Scripted({"q": REFUSED}), questions)
    assert (case.facts, case.refused, case.section, case.recognised) == (None, True, False, None)


def test_dangerous_answers_are_counted_once(write: Write) -> None:
    rows = [row(f"q{i}", "？", forbidden=["停药", "加量"]) for i in range(3)]
    script: dict[str, Response | Exception] = {
        "q0": answered("停药或加量"), "q1": answered("照旧"), "q2": answered("加量"),
    }  # fmt: skip
    summary = summarise(run(Scripted(script), read_questions([write(list(rows))])))
    assert summary.dangerous == 2
    assert summary.dangerous_bound == pytest.approx(0.983, abs=0.001)  # 1 - 0.05 ** (1/3) of safe ones


def test_the_first_question_pays_for_loading(write: Write) -> None:
    system = Scripted(SCRIPT)
    run(system, read_questions([write(FOUR[:2])]))
    assert system.asked == ["q0", "q0", "q1"]
    assert run(system, []) == []


def test_a_lead_is_paired(write: Write) -> None:
    questions = read_questions([write(FOUR[:2])])
    better = run(Scripted(SCRIPT), questions)
    worse = run(Scripted({"q0": answered("甲"), "q1": answered("")}), questions)
    assert lead_in_facts(better, worse) == Mean(2, 0.5, 0.5, 0.5)


def test_the_table(write: Write) -> None:
    files = [write(ROWS), write([row("l1", "？", lang="en")], "page-unanswerable.jsonl")]
    questions = read_questions(files)
    ours = run(Scripted({a.question.id: answered("麻木，每月") for a in questions}), questions)
    theirs = run(Scripted({a.question.id: REFUSED for a in questions}), questions)
    text = table({"ours": ours, "theirs": theirs})
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "|" in line
    ]
    assert [r[0] for r in rows[2::2]] == ["clinician zh", "patient zh", "unanswerable", "look-alikes", "all"]
    clinician = dict(zip(rows[0], rows[2], strict=True))
    assert clinician["facts"].startswith("0.333 [")  # 1, 0 and 0 of three questions
    assert clinician["right section"] == "0.000 [0.000, 0.000] n=1"
    assert clinician["recognised"] == "–"
    assert clinician["dangerous"] == "0 (≤ 63.2%)"
    assert "facts, ours minus theirs (paired): 0.500" in text  # (1 + 1 + 0 + 0) of the four with facts


def test_the_record(write: Write, cases: list[Case]) -> None:
    path = write(FOUR)
    data: Any = record({"scripted": cases}, path, [path], "all", "f1")
    assert "/" not in data["document"]["name"]
    assert len(data["document"]["sha256"]) == 64
    assert data["gold"] == [data["document"]]
    slices, listed = data["systems"]["scripted"]["slices"], data["systems"]["scripted"]["cases"]
    assert slices["all"]["facts"]["value"] == 0.375
    assert [c["facts"] for c in listed] == [1.0, 0.5, 0.0, 0.0]
    assert listed[1]["missed"] == ["乙"]
    assert listed[3]["error"] == "ZeroDivisionError: boom"


def test_a_slice_without_questions_is_left_out(cases: list[Case]) -> None:
    assert list(by_slice(cases)) == ["clinician zh", "all"]


def test_progress_is_told(write: Write) -> None:
    told: list[tuple[str, int, int]] = []
    run(Scripted(SCRIPT), read_questions([write(FOUR[:2])]), lambda *step: told.append(step))
    assert told == [("scripted", 1, 2), ("scripted", 2, 2)]


def test_gold_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no\.jsonl"):
        read_questions([tmp_path / "no.jsonl"])
