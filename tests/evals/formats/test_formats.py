"""Formats of other tools: what is written is read back the same, by their own readers where installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.answers.stored import BadAnswers, Quoted, Retrieved, Said, Staged, StoredAnswer, from_json, to_json
from evals.formats import answer_record, beir, openai_chat, promptfoo, ragas, ragchecker, read_any, trec
from evals.gold.corpus import Document, Place
from evals.gold.questions import GoldQuestion

TEXT = "唑来膦酸每月一次。用药前查牙齿。"
ANSWER = StoredAnswer(
    "q", "answered", "唑来膦酸每月一次。[1]", (Said("唑来膦酸每月一次。", (1,)),),
    (Quoted(1, "唑来膦酸每月一次。", "memo", 0, 9),), ("注意",), (Staged("ISS", "", ("I", "II")),),
    (Retrieved("唑来膦酸每月一次。", "memo", 0, 9), Retrieved(TEXT, "memo", 0, 16)), 0.75,
)  # fmt: skip
CORPUS = {"memo": Document("memo", "备忘", TEXT, (Place(0, 9, "", "a"), Place(9, 16, "", "a")))}


@pytest.fixture
def question(gold: Callable[..., GoldQuestion]) -> GoldQuestion:
    span = {"source_id": "memo", "start": 0, "end": 9, "quote": TEXT[:9]}
    return gold(facts=[{"any": ["每月"], "note": "每月", "spans": [span]}], forbidden=["(?m)^停'/药"])


def test_our_own_lines() -> None:
    assert from_json(json.loads(to_json(ANSWER))) == ANSWER


def _row(form: str, question: GoldQuestion) -> dict[str, object]:
    return {
        "record": lambda: answer_record.write(ANSWER),
        "ragas": lambda: ragas.write(question, ANSWER),
        "openai": lambda: openai_chat.write(question, ANSWER),
        "ragchecker": lambda: {"results": [ragchecker.write(question, ANSWER)]},
    }[form]()


@pytest.mark.parametrize("form", ["record", "ragas", "openai", "ragchecker"])
def test_answers_come_back(form: str, question: GoldQuestion, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(_row(form, question), ensure_ascii=False), "utf-8")
    [(id_, answer)] = read_any(path).items()
    assert (id_, answer.text, answer.status) == ("q", ANSWER.text, "answered")
    if form == "record":
        assert (answer.sentences, answer.staged, answer.confidence) == (ANSWER.sentences, ANSWER.staged, 0.75)
    if form != "openai":
        assert [(c.marker, c.source_id, c.start, c.end) for c in answer.citations] == [(1, "memo", 0, 9)]
    if form in ("ragas", "ragchecker"):
        assert answer.retrieved == ANSWER.retrieved


def test_the_columns_of_older_data_sets(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    told = {"question": "多久？", "answer": "每月一次。[1]", "contexts": [TEXT], "ground_truth": "每月"}
    path.write_text(json.dumps(told), "utf-8")
    [(id_, answer)] = read_any(path).items()
    assert (id_, answer.text, answer.cited[1].quote) == ("多久？", "每月一次。[1]", TEXT)


def test_an_id_and_an_answer_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text('{"id": "q", "answer": "每月一次。"}', "utf-8")
    assert read_any(path)["q"].status == "answered"


@pytest.mark.parametrize(
    ("line", "reason"), [("{", "not JSON"), ("[1]", "not a JSON object"), ('{"x": 1}', "no known format"),
                         ('{"messages": []}', "not the assistant's"), ('{"answer": "?"}', "no field 'id'")],
)  # fmt: skip
def test_what_cannot_be_read_is_named(line: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(BadAnswers, match=reason):
        read_any(path)


def test_trec_through_its_own_reader(question: GoldQuestion, tmp_path: Path) -> None:
    library = pytest.importorskip("ir_measures")
    # The first chunk is beside the point, the second holds the fact: the reciprocal rank is 1/2.
    found = replace(ANSWER, retrieved=(Retrieved("", "memo", 9, 16), Retrieved("", "memo", 0, 16)))
    run, qrels = trec.write_run([(question, found)], "our tag"), trec.write_qrels([question])
    (tmp_path / "run").write_text(run, "utf-8")
    (tmp_path / "qrels").write_text(qrels, "utf-8")
    theirs = [(d.query_id, d.doc_id, d.score) for d in library.read_trec_run(str(tmp_path / "run"))]
    assert theirs == [("q", "memo:9-16", 2.0), ("q", "memo:0-9#fact-0", 1.0)]
    assert trec.read_run(run) == {"q": {"memo:9-16": 2.0, "memo:0-9#fact-0": 1.0}}
    judged = [(j.query_id, j.doc_id, j.relevance) for j in library.read_trec_qrels(str(tmp_path / "qrels"))]
    assert judged == [("q", "memo:0-9#fact-0", 1)]
    assert trec.read_qrels(qrels) == {"q": {"memo:0-9#fact-0": 1}}
    files = library.read_trec_qrels(str(tmp_path / "qrels")), library.read_trec_run(str(tmp_path / "run"))
    assert library.calc_aggregate([library.RR @ 10], *map(list, files)) == {library.RR @ 10: 0.5}
    [back] = read_any(tmp_path / "run").values()
    assert back.retrieved == (Retrieved("", "memo", 9, 16), Retrieved("", "memo", 0, 9))
    with pytest.raises(trec.BadTrec, match="line 1: 2 fields, not 6"):
        trec.read_run("q Q0")


def test_beir(question: GoldQuestion, tmp_path: Path) -> None:
    beir.write(tmp_path, [question], CORPUS)
    found = beir.read(tmp_path)
    assert found.corpus == {"memo:0-9": TEXT[:9], "memo:9-16": TEXT[9:]}
    assert (found.queries, found.qrels) == ({"q": "问题？"}, {"q": {"memo:0-9": 1}})


def test_promptfoo(question: GoldQuestion) -> None:
    written: Any = promptfoo.write([question])
    wanted, unwanted = (a["value"] for a in written["tests"][0]["assert"])
    assert wanted == "new RegExp('(?:每月)', 'i').test(output.normalize('NFKC'))"
    assert unwanted == "!new RegExp('^停\\'\\/药', 'im').test(output.normalize('NFKC'))"
    config = {"tests": [{"vars": {"q": "多久？"}, "assert": [
        {"type": "icontains", "value": "每月"}, {"type": "not-contains", "value": "停."},
        {"type": "llm-rubric"},
    ]}]}  # fmt: skip
    [back] = promptfoo.read(config)
    assert (back["question"], back["lang"], back["forbidden"]) == ("多久？", "zh", ["停\\."])
