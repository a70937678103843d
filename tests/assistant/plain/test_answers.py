"""Whole answers to a patient, on a small handbook that has no edition for patients."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from assistant import Answer, Assistant, Turn
from assistant.markdown import readable
from assistant.plain.jargon import unexplained
from assistant.plain.patient import Patient
from assistant.presentation import present
from assistant.question import analyse
from assistant.selection import Group
from assistant.verification import verify
from ingest.corpus import monograph_files
from ingest.load import load_source
from ingest.types import Source

QUESTIONS = [
    "高钙血症怎么办？",
    "骨病患者能补维生素D吗？",
    "硼替佐米有什么副作用？",
    "什么情况要转诊？",
    "R-ISS怎么分期？",
    "感染怎么预防？",
]


def _spans(answer: Answer) -> list[tuple[str, int, int]]:
    return [(c.source_id, c.start, c.end) for c in answer.citations]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_patient_is_told_the_same_from_the_same_spans(assistant: Assistant, question: str) -> None:
    patient, clinician = assistant.ask(question, "patient"), assistant.ask(question)
    told, shown = _spans(patient), _spans(clinician)
    assert told
    assert set(told) <= set(shown)
    assert patient.status == clinician.status
    quotes = {c.marker: c for c in patient.citations}
    for sentence in patient.sentences:
        (marker,) = sentence.citations
        source = assistant.index.sources[quotes[marker].source_id]
        passage = next(p for p in source.passages if p.start == quotes[marker].start)
        context = "\n".join([*source.path_of(passage), passage.lead])
        marks = tuple(r.number for r in source.sections[passage.section].references)
        assert verify(sentence.text, [passage.text], context, marks).supported, sentence.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_patient_meets_no_unexplained_term(assistant: Assistant, question: str) -> None:
    assert unexplained(assistant.ask(question, "patient").text) == ()


def test_what_the_patient_reads(assistant: Assistant) -> None:
    answer = assistant.ask("活疫苗能打吗？", "patient")
    assert answer.text == (
        "感染：活疫苗不得接种。[1]（活疫苗：含减弱的活病毒的疫苗。）\n\n打不打、什么时候打，请先问主治医生。"
    )
    assert [s.text for s in answer.sentences] == ["感染：活疫苗不得接种。"]


def test_what_was_explained_is_not_explained_again(assistant: Assistant) -> None:
    first = assistant.ask("活疫苗能打吗？", "patient")
    assert "（活疫苗：" in first.text
    again = assistant.ask("活疫苗能打吗？", "patient", history=[Turn("活疫苗能打吗？", first.text)])
    assert "活疫苗不得接种" in again.text
    assert "（活疫苗：" not in again.text


def test_the_clinician_reads_the_source(assistant: Assistant) -> None:
    assert "（" not in assistant.ask("活疫苗能打吗？").text


def test_terms_are_told_in_english_beside_a_chinese_quotation(assistant: Assistant) -> None:
    text = assistant.ask("May I have live vaccines?", "patient").text
    assert "活疫苗不得接种。 [1] (live vaccine: a vaccine with weakened live germs.)" in text
    assert "Word for word" in text


def test_every_sentence_of_a_chapter_is_told_as_it_stands() -> None:
    chapter = next(s for s in map(_load, monograph_files()) if s.id.endswith("05-criteria"))
    told = 0
    for passage in chapter.passages:
        if passage.kind in ("meta", "caption"):
            continue
        marks = tuple(r.number for r in chapter.sections[passage.section].references)
        text = readable(passage.text, marks)
        context = "\n".join([*chapter.path_of(passage), passage.lead])
        sentences = Patient("zh").sentences(text, "zh", passage.text, context, marks)
        told += sentences != (text,)
        assert all(verify(s, [passage.text], context, marks).supported for s in sentences), sentences
        numbers = re.compile(r"\d+(?:\.\d+)?|[≥≤<>]|不|没|无|未")
        assert sorted(numbers.findall("".join(sentences))) == sorted(numbers.findall(text)), sentences
    assert told >= 20


def _load(file: tuple[str, Path]) -> Source:
    return load_source(file[1], file[0])


def test_a_patient_s_text_is_as_safe_as_a_clinician_s(handbook: Source) -> None:
    positions = tuple(i for i, p in enumerate(handbook.passages) if "javascript" in p.text)
    found = present((Group(handbook, "sentences", positions),), analyse("剂型"), "patient")
    shown = str(MarkdownIt("commonmark", {"html": True}).render(found.text))
    assert "<script" not in shown
    assert "href" not in shown
    assert "18～24" in shown
