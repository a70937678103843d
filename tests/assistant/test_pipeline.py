"""From a question to an answer, end to end on a small index."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant, presentation
from assistant.verification import Verdict
from index import IndexMismatch, IndexMissing
from index.generations import current_generation

QUESTIONS = (
    "什么情况要转诊？",
    "修订版国际分期怎么分？",
    "硼替佐米怎么给药？",
    "带状疱疹怎么预防？",
    "高钙血症怎么处理？",
    "首诊的游离轻链界值是多少？",
    "活疫苗能接种吗？塞利尼索有什么不良反应？",
    "How old are patients at diagnosis?",
    "How many Gy relieve bone pain?",
)


def kinds(answer: Answer) -> list[str]:
    return [n.kind for n in answer.notices]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_every_answer_keeps(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status in ("answered", "partial")
    assert answer.sentences
    assert all(s.verified and s.citations for s in answer.sentences)
    markers = [c.marker for c in answer.citations]
    assert markers == list(range(1, len(markers) + 1))
    assert {m for s in answer.sentences for m in s.citations} == set(markers)
    for citation in answer.citations:
        source = assistant.index.sources[citation.source_id]
        assert citation.quote == source.text[citation.start : citation.end]
        assert citation.section_path
        assert f"[{citation.marker}]" in answer.text
    assert answer.latency_ms > 0
    assert {c.text for c in answer.considered if c.used} <= {c.quote for c in answer.citations}
    assert all(n.text for n in answer.notices)


def test_the_same_question_has_the_same_answer(assistant: Assistant) -> None:
    first, second = assistant.ask(QUESTIONS[0]), assistant.ask(QUESTIONS[0])
    assert (first.text, first.citations, first.considered) == (
        second.text,
        second.citations,
        second.considered,
    )


def test_traditional_characters_find_the_same(assistant: Assistant) -> None:
    one = assistant.ask("达雷妥尤单抗会干扰交叉配血吗？")
    other = assistant.ask("達雷妥尤單抗會干擾交叉配血嗎？")
    assert [c.quote for c in one.citations] == [c.quote for c in other.citations]


def test_an_english_question_about_a_chinese_passage(assistant: Assistant) -> None:
    answer = assistant.ask("How old are patients at diagnosis?")
    assert answer.language == "en"
    quoted, frame = answer.text.splitlines()[:2]
    assert quoted == "确诊时的中位年龄为69岁。 [1]"
    assert frame.startswith("Word for word (… left out): ")
    assert "median age is 69 years of age" in frame


def test_an_english_passage_needs_no_frame(assistant: Assistant) -> None:
    answer = assistant.ask("How many Gy in a single fraction relieve bone pain?")
    assert answer.text.startswith("A single fraction of 8 Gy relieves bone pain in most patients. [1]")
    assert "Word for word" not in answer.text.split("\n\n", 1)[0]


def test_the_language_can_be_chosen(assistant: Assistant) -> None:
    answer = assistant.ask("达雷妥尤单抗多少钱？", language="en")
    assert (answer.language, answer.status) == ("en", "not_in_source")
    assert answer.text.startswith("Sorry, the source does not answer this question.")


def test_a_repair_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("首诊的游离轻链界值是多少？")
    (repair,) = (n for n in answer.notices if n.kind == "repair")
    assert "297=" not in answer.citations[0].quote
    assert "<3.5 mcg/mL (<297 nmol/L)" in repair.text
    assert '<3.5mcg>< 297="">' in repair.text
    assert "还原" in answer.text


def test_an_erratum_of_a_cited_passage_is_never_lost(assistant: Assistant) -> None:
    answer = assistant.ask("带状疱疹怎么预防？")
    assert "缬更昔洛韦" in answer.text
    assert "应为伐昔洛韦" in answer.text
    assert "erratum" in kinds(answer)
    # Beside the quotation, not at the end.
    assert answer.text.index("应为伐昔洛韦") - answer.text.index("缬更昔洛韦") < 120


@pytest.mark.parametrize("question", ["", "   ", "\n", "？？！", "……", "🙂", "()[]", "\x00"])
def test_a_question_without_a_word(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "clarify"
    assert (answer.sentences, answer.citations) == ((), ())
    assert answer.text


def test_clarify_speaks_the_language_asked_for(assistant: Assistant) -> None:
    assert "请输入" in assistant.ask("？", language="zh").text
    assert "Please" in assistant.ask("?", language="en").text


def test_a_long_paste_is_cut_and_said_so(assistant: Assistant) -> None:
    paste = "带状疱疹怎么预防？" + "我妈妈昨天去医院做了很多检查。" * 600
    answer = assistant.ask(paste)
    assert answer.question == paste
    assert "应为伐昔洛韦" in answer.text
    (cut,) = (n for n in answer.notices if n.kind == "cut")
    assert "8,000" in cut.text
    assert cut.text in answer.text
    assert "cut" not in kinds(assistant.ask("带状疱疹怎么预防？"))


@pytest.mark.parametrize(
    "question",
    [
        "骨髓瘤\ud800会贫血吗？",
        "硼替佐米\u2028怎么给药？",
        "<script>alert(1)</script> 贫血",
        "贫血" * 300,
        "' OR 1=1 --",
        "\u202e贫血",
    ],
    ids=["surrogate", "line separator", "markup", "repeated", "quotes", "direction"],
)
def test_odd_questions_get_an_answer_too(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status in ("answered", "partial", "not_in_source")
    answer.text.encode("utf-8")
    answer.question.encode("utf-8")
    assert "<script" not in answer.text


def test_the_title_of_a_section_is_only_text(assistant: Assistant) -> None:
    answer = assistant.ask("剂型栏多少钱一盒？")
    (nearest,) = (n for n in answer.notices if n.kind == "nearest")
    assert "编辑备注 *草稿*" in nearest.text
    assert r"编辑备注 \*草稿\*" in answer.text


def test_nothing_stands_the_check(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presentation, "verify", lambda *_: Verdict(False))
    answer = assistant.ask("带状疱疹怎么预防？")
    assert answer.status == "not_in_source"
    assert (answer.sentences, answer.citations) == ((), ())
    assert "缬更昔洛韦" not in answer.text
    assert "not_in_source" in kinds(answer)


def test_what_was_weighed_is_shown_best_first(assistant: Assistant) -> None:
    considered = assistant.ask("硼替佐米怎么给药？").considered
    scores = [c.score for c in considered]
    assert scores == sorted(scores, reverse=True)
    assert considered[0].used
    assert not all(c.used for c in considered)


def test_open_where_there_is_nothing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="no index here; run `myeloma ingest"):
        Assistant.open(tmp_path / "nowhere")


def test_open_what_was_damaged(index_directory: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(index_directory, tmp_path / "index"))
    assert Assistant.open(str(copy)).ask("骨痛").text
    with (current_generation(copy) / "sources.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(IndexMismatch, match=r"sources\.jsonl: SHA-256 is"):
        Assistant.open(copy)


@pytest.mark.parametrize("wrong", [{"audience": "relative"}, {"language": "fr"}])
def test_an_unknown_reader_or_language_is_named(assistant: Assistant, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} .*(relative|fr).* is not known; use"):
        assistant.ask("你好", **wrong)
