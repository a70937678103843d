"""A conversation as a file: complete, and harmless wherever it is opened."""

from __future__ import annotations

import io
import json

import docx
import pytest
from markdown_it import MarkdownIt

from assistant.types import Answer
from ingest.types import Source
from tests.ui.fakes import HOSTILE, FakeAssistant, FakeLibrary, read
from ui.export import FORMATS, exported
from ui.export.plain import plain_text
from ui.state import Exchange
from ui.strings import texts_in

ZH = texts_in("zh")
KINDS = {kind.name: kind for kind in FORMATS}


@pytest.fixture
def talk(source: Source) -> list[Exchange]:
    fake = FakeAssistant(FakeLibrary({source.id: source}))
    table = "**R-ISS II期**\n\n| 项目 | 数值 |\n| --- | --- |\n| 白蛋白 | 32 g/L |\n\n"
    table += "- 一\n- 二\x00\n\n4\\.5 \\[1]"
    staged = Answer("几期？", "answered", "zh", "clinician", table)
    return [
        Exchange(1, "血清和I期？", "clinician", fake.ask("血清和I期？"), "a"),
        Exchange(2, HOSTILE, "patient", fake.ask(HOSTILE), "b"),
        Exchange(3, "几期？", "clinician", staged, "c"),
        Exchange(4, "故障？", "clinician", None, "d"),
    ]


def made(kind: str, talk: list[Exchange]) -> bytes:
    return exported(KINDS[kind], talk, ZH, "2026-11-23")


def words_of_docx(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_every_format_has_the_questions_answers_citations_and_references(talk: list[Exchange]) -> None:
    shown = {
        "md": MarkdownIt("commonmark").enable("table").render(made("md", talk).decode()),
        "html": made("html", talk).decode(),
    }
    texts = {name: read(html).text for name, html in shown.items()}
    texts["docx"] = words_of_docx(made("docx", talk))
    wanted = (
        "血清和I期？", "血清见原文[1]", "血清β2微球蛋白", "新说法", "Greipp PR", "测试资料 › 分期",
        "https://pubmed.ncbi.nlm.nih.gov/15809451/", HOSTILE, "R-ISS II期", "32 g/L", "一", "4.5 [1]",
        ZH("error_ask"), ZH("disclaimer"), "2026-11-23", ZH("status_answered"),
    )
    missing = {
        (name, words) for name, text in texts.items() for words in wanted
        if words not in text and words not in shown.get(name, "")
    }
    assert not missing


def test_the_exported_page_loads_and_runs_nothing(talk: list[Exchange]) -> None:
    found = read(made("html", talk).decode())
    assert not {"script", "img", "iframe", "link", "form"} & set(found.tags)
    assert not any(name.startswith("on") for a in found.attributes for name in a)
    policy = next(a["content"] for a in found.attributes if a.get("http-equiv"))
    assert policy
    assert "default-src 'none'" in policy
    # A marker leads to its citation.
    ids = {a["id"] for a in found.attributes if a.get("id")}
    assert {a["href"] for a in found.attributes if a.get("class") == "mm-cite"} == {f"#{id_}" for id_ in ids}


def test_exported_markdown_shows_hostile_text_as_text(talk: list[Exchange]) -> None:
    found = read(MarkdownIt("commonmark", {"html": True}).render(made("md", talk).decode()))
    assert not {"img", "script"} & set(found.tags)
    assert "evil.example" not in " ".join(str(a) for a in found.attributes)


def test_the_word_file_keeps_tables_lists_and_bold(talk: list[Exchange]) -> None:
    document = docx.Document(io.BytesIO(made("docx", talk)))
    (table,) = document.tables
    assert [[c.text for c in row.cells] for row in table.rows] == [["项目", "数值"], ["白蛋白", "32 g/L"]]
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "List Bullet"] == ["一", "二"]
    assert any(run.bold and run.text == "R-ISS II期" for p in document.paragraphs for run in p.runs)


def test_records_are_those_of_the_command_line(talk: list[Exchange]) -> None:
    records = json.loads(made("json", talk))
    assert [r["id"] for r in records] == ["1", "2", "3"]
    assert records[0]["citations"][0]["marker"] == 1


def test_what_is_copied_is_the_answer_with_its_sources(talk: list[Exchange]) -> None:
    copied = plain_text(talk[0], ZH)
    assert copied.startswith("血清见原文[1]")
    assert "[1][2] 测试资料 › 分期" in copied
    assert "4.5 [1]" in plain_text(talk[2], ZH)
