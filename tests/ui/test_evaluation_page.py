"""Measuring the assistant in the app: a run, its scores, its questions, ratings, and a comparison."""

from __future__ import annotations

import csv
import json
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evals.answers.stored import Quoted, Said, StoredAnswer
from evals.gold.corpus import Corpus, corpus_of
from evals.gold.questions import GoldQuestion
from evals.reporting.run_report import FILES
from ingest.types import Source
from tests.ui.fakes import HOSTILE, FakeAssistant, ask, page_with, passage_with, read, turn_to
from ui.evaluation.bench import Bench
from ui.evaluation.runs import Runs
from ui.page import EVALUATION_PATH
from ui.strings import texts_in

ZH = texts_in("zh")
ROWS = [
    {"id": "a", "question": "分期用什么？", "facts": [{"any": ["微球蛋白"], "note": "β2微球蛋白"}]},
    {"id": "b", "question": f"何时不能分期？{HOSTILE}", "facts": [{"any": ["缺少结果"], "note": "缺少结果"}]},
    {"id": "c", "question": "How much is it?", "lang": "en", "audience": "patient",
     "status": ["not_in_source"], "facts": []},
]  # fmt: skip


@dataclass
class FakeSystem:
    """Quotes the passage that a script names; waits before its answer while the gate is closed."""

    source: Source
    words: dict[str, str]
    gate: threading.Event = field(default_factory=threading.Event)
    name: str = "fake"
    concurrent: bool = False

    @property
    def corpus(self) -> Corpus:
        return corpus_of([self.source])

    def describe(self) -> dict[str, str]:
        return {"kind": HOSTILE}

    def answer(self, question: GoldQuestion) -> StoredAnswer:
        assert self.gate.wait(20)
        if question.id not in self.words:
            return StoredAnswer(question.id, "not_in_source", "The sources do not say.")
        p = passage_with(self.source, self.words[question.id])
        cited = Quoted(1, p.text, self.source.id, p.start, p.end, ("分期",))
        return StoredAnswer(question.id, "answered", f"{p.text}[1]", (Said(p.text, (1,)),), (cited,))


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "my-gold.jsonl"
    common = {"lang": "zh", "kind": "fact", "status": ["answered", "partial"]}
    path.write_text("".join(json.dumps(common | row, ensure_ascii=False) + "\n" for row in ROWS), "utf-8")
    return path


@pytest.fixture
def system(source: Source) -> FakeSystem:
    fake = FakeSystem(source, {"a": "血清", "b": "缺少结果"})
    fake.gate.set()
    return fake


@pytest.fixture
def bench(system: FakeSystem, tmp_path: Path) -> Bench:
    return Bench(Runs(tmp_path / "runs"), lambda named: system)


@pytest.fixture
def page(bench: Bench, assistant: FakeAssistant) -> AppTest:
    return page_with(lambda progress: assistant, None, None, bench)


