"""The proof of the language model counts what it says it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.studies.model_proof.__main__ import Said, load_said, main, prove, report
from evals.studies.model_proof.mutations import mutated
from index import Index


def test_right_and_wrong_sentences_are_told_apart(memo: Index) -> None:
    answer = "硼替佐米的主要不良反应是手足麻木«手足麻木»。硼替佐米能治愈骨髓瘤«手足麻木»。"
    proof = prove(memo, [Said("zh", "clinician", "硼替佐米有什么不良反应？", answer)])
    assert proof.questions == 1
    assert proof.sentences == 2
    assert [d.reason for d in proof.lost] == ["unsupported"]
    assert len(proof.tokens_in) == 1
    assert proof.wrong == 4  # each with another drug, and with a marker that does not exist
    assert proof.shown == ()
    lines = list(report(proof, details=True))
    assert "right sentences shown 1 of 2 (50.0%)" in lines


def test_one_thing_is_wrong_at_a_time() -> None:
    wrong = list(mutated("- 至少用6个月«甲»。没有编号。\n"))
    assert wrong == ["至少用13个月«甲»。", "至多用6个月«甲»。", "至少用6年«甲»。", "至少用6个月[99]。"]


def test_the_shipped_answers_can_be_read() -> None:
    for file in (Path(__file__).parents[4] / "evals" / "studies" / "model_proof" / "answers").glob("*.jsonl"):
        for said in load_said(file):
            assert "«" in said.answer, said.question


def test_misuse_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.jsonl"), "--index", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("evals.studies.model_proof: ")
