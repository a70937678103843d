"""The gate names what it misses, and turns red where a regression is planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.types import Answer, AnswerSentence, Citation
from evals.gate import planted
from evals.gate.thresholds import Gate, read_gate
from evals.gold.questions import BadGold
from evals.gold.suites import read_suite
from index import Index
from tests.evals.conftest import ROWS, Write, row


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
    # On so short a text the others need not be noticed, but they must not be noticed by a crash.
    for plant in planted.PLANTS.keys() - {"wrong citation", "abstention off"}:
        planted.missed_thresholds(memo, gate, plant)
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


def test_a_plant_that_crashes_proves_nothing(
    gate: Gate, memo: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object, **named: object) -> None:
        raise TypeError("a plant that does not fit")

    owner, name, _ = planted.PLANTS["wrong citation"]
    monkeypatch.setattr(planted, "PLANTS", {"wrong citation": (owner, name, broken)})
    with pytest.raises(RuntimeError, match="wrong citation: a1: TypeError: a plant that does not fit"):
        planted.missed_thresholds(memo, gate, "wrong citation")


def test_a_gate_file_that_names_nothing_is_misuse(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text("every = 1\nsampled = []\nwhole = []\n[at_least]\nbeauty = 1.0\n", "utf-8")
    with pytest.raises(BadGold, match="no measure is called 'beauty'"):
        read_gate(path)
    assert len(read_gate().questions) > 100