def shown(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(read(h.body).text for h in page.html if not h.body.startswith(("<style", "<script")))


def blocks(page: AppTest, kind: str) -> list[str]:
    """The parts of the page that hold something of a class."""
    return [h.body for h in page.html if kind in h.body and not h.body.startswith(("<style", "<script"))]


def ended(bench: Bench) -> str:
    deadline = time.monotonic() + 30
    while bench.job is None or bench.job.state == "running":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return bench.job.state


def measured(bench: Bench, gold: Path) -> str:
    """The name of a finished run."""
    assert bench.start([gold], 0)
    assert ended(bench) == "done", bench.job
    assert bench.job is not None
    return bench.job.name


def test_a_run_goes_on_while_the_chat_is_used_and_can_be_stopped_and_continued(
    page: AppTest, bench: Bench, system: FakeSystem, gold: Path
) -> None:
    page = turn_to(page, EVALUATION_PATH)
    assert page.selectbox("evaluation-gold").options[:2] == [ZH("eval_gold_all"), "monograph-kinds"]
    system.gate.clear()
    page.selectbox("evaluation-gold").set_value("own").run()
    assert page.button("evaluation-start").disabled
    page.text_input("evaluation-path").set_value(str(gold)).run()
    page.button("evaluation-start").click().run()
    assert "正在进行" in shown(page)
    assert not bench.start([gold], 0), "one at a time"
    ask(turn_to(page, ""), "肾功能？")
    assert any("肾功能见原文" in h.body for h in page.html)
    bench.stop()
    system.gate.set()
    assert ended(bench) == "stopped"
    page = turn_to(page, EVALUATION_PATH)
    assert "已停止" in shown(page)
    (go_on,) = (b for b in page.button if str(b.key).startswith("go-on-"))
    go_on.click().run()
    assert ended(bench) == "done"
    page = turn_to(page, EVALUATION_PATH)
    # Not 4: the patient's question is asked once more, as a clinician's, and that is no question of its own.
    assert "fake · 3题 · my-gold.jsonl" in shown(page)


def test_scores_lead_to_the_words_that_a_sentence_cites(page: AppTest, bench: Bench, gold: Path) -> None:
    name = measured(bench, gold)
    page = turn_to(page, EVALUATION_PATH)
    page.button(f"open-run-{name}").click().run()
    text = shown(page)
    assert "问题数 3 · 失败 0 · 拒答 1" in text
    # Two answers have a vital nugget each and both are found: n 2, of which none failed or was declined.
    # None of 2 wrong: 0.025 ** (1 / 2) may still be right.
    assert "<td>1.000 [0.158, 1.000]</td><td>2</td><td>0</td><td>0</td>" in blocks(page, "mm-scores")[0]
    page.selectbox(f"slice-{name}").set_value("language: en").run()
    assert page.selectbox(f"question-{name}").options == ["✓ c · How much is it?"]
    page.selectbox(f"slice-{name}").set_value("all").run()
    page.selectbox(f"question-{name}").set_value("b").run()
    (drill,) = blocks(page, "mm-verbatim")
    assert read(drill).marks == ("缺少结果时不能分期。",)
    assert "✓ 支持" in read(drill).text
    assert HOSTILE in read(drill).text
    assert not {"img", "script"} & set(read(drill).tags)
    page.toggle(f"question-{name}-wrong").set_value(True).run()
    assert not page.exception
    files = {file: bench.runs.report(name, file, "zh").decode() for file in FILES}
    assert "评测报告" in files["report.html"]
    assert json.loads(files["report.json"])["results"]["system"] == "fake"
    assert [row["id"] for row in csv.DictReader(files["scores.csv"].splitlines())] == ["a", "b", "c"]
    page.button("evaluation-back").click().run()
    assert ZH("eval_start_title") in shown(page)


def test_a_human_rates_sentences_and_citations(page: AppTest, bench: Bench, gold: Path) -> None:
    name = measured(bench, gold)
    page = turn_to(page, EVALUATION_PATH)
    page.button(f"open-run-{name}").click().run()
    page.selectbox(f"question-{name}").set_value("b").run()
    page.segmented_control(f"score-{name}-b-1-0").set_value(80)
    page.segmented_control(f"score-{name}-b-1-1").set_value(0)
    next(b for b in page.button if b.label == ZH("save")).click().run()
    assert ZH("eval_rate_kept") in shown(page)
    (sheet,) = (bench.runs.folder / name / "raters").iterdir()
    assert bench.runs.rated(name, sheet.stem) == {("b", 1, 0): 80, ("b", 1, 1): 0}
    found = json.loads((bench.runs.folder / name / "raters.json").read_text("utf-8"))
    assert (found["raters"], found["scores"], found["mean_sentence"], found["same"]) == (1, 2, 80, 0.5)
    assert ZH("eval_rated_same") in shown(page.run())
    # Another question of the same rater adds to the sheet.
    bench.runs.rate(name, "other", {("b", 1, 0): 0})
    found = json.loads((bench.runs.folder / name / "raters.json").read_text("utf-8"))
    assert (found["raters"], found["scores"]) == (2, 3)


def test_two_runs_are_compared_question_by_question(
    page: AppTest, bench: Bench, system: FakeSystem, gold: Path
) -> None:
    before = measured(bench, gold)
    system.words = {"a": "血清", "c": "血清"}  # b is refused now, and c answered
    (bench.runs.folder / before).rename(bench.runs.folder / "0-before")
    after = measured(bench, gold)
    page = turn_to(page, EVALUATION_PATH)
    assert page.selectbox("evaluation-before").value == "0-before"
    page.button("evaluation-compare").click().run()
    assert f"A: 0-before · B: {after}" in shown(page)
    assert "p（Holm）" in shown(page)
    page.segmented_control("evaluation-verdict").set_value("broken").run()
    page.selectbox("evaluation-changed-broken").set_value("b").run()
    drilled = [read(body).text for body in blocks(page, "mm-verbatim")]
    assert ["缺少结果时不能分期。" in text for text in drilled] == [True, False]


def test_what_cannot_be_used_is_told_in_a_line(
    page: AppTest, bench: Bench, gold: Path, tmp_path: Path
) -> None:
    page = turn_to(page, EVALUATION_PATH)
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": 1}\n', "utf-8")
    for path in (broken, tmp_path / "none.jsonl", tmp_path):
        assert bench.start([path], 10)
        assert ended(bench) == "failed"
        assert str(path) in shown(page.run())
    name = measured(bench, gold)
    gold.write_text(gold.read_text("utf-8") + "\n", "utf-8")
    (bench.runs.folder / "notes").mkdir()
    later = Bench(Runs(bench.runs.folder), lambda named: None)  # type: ignore[arg-type, return-value]
    assert [run.name for run in later.runs.listed()] == [name]
    page = turn_to(page_with(lambda progress: None, None, None, later), EVALUATION_PATH)  # type: ignore[arg-type, return-value]
    page.button(f"open-run-{name}").click().run()
    assert "not as it was asked" in shown(page)
    page.button("evaluation-back").click().run()
    assert not page.exception
