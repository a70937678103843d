"""What is written for another tool is read by that tool's own reader, where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.answers.stored import Quoted, Retrieved, Said, StoredAnswer
from evals.formats import beir, promptfoo, ragas, ragchecker
from evals.gold.corpus import Document, Place
from evals.gold.questions import GoldQuestion, load_files
from evals.gold.suites import shipped_gold

TEXT = "唑来膦酸每月一次。用药前查牙齿。"
ANSWER = StoredAnswer(
    "q", "answered", "唑来膦酸每月一次。[1]", (Said("唑来膦酸每月一次。", (1,)),),
    (Quoted(1, "唑来膦酸每月一次。", "memo", 0, 9),),
    retrieved=(Retrieved("唑来膦酸每月一次。", "memo", 0, 9), Retrieved(TEXT, "memo", 0, 16)),
)  # fmt: skip


@pytest.fixture
def question(gold: Callable[..., GoldQuestion]) -> GoldQuestion:
    span = {"source_id": "memo", "start": 0, "end": 9, "quote": TEXT[:9]}
    return gold(facts=[{"any": ["每月"], "note": "每月", "spans": [span]}])


def test_ragas_reads_its_dataset(question: GoldQuestion, tmp_path: Path) -> None:
    pytest.importorskip("ragas", reason='pip install -e ".[ragas]"')
    from evals.raters.with_ragas.door import _library

    path = tmp_path / "samples.jsonl"
    path.write_text(json.dumps(ragas.write(question, ANSWER), ensure_ascii=False) + "\n", "utf-8")
    [sample] = _library("ragas.dataset_schema").EvaluationDataset.from_jsonl(str(path)).samples
    assert (sample.user_input, sample.response, sample.reference) == ("问题？", ANSWER.text, "每月")
    assert sample.retrieved_contexts == [TEXT[:9], TEXT]
    assert sample.retrieved_context_ids == ["memo:0-9", "memo:0-16"]
    assert sample.reference_contexts == [TEXT[:9]]
    assert sample.reference_context_ids == ["memo:0-9"]


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # it leaves its files open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_beir_loads_its_folder(question: GoldQuestion, tmp_path: Path) -> None:
    loader = pytest.importorskip("beir.datasets.data_loader", reason="pip install beir")
    corpus = {"memo": Document("memo", "备忘", TEXT, (Place(0, 9, "", "a"), Place(9, 16, "", "a")))}
    beir.write(tmp_path, [question], corpus)
    texts, queries, qrels = loader.GenericDataLoader(data_folder=str(tmp_path)).load(split="test")
    assert texts == {
        "memo:0-9": {"title": "备忘", "text": TEXT[:9]},
        "memo:9-16": {"title": "备忘", "text": TEXT[9:]},
    }
    assert (queries, qrels) == ({"q": "问题？"}, {"q": {"memo:0-9": 1}})


def test_ragchecker_reads_its_results(question: GoldQuestion) -> None:
    library = pytest.importorskip("ragchecker", reason="pip install ragchecker", exc_type=ImportError)
    written = json.dumps({"results": [ragchecker.write(question, ANSWER)]}, ensure_ascii=False)
    [result] = library.RAGResults.from_json(written).results
    assert (result.query_id, result.query, result.gt_answer) == ("q", "问题？", "每月")
    assert result.response == ANSWER.text
    assert [(d.doc_id, d.text) for d in result.retrieved_context] == [
        ("memo:0-9", TEXT[:9]), ("memo:0-16", TEXT),
    ]  # fmt: skip


def test_promptfoo_assertions_run_as_javascript(question: GoldQuestion) -> None:
    """promptfoo evaluates them in Node, whose regular expressions are not Python's: all gold must compile."""
    node = shutil.which("node")
    if not node:
        pytest.skip("node is not installed")
    asked = [question, *(q for _, q in load_files(shipped_gold()))]
    code = [[a["value"] for a in test["assert"]] for test in promptfoo.write(asked)["tests"]]  # type: ignore[attr-defined]
    script = (
        "const all = JSON.parse(require('fs').readFileSync(0, 'utf8')); const broken = [];"
        "const run = (c, output) =>"
        " { try { return eval(c); } catch (e) { broken.push(`${c}: ${e.message}`); } };"
        "for (const test of all) for (const c of test) run(c, '');"
        "console.log(JSON.stringify({broken, right: run(all[0][0], '每月'), wrong: run(all[0][0], '每周')}))"
    )
    result = subprocess.run(
        [node, "-e", script], input=json.dumps(code), capture_output=True, text=True, check=True
    )
    assert json.loads(result.stdout) == {"broken": [], "right": True, "wrong": False}
