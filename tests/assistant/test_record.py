"""The record that other programs read: exactly the keys of the contract, nothing else."""

from __future__ import annotations

import json

from assistant import Answer, AnswerSentence, Assistant, Citation, Notice
from assistant.record import to_record
from assistant.types import Considered, ErratumNote, ToolCall
from ingest.types import Reference

KEYS = [
    "id",
    "question",
    "status",
    "language",
    "audience",
    "answer",
    "sentences",
    "citations",
    "tool_calls",
    "notices",
    "answerer",
    "latency_ms",
    "standalone_question",
]

ANSWER = Answer(
    question="问？",
    status="answered",
    language="zh",
    audience="patient",
    text="答。[1]",
    sentences=(AnswerSentence("答。", (1,), True),),
    citations=(
        Citation(
            marker=1,
            source_id="book",
            title="书",
            section_path=("章", "节"),
            start=3,
            end=5,
            quote="答。",
            url="https://example.org",
            references=(Reference(4, "Person A.", "123", None, "https://example.org/4"),),
            errata=(ErratumNote("e1", "错", "对", "证据", "https://example.org/e", "clinical", True),),
        ),
    ),
    tool_calls=(ToolCall("stage_myeloma", {"b2m": 5.6}, {"stage": None}),),
    notices=(Notice("erratum", "⚠"),),
    latency_ms=1.5,
    considered=(Considered("book", ("章",), "答。", 1.0, True),),
)


def test_the_whole_record() -> None:
    assert to_record(ANSWER, "q1") == {
        "id": "q1",
        "question": "问？",
        "status": "answered",
        "language": "zh",
        "audience": "patient",
        "answer": "答。[1]",
        "sentences": [{"text": "答。", "citations": [1], "verified": True}],
        "citations": [
            {
                "marker": 1,
                "source_id": "book",
                "title": "书",
                "section_path": ["章", "节"],
                "start": 3,
                "end": 5,
                "quote": "答。",
                "url": "https://example.org",
                "references": [{"text": "Person A.", "pmid": "123", "doi": None}],
                "errata": [{"id": "e1", "says": "错", "right": "对", "evidence": "证据"}],
            }
        ],
        "tool_calls": [{"name": "stage_myeloma", "arguments": {"b2m": 5.6}, "result": {"stage": None}}],
        "notices": [{"kind": "erratum", "text": "⚠"}],
        "answerer": "extractive",
        "latency_ms": 1.5,
        "standalone_question": "",
    }


def test_keys_in_the_order_of_the_contract() -> None:
    assert list(to_record(ANSWER)) == KEYS
    assert list(to_record(ANSWER, earlier=[ANSWER])) == [*KEYS, "earlier"]


def test_earlier_turns_are_records_of_the_same_conversation() -> None:
    (earlier,) = to_record(ANSWER, "q1", [ANSWER])["earlier"]
    assert earlier == to_record(ANSWER, "q1")


def test_a_real_answer_is_json_and_comes_back_the_same(assistant: Assistant) -> None:
    for question in ("带状疱疹怎么预防？", "达雷妥尤单抗多少钱？", "？"):
        record = to_record(assistant.ask(question))
        assert list(record) == KEYS
        assert json.loads(json.dumps(record, ensure_ascii=False)) == record
