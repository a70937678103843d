"""From questions to a run directory and a report, with systems that answer by script."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from assistant import Assistant
from evals.answers import StoredAnswer, read_answers
from evals.asking import ask_all
from evals.comparing import compare
from evals.corpus import Corpus, corpus_of
from evals.gold import GoldQuestion
from evals.manifest import BadRun
from evals.reporting.comparison import comparison_html, comparison_text
from evals.reporting.words import Language
from evals.reports import Reported, judge_directory, read_suite, write_reports
from evals.sentences import said
from evals.under_test.assistant_system import AssistantUnderTest
from evals.under_test.base import SystemUnderTest, Unavailable
from evals.under_test.endpoint import EndpointUnderTest
from evals.under_test.spec import parse_system
from evals.under_test.statuses import status_of
from index import Index
from tests.evals.conftest import ROWS, Write, row


class Answering:
    """Says the same to everything; a question in ``stops`` interrupts the run, one in ``breaks`` crashes."""

    concurrent = True

    def __init__(self, text: str, stops: str = "", breaks: str = "") -> None:
        self.name, self.asked = "scripted", list[str]()
        self.corpus: Corpus = {}
        self._text, self._stops, self._breaks = text, stops, breaks

    def answer(self, question: GoldQuestion) -> StoredAnswer:
        self.asked.append(question.id)
        if question.id == self._stops:
            raise KeyboardInterrupt
        if question.id == self._breaks:
            raise RuntimeError("no <answer>")
        return StoredAnswer(question.id, "answered", self._text)

    def describe(self) -> dict[str, str]:
        return {"kind": "scripted"}


@pytest.fixture
def suite(write: Write) -> Path:
    return write(
        [*ROWS[:3], row("u1", "骨髓移植要花多少钱？", status=["not_in_source"], kind="unanswerable")]
    )


def run(system: SystemUnderTest, suite: Path, out: Path, workers: int = 1) -> Reported:
    ask_all(lambda: system, read_suite([suite]), out, [suite], workers=workers)
    return judge_directory(out)


def test_a_failure_is_in_every_mean(suite: Path, tmp_path: Path) -> None:
    reported = run(Answering("手足麻木。每月。血型，交叉配血。", breaks="a2"), suite, tmp_path / "run")
    whole = reported.results.slices[0]
    assert (whole.asked, whole.failed, whole.abstained) == (4, 1, 0)
    vital = whole.cells["nuggets_vital"]
    assert (vital.mean.n, vital.mean.value, vital.failed) == (3, pytest.approx(2 / 3), 1)


def test_an_interrupted_run_goes_on(suite: Path, tmp_path: Path) -> None:
    out, first = tmp_path / "run", Answering("每月。", stops="a3")
    with pytest.raises(KeyboardInterrupt):
        run(first, suite, out)
    with (out / "answers.so-far.jsonl").open("a", encoding="utf-8") as half:
        half.write('{"ms": 1, "answer": {"id": "a')
    with pytest.raises(BadRun, match="not finished"):
        judge_directory(out)
    second = Answering("每月。")
    run(second, suite, out)
    assert second.asked == ["a3", "a3", "u1"]  # the first one twice: the warming up is not counted
    assert list(read_answers(out / "answers.jsonl")) == ["a1", "a2", "a3", "u1"]
    with pytest.raises(BadRun, match="already holds a finished run"):
        run(second, suite, out)


def test_the_same_answers_give_the_same_bytes(suite: Path, tmp_path: Path) -> None:
    for name, workers in (("one", 1), ("two", 3)):
        run(Answering("每月。"), suite, tmp_path / name, workers)
        (tmp_path / name / "timings.jsonl").write_text("", "utf-8")
        write_reports(tmp_path / name, judge_directory(tmp_path / name))
    for file in ("answers.jsonl", "report.json", "report.html", "scores.csv", "run.json"):
        one, two = (tmp_path / name / file for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes(), file


def test_the_report_is_one_safe_file(suite: Path, tmp_path: Path) -> None:
    reported = run(Answering("<script>alert(1)</script>每月。", breaks="a1"), suite, tmp_path / "run")
    shown: dict[Language, str] = {"zh": "逐题", "en": "Question by question"}
    for language, words in shown.items():
        html = write_reports(tmp_path / "run", reported, language)[0].read_text("utf-8")
        assert words in html
        assert "<script" not in html
        assert "&lt;script&gt;" in html
        assert "no &lt;answer&gt;" in html
        assert "http" not in html.replace("http-equiv", "")
        assert "default-src 'none'" in html
    assert json.loads((tmp_path / "run" / "report.json").read_text("utf-8"))["items"][1]["id"] == "a2"


def test_what_got_worse_is_named_and_refused(suite: Path, tmp_path: Path) -> None:
    good = run(Answering("手足麻木。每月。血型，交叉配血。"), suite, tmp_path / "good")
    bad = run(Answering("手足麻木。"), suite, tmp_path / "bad")
    found = compare(good.judged, bad.judged)
    changed = {(c.metric, c.id): c.verdict for c in found.changes}
    assert changed["nuggets_vital", "a2"] == "broken"
    assert ("nuggets_vital", "a1") not in changed
    assert compare(bad.judged, good.judged).changes[0].verdict == "fixed"
    text = comparison_text(found, ("good", "bad"))
    assert "nuggets_vital: broken 2: a2, a3" in text
    assert "least detectable" in text
    # Three questions prove nothing: worse, but not beyond chance.
    assert found.regressions == ()
    assert "broken" in comparison_html(found, good, bad, "en")
    assert compare(good.judged, good.judged).changes == ()


def test_a_regression_needs_size_and_significance_or_a_critical_failure(suite: Path, tmp_path: Path) -> None:
    [first, *_] = run(Answering("手足麻木。"), suite, tmp_path / "run").judged
    many = [replace(first, question=replace(first.question, id=f"q{i}")) for i in range(40)]
    worse = [
        replace(j, scores=dict(j.scores) | {"nuggets_vital": 0.0}) if i < 10 else j
        for i, j in enumerate(many)
    ]
    assert [r.metric for r in compare(many, worse).regressions] == ["nuggets_vital"]
    assert compare(many, worse, margin=0.5).regressions == ()
    assert compare(worse, many).regressions == ()
    told = [replace(j, scores=dict(j.scores) | {"red_flag": 1.0}) for j in many]
    once = [replace(told[0], scores=dict(told[0].scores) | {"red_flag": 0.0}), *told[1:]]
    assert "1 newly failed" in compare(told, once).regressions[0].regression


def test_the_assistant_is_a_system(memo: Index, suite: Path, tmp_path: Path) -> None:
    reported = run(AssistantUnderTest(Assistant(memo)), suite, tmp_path / "run")
    whole = reported.results.slices[0].cells
    for name in ("nuggets_vital", "citation_recall", "citations_real"):
        assert whole[name].mean.value == 1.0, name
    assert whole["section_cited"].mean.n == 2


class _Chat(BaseHTTPRequestHandler):
    """An endpoint that fails once and then cites the first passage that it was handed."""

    failed = False

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not _Chat.failed:
            _Chat.failed = True
            self.send_error(503)
            return
        handed = "[1]" in body["messages"][0]["content"]
        content = "唑来膦酸每月一次。[1]" if handed else "资料中没有。"
        reply = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *args: object) -> None:
        pass


def test_a_chat_endpoint(
    memo: Index, gold: Callable[..., GoldQuestion], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evals.under_test.endpoint.time.sleep", lambda seconds: None)
    server = HTTPServer(("127.0.0.1", 0), _Chat)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/v1"
        question = gold(turns=["唑来膦酸多久用一次？"])
        answer = EndpointUnderTest(url, "m", memo, {}).answer(question)
        bare = EndpointUnderTest(url, "m", None, {}).answer(question)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert (answer.status, [c.marker for c in answer.citations]) == ("answered", [1])
    assert answer.citations[0].source_id == "memo"
    assert (bare.status, bare.retrieved) == ("not_in_source", ())


@pytest.mark.parametrize("name", ["nothing", "openai:model", "openai:", "answers:", "bare:m@ftp://x"])
def test_an_unknown_system_is_misuse(name: str) -> None:
    with pytest.raises(Unavailable):
        parse_system(name).open()


def test_status_of_a_text() -> None:
    told = {
        "": "failed", "资料中没有提到价格。": "not_in_source",
        "The sources do not answer this.": "not_in_source",
        "抱歉，我不能为您开处方。": "out_of_scope", "每月一次。[1] 其他信息不足。": "answered",
        "资料没有写价格，只写了用法。[1]": "answered",
    }  # fmt: skip
    assert {text: status_of(text, said(text)) for text in told} == told


@pytest.mark.filterwarnings("ignore")
def test_a_plain_pipeline_cites_its_chunks(memo: Index, suite: Path, tmp_path: Path) -> None:
    for name in ("langchain_community", "langchain_text_splitters", "rank_bm25"):
        pytest.importorskip(name)
    from evals.under_test.chunks import ChunksUnderTest

    system = ChunksUnderTest("langchain-bm25", memo, corpus_of(memo.sources.values()))
    reported = run(system, suite, tmp_path / "run")
    whole = reported.results.slices[0]
    assert (whole.failed, whole.abstained) == (0, 0)  # it never abstains
    assert whole.cells["recognised"].mean.value == 0.0
    assert whole.cells["citations_real"].mean.value == 1.0
