"""What a clinician, a patient and an evaluator do with the app, in a real browser, with its real engine."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.scripted_model import Reply, scripted_model
from tests.ui.served import chromium, served, settle, until
from tests.ui.tour import ask
from ui.strings import texts_in

pytestmark = [pytest.mark.browser, pytest.mark.heavy]

ZH, EN = texts_in("zh"), texts_in("en")
QUESTION = "诊断活动性骨髓瘤需要哪些条件？"
DOCUMENT = """\
# 门诊须知

## 复诊安排

骨髓瘤患者每四周到紫藤门诊复诊一次 (1)。

## 参考文献

1. Kyle RA. Blood 2003;101:3087. PMID: 12393409.
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app with an index of its own, which documents can be added to."""
    with served("own-index", tmp_path_factory.mktemp("own")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@contextmanager
def visit(browser: Any, address: str, locale: str = "zh-CN") -> Iterator[Any]:
    """A page of a browser that was never here."""
    context = browser.new_context(locale=locale, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(address)
    page.locator("[data-testid=stChatInput] textarea").wait_for()
    yield page
    context.close()


def test_a_question_its_source_and_the_way_back_by_keyboard_alone(address: str, browser: Any) -> None:
    with visit(browser, address) as page:
        tab_to(page, "[data-testid=stChatInput] textarea")
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
        page.locator(".st-key-actions-1").wait_for()
        page.wait_for_timeout(600)  # the finished answer takes the place of the one that came in
        tab_to(page, "a.mm-cite", backwards=True)
        marker = page.evaluate("document.activeElement.getAttribute('href')")
        page.keyboard.press("Enter")
        page.locator(".mm-section mark").first.wait_for()
        until(page.locator(f".mm-section[data-open='{marker[1:]}']")).to_be_focused()
        tab_to(page, ".st-key-pane-previous button, .st-key-pane-next button", backwards=True)
        page.keyboard.press("Enter")
        until(page.locator(f".mm-section[data-open='{marker[1:]}']")).to_have_count(0)
        tab_to(page, ".st-key-pane-close button")
        page.keyboard.press("Enter")
        until(page.locator(".mm-section")).to_have_count(0)
        assert page.evaluate("document.activeElement.className") == "mm-cite", "back where the reader was"


def test_language_and_reader_stay_as_chosen(address: str, browser: Any) -> None:
    with visit(browser, address) as page:
        page.get_by_role("radio", name=ZH("audience_patient")).last.click()  # on the page, not in the sidebar
        until(page.get_by_text(ZH("welcome_about_patient"))).to_be_visible()
        until(page.get_by_role("button", name=ZH.lists["examples_patient"][0])).to_be_visible()
        page.get_by_role("radio", name="English").click()
        until(page.get_by_text(EN("welcome_about_patient"))).to_be_visible()
        page.wait_for_timeout(500)
        page.reload()
        until(page.get_by_text(EN("welcome_about_patient"))).to_be_visible()
        assert page.evaluate("document.documentElement.lang") == "en"
        ask(page, EN, "What is multiple myeloma?", 1)
        until(page.locator(".mm-standing")).to_contain_text(EN("audience_patient"))


def test_a_document_is_chosen_added_asked_about_and_removed(
    address: str, browser: Any, tmp_path: Path
) -> None:
    path, wrong = tmp_path / "clinic.md", tmp_path / "scan.pdf"
    path.write_text(DOCUMENT, "utf-8")
    wrong.write_bytes(b"%PDF-1.4")
    with visit(browser, address) as page:
        page.get_by_role("link", name=ZH("nav_library"), exact=True).click()
        for file in (wrong, path):
            with page.expect_file_chooser() as chosen:
                page.get_by_role("button", name=ZH("upload_button")).click()
            chosen.value.set_files(file)
            add = page.get_by_role("button", name=ZH("upload_add"))
            if file is wrong:
                remove = page.get_by_role("button", name="Remove scan.pdf")
                until(remove).to_be_visible()
                assert add.count() == 0
                remove.click()
        add.click()
        until(page.get_by_text(ZH("upload_done_add", name="clinic.md"))).to_be_visible()
        page.get_by_role("link", name=ZH("nav_chat"), exact=True).click()
        ask(page, ZH, "紫藤门诊多久复诊一次？", 1)
        until(page.locator(".mm-answer").first).to_contain_text("每四周")
        page.locator(".st-key-cite-1-1 button").click()
        until(page.locator(".mm-section mark").first).to_contain_text("骨髓瘤患者每四周到紫藤门诊复诊一次")
        until(page.locator(".mm-references a[href*='12393409']")).to_be_visible()
        page.get_by_role("link", name=ZH("nav_library"), exact=True).click()
        page.locator("[class*='st-key-read-']").filter(has_text=ZH("read")).first.locator("button").click()
        page.get_by_role("button", name=ZH("library_remove")).click()
        page.locator(".st-key-remove-source button").click()
        until(page.get_by_text(ZH("upload_done_remove", name="门诊须知"))).to_be_visible()


def test_an_answer_is_taken_along_in_every_format(address: str, browser: Any, tmp_path: Path) -> None:
    from docx import Document

    with visit(browser, address) as page:
        ask(page, ZH, QUESTION, 1)
        said = page.locator(".mm-answer p").first.inner_text().split("。")[0]
        page.get_by_role("button", name=ZH("export"), exact=False).first.click()
        files = {}
        for name in ("md", "html", "docx", "json"):
            settle(page)
            with page.expect_download() as download:
                page.locator(f".st-key-export-{name} button").click()
            assert download.value.suggested_filename.endswith(f".{name}")
            path = tmp_path / f"answer.{name}"
            download.value.save_as(path)
            files[name] = path.read_bytes()
        page.keyboard.press("Escape")
        page.locator("[data-testid=stExpander] summary").last.click()
        settle(page)
        with page.expect_download() as download:
            page.get_by_role("button", name=ZH("why_record")).click()
        download.value.save_as(tmp_path / "record.json")
        with browser.new_page() as opened:
            opened.goto(f"file://{tmp_path / 'answer.html'}")
            assert said in opened.inner_text("body")
            opened.locator("a.mm-cite").first.click()
            assert opened.locator("li:target blockquote").count() == 1
            assert opened.locator("a[href^='https://']").count() > 0
    word = Document(io.BytesIO(files["docx"]))
    records = json.loads(files["json"])
    for text in (files["md"].decode(), "\n".join(p.text for p in word.paragraphs), records[0]["answer"]):
        assert said in text
    references = [r for c in records[0]["citations"] for r in c["references"]]
    assert references
    assert any(references[0]["text"][:40] in p.text for p in word.paragraphs)
    assert json.loads((tmp_path / "record.json").read_text("utf-8"))["question"] == QUESTION


def test_two_tabs_of_a_first_visit_have_one_owner(address: str, browser: Any) -> None:
    with browser.new_context(locale="zh-CN") as context:
        context.set_default_timeout(120_000)
        tabs = [context.new_page(), context.new_page()]
        for tab in tabs:
            tab.evaluate(f"setTimeout(() => {{ location.href = '{address}'; }}, 50)")
        for tab in tabs:
            tab.locator("[data-testid=stChatInput] textarea").wait_for()
            tab.wait_for_timeout(1500)
            tab.locator("[data-testid=stChatInput] textarea").wait_for()
        for tab, question in zip(tabs, (QUESTION, "R-ISS怎么分期？"), strict=True):
            ask(tab, ZH, question, 1)
        tabs[0].goto(f"{address}/history")
        until(tabs[0].get_by_text(ZH("history_count", count=2))).to_be_visible()


def test_two_systems_are_measured_and_compared(address: str, browser: Any) -> None:
    with visit(browser, address) as page:
        page.get_by_role("link", name=ZH("nav_evaluation"), exact=True).click()
        runs = page.locator("[class*='st-key-open-run-'] button")
        for number, kind in enumerate(("assistant_clinician", "assistant_patient"), 1):
            page.get_by_role("combobox", name=ZH("eval_system")).click()
            page.get_by_role("option", name=ZH(f"eval_system_{kind}")).click()
            page.get_by_role("spinbutton").fill("4")
            page.get_by_role("spinbutton").press("Enter")
            page.get_by_role("button", name=ZH("eval_start"), exact=True).click()
            until(runs).to_have_count(number)
        page.get_by_role("button", name=ZH("eval_compare"), exact=True).click()
        page.locator(".mm-scores").first.wait_for()
        about = page.get_by_text("A: ").first.inner_text()
        assert "assistant-clinician" in about.partition(" · B: ")[0]
        assert "assistant-patient" in about.partition(" · B: ")[2]
        with page.expect_download() as download:
            page.locator(".st-key-download-comparison button").click()
        assert "<html" in Path(download.value.path()).read_text("utf-8")


def test_an_answer_that_takes_its_time_is_stopped_asked_again_and_changed(
    browser: Any, index_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted_model() as model:
        for name, value in {"": "openai:m", "_BASE_URL": model.base_url, "_API_KEY": "k"}.items():
            monkeypatch.setenv(f"MYELOMA_LLM{name}", value)
        words = "分期用血清β2微球蛋白[1]。"
        model.says(Reply(words, silence=20), words)
        with served("app", tmp_path, str(index_dir)) as address, visit(browser, address) as page:
            field = page.get_by_placeholder(ZH("input_placeholder"))
            field.fill("分期用哪项血清检查？")
            field.press("Enter")
            page.get_by_role("button", name=ZH("stop")).click()
            until(page.get_by_text(ZH("stopped"))).to_be_visible()
            page.get_by_role("button", name=ZH("retry")).click()
            page.locator(".st-key-actions-1").wait_for()
            until(page.locator(".mm-answer").first).to_contain_text("微球蛋白")
            page.get_by_role("button", name=ZH("edit")).click()
            page.get_by_role("textbox", name=ZH("edit_label")).fill("分期前应完成哪些检查？")
            page.get_by_role("button", name=ZH("edit_ask"), exact=True).click()
            asked = page.locator("[data-testid=stChatMessage] .mm-question")
            until(asked).to_have_text(["分期前应完成哪些检查？"])
            page.locator(".st-key-actions-2").wait_for()


def tab_to(page: Any, selector: str, backwards: bool = False) -> None:
    """Press Tab until something of ``selector`` has the focus."""
    for _ in range(90):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
            return
    raise AssertionError(f"no way by keyboard to {selector}")
