"""A run can ask every system that the command line knows, and says in a line when one cannot be asked."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from evals.gold.corpus import corpus_of
from evals.systems import chat_endpoint, spec
from evals.systems.base import Unavailable
from evals.systems.spec import FORMS, parse_system
from ingest.types import Source
from tests.ui.fakes import FakeAssistant, page_with, read, turn_to
from ui.evaluation.bench import Bench
from ui.evaluation.runs import Runs
from ui.evaluation.systems import CHOICES, opened, system_of
from ui.page import EVALUATION_PATH
from ui.strings import texts_in

ZH = texts_in("zh")
NOWHERE = "openai:some-model@http://127.0.0.1:9/v1"


def ended(bench: Bench) -> str:
    deadline = time.monotonic() + 30
    while bench.job is None or bench.job.state == "running":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return bench.job.state


def test_the_page_offers_what_the_command_line_knows() -> None:
    for choice in CHOICES:
        assert parse_system(choice.named("m@http://127.0.0.1:9/v1")).kind == choice.kind
        for texts in (ZH, texts_in("en")):
            assert texts(f"eval_system_{choice.kind.replace('-', '_')}")
    told = {form.split("[")[0].split(":")[0].split(" ")[0] for form in FORMS.split(", ")}
    assert told <= {choice.kind for choice in CHOICES}


def test_an_address_that_nobody_answers_is_a_line_before_the_first_question(
    monkeypatch: pytest.MonkeyPatch, index_dir: Path
) -> None:
    monkeypatch.setattr(chat_endpoint, "_PAUSE", 0.0)
    monkeypatch.setenv("MYELOMA_INDEX", str(index_dir))
    for named in (NOWHERE, NOWHERE.replace("openai", "bare")):
        with pytest.raises(Unavailable, match=r"cannot be asked \(.*; check the address, the model"):
            opened(named)


def test_answers_from_elsewhere_are_measured_and_a_missing_file_is_told(
    assistant: FakeAssistant, source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spec, "shipped_corpus", lambda: corpus_of([source]))  # the monograph takes seconds
    gold, answers = tmp_path / "my-gold.jsonl", tmp_path / "theirs.jsonl"
    facts = [{"any": ["骨髓"], "note": "骨髓"}]
    row = {"id": "a", "question": "病在哪里？", "lang": "zh", "kind": "fact", "status": ["answered"]}
    gold.write_text(json.dumps(row | {"facts": facts}, ensure_ascii=False) + "\n", "utf-8")
    answers.write_text(json.dumps({"id": "a", "answer": "病在骨髓。"}, ensure_ascii=False) + "\n", "utf-8")
    bench = Bench(Runs(tmp_path / "runs"), opened)
    page = turn_to(page_with(lambda progress: assistant, None, None, bench), EVALUATION_PATH)
    page.selectbox("evaluation-system").set_value("answers").run()
    page.selectbox("evaluation-gold").set_value("own").run()
    page.text_input("evaluation-path").set_value(str(gold)).run()
    assert page.button("evaluation-start").disabled, "the file is still to be named"
    page.text_input("evaluation-system-file").set_value(str(tmp_path / "none.jsonl")).run()
    page.button("evaluation-start").click().run()
    assert ended(bench) == "failed"
    assert "none.jsonl: no such file" in "".join(read(h.body).text for h in page.run().html)
    page.text_input("evaluation-system-file").set_value(str(answers)).run()
    page.button("evaluation-start").click().run()
    assert ended(bench) == "done", bench.job
    assert not page.exception
    (run,) = bench.runs.listed()
    assert (run.system, run.questions) == ("theirs", 1)
    assert run.name.endswith("my-gold-answers")
    assert system_of(bench.runs.folder / run.name) == f"answers:{answers}"


def test_who_came_by_a_login_names_no_file_and_no_address(
    assistant: FakeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.page.is_logged_in", lambda: True)
    bench = Bench(Runs(tmp_path / "runs"), opened)
    page = turn_to(page_with(lambda progress: assistant, None, None, bench), EVALUATION_PATH)
    offered = page.selectbox("evaluation-system").options
    assert len(offered) == 5
    assert not {ZH("eval_system_openai"), ZH("eval_system_bare"), ZH("eval_system_answers")} & set(offered)
