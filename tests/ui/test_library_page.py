"""The sources as a reader meets them, and the documents that are added and removed in the background."""

from __future__ import annotations

import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant import library
from index import build_index
from index.build import STEPS
from ingest.errors import UnreadableSource
from ingest.types import Source
from tests.ui.fakes import DOCUMENT, HOSTILE, FakeAssistant, ask, page_with, read, turn_to
from ui.page import LIBRARY_PATH
from ui.shelf import Shelf
from ui.sources import workshop as workshop_module
from ui.sources.reading import parts_of
from ui.sources.workshop import MAX_BYTES, MAX_CHARACTERS, Workshop, read_upload
from ui.strings import texts_in

ZH = texts_in("zh")


def shown(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(read(h.body).text for h in page.html if not h.body.startswith(("<style", "<script")))


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MYELOMA_INDEX", str(tmp_path / "named"))
    return tmp_path / "named"


@pytest.fixture
def own(index_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A default index with one document that takes the place of the monograph."""
    monkeypatch.delenv("MYELOMA_INDEX", raising=False)
    monkeypatch.setattr(library, "user_data_path", lambda name: tmp_path)
    monkeypatch.setattr(library, "monograph_sources", lambda: ())
    monkeypatch.setattr(library, "monograph_files", lambda: ())
    shutil.copytree(index_dir, tmp_path / "index")
    return tmp_path / "index"


def finished(workshop: Workshop) -> str:
    deadline = time.monotonic() + 30
    while workshop.job is None or workshop.job.state == "running":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return workshop.job.state


def test_sources_are_listed_with_their_age_and_read_part_by_part(page: AppTest) -> None:
    page = turn_to(page, LIBRARY_PATH)
    assert "测试资料" in shown(page)
    assert "2024-08 · 距今" in shown(page)
    (button,) = (b for b in page.button if str(b.key).startswith("read-"))
    button.click().run()
    assert "缺少结果时不能分期" in shown(page)
    assert "Greipp PR" in shown(page)
    (article,) = (h.body for h in page.html if h.body.startswith("<article"))
    assert "script" not in read(article).tags
    page.button("library-back").click().run()
    assert ZH("library_own") in [e.label.split(" · ")[0] for e in page.expander]


def test_a_search_shows_what_was_retrieved_and_opens_it_there(page: AppTest) -> None:
    page = turn_to(page, LIBRARY_PATH)
    page.text_input("library-words").set_value("缺少结果").run()
    assert "测试资料 › 分期 › 注意" in shown(page)
    assert "按词语第1 · 语义未检出 · 合并得分 0.0164" in shown(page)
    page.button("read-hit-1").click().run()
    assert "缺少结果时不能分期" in shown(page)
    page.button("library-back").click().run()
    page.text_input("library-words").set_value(HOSTILE).run()
    assert ZH("library_no_hits") in shown(page)


def test_every_character_of_a_source_is_in_one_of_its_parts(source: Source) -> None:
    parts = parts_of(source)
    assert parts[0].start == 0
    assert [p.end for p in parts[:-1]] == [p.start for p in parts[1:]]
    assert parts[-1].end == len(source.text)


def test_the_library_is_spoken_in_english_too(page: AppTest) -> None:
    page.segmented_control("language").set_value("en").run()
    page = turn_to(page, LIBRARY_PATH)
    assert "months ago" in shown(page)


def test_a_named_index_is_never_changed_and_the_page_says_so(
    named: Path, source: Source, assistant: FakeAssistant
) -> None:
    workshop = Workshop(lambda: None)
    assert not workshop.add("a.md", b"# a")
    assert not workshop.remove(source.id, source.title)
    assert workshop.job is None
    page = turn_to(page_with(lambda progress: assistant, None, workshop), LIBRARY_PATH)
    assert str(named) in shown(page)
    assert "myeloma ingest" in shown(page)
    assert not page.get("file_uploader")


def test_a_document_is_added_in_the_background_and_removed_while_the_chat_goes_on(
    own: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    workshop = Workshop(lambda: shelf.get(lambda *_: None))
    page = page_with(shelf.get, None, workshop)
    ask(page, "分期用哪项血清检查？")
    gate, real = threading.Event(), build_index

    def slow(*args: object, **others: object) -> object:
        gate.wait(20)
        return real(*args, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(workshop_module, "build_index", slow)
    text = DOCUMENT.replace("测试资料", "新的 <b>资料</b>")
    assert workshop.add("../../新的.md", text.encode())
    assert not workshop.add("other.md", text.encode()), "one at a time"
    page = turn_to(page, LIBRARY_PATH)
    assert "正在添加" in shown(page)
    assert not page.get("file_uploader")
    ask(turn_to(page, ""), "肾功能？")
    assert len([h for h in page.html if h.body.startswith('<div class="mm-question"')]) == 2
    gate.set()
    assert finished(workshop) == "done"
    page = turn_to(page, LIBRARY_PATH)
    assert "✓ 已添加" in shown(page)
    assert "新的 <b>资料</b>" in shown(page)
    assert set(shelf.get(lambda *_: None).index.sources) == {source.id, "新的"}
    page.button("read-新的").click().run()
    page.button("remove-source").click().run()
    assert finished(workshop) == "done"
    assert set(shelf.get(lambda *_: None).index.sources) == {source.id}


def test_a_document_that_cannot_be_used_leaves_the_index_as_it_is(own: Path, source: Source) -> None:
    shelf = Shelf()
    workshop = Workshop(lambda: shelf.get(lambda *_: None))
    before = shelf.get(lambda *_: None).index.folder
    workshop.add("bad.md", b"%PDF-1.7 " + HOSTILE.encode())
    assert finished(workshop) == "failed"
    page = turn_to(page_with(shelf.get, None, workshop), LIBRARY_PATH)
    assert "bad.md: this is a PDF" in shown(page)
    assert shelf.get(lambda *_: None).index.folder == before
    assert not workshop.remove("monograph/zh-clinician/01", "a chapter")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("big.md", b"a" * (MAX_BYTES + 1), "at most"),
        ("long.md", ("字句。" * (MAX_CHARACTERS // 3 + 10)).encode(), "characters"),
        ("picture.md", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("office.txt", b"PK\x03\x04rest", "ZIP"),
        ("binary.md", bytes(range(32)) * 100, "binary"),
        ("empty.md", b"  ", "empty"),
        ("run.exe", b"text", "not read"),
        ("<img src=x>.exe", b"text", "not read"),
        ("../../../etc/passwd", b"text", "not read"),
    ],
)
def test_uploads_are_checked_by_what_is_in_them(name: str, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words) as caught:
        read_upload(name, data)
    assert str(caught.value).startswith(name)
    assert "/tmp" not in str(caught.value)


@pytest.mark.parametrize("name", ["../../x.md", "C:\\x.md", "<b>x</b>.md", "a b.MD", "." * 50 + "md.md"])
def test_the_name_of_an_upload_is_a_name_and_no_path(name: str) -> None:
    source = read_upload(name, DOCUMENT.encode())
    assert not set(source.id) & set("/\\<> ")
    assert source.sections


def test_the_steps_of_a_job_have_words_in_both_languages() -> None:
    for language in (ZH, texts_in("en")):
        assert all(language(f"step_{step}") for step in (*STEPS, "read", "other"))


def test_the_page_works_without_a_workshop(assistant: FakeAssistant, source: Source) -> None:
    assistant.index.sources = {source.id: replace(source, reviewed="", title=HOSTILE)}
    page = turn_to(page_with(lambda progress: assistant), LIBRARY_PATH)
    assert HOSTILE in shown(page)
    assert ZH("info_undated") in shown(page)
    assert not page.get("file_uploader")
