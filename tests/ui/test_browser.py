"""The whole app in a real browser: launcher, index, page, style sheet and script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from tests.ui.served import chromium, served, settle, until

pytestmark = pytest.mark.browser

QUESTION = "分期用哪项血清检查？"


@pytest.fixture(scope="module")
def address(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served("app", tmp_path_factory.mktemp("own"), str(index_dir)) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all; each test has a page with a context of its own."""
    with chromium() as found:
        yield found


@pytest.mark.parametrize("width", [1280, 390])
def test_a_marker_in_the_text_leads_to_its_highlighted_words(
    address: str, browser: Any, index_dir: Path, width: int, tmp_path: Path
) -> None:
    citation = Assistant.open(index_dir).ask(QUESTION).citations[0]
    hosts: set[str] = set()
    with browser.new_page(viewport={"width": width, "height": 844}, locale="zh-CN") as page:
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page.goto(address)
        field = page.get_by_placeholder("输入关于多发性骨髓瘤的问题")
        field.fill(QUESTION)
        field.press("Enter")
        page.get_by_role("button", name="引文 1", exact=True).wait_for()
        page.get_by_role("link", name="打开引文1", exact=False).first.press("Enter")
        marks = page.locator(".mm-section mark")
        marks.first.wait_for()
        page.wait_for_timeout(500)
        page.screenshot(path=tmp_path / f"citation-{width}.png")
        assert " | ".join(marks.all_inner_texts()) == citation.quote
        assert marks.first.is_visible()
        assert _is_inside(marks.first.bounding_box(), width)
        assert page.evaluate("document.activeElement.dataset.open") == "cite-1-1"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.get_by_role("button", name="关闭").click()
        marks.first.wait_for(state="detached")
        assert page.locator(".mm-voice").inner_text().startswith("已回答")  # read out once it is complete
        assert page.evaluate("document.querySelector('.mm-copy').dataset.copy").count("[1]") >= 2
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        page.reload()  # a new session of the same browser
        field.wait_for()
        kept = page.locator("[class*='st-key-recent-'] button")
        until(kept).to_have_count(1)
        kept.dispatch_event("click")  # on a phone the sidebar is folded away
        until(page.locator(".mm-question")).to_have_text([QUESTION])
    assert hosts == {address.removeprefix("http://")}, "the page must not ask anything of other machines"


def test_a_marker_of_a_folded_answer_unfolds_it_and_leads_to_its_words(address: str, browser: Any) -> None:
    with browser.new_page(viewport={"width": 1280, "height": 844}, locale="zh-CN") as page:
        page.goto(address)
        field = page.get_by_placeholder("输入关于多发性骨髓瘤的问题")
        for number in (1, 2, 3):
            field.fill(f"{QUESTION}（{number}）")
            field.press("Enter")
            page.locator(f".st-key-cite-{number}-1 button").wait_for()
        until(page.locator("[class*='st-key-turn-']")).to_have_count(3)
        until(page.locator(".st-key-waiting button")).to_have_count(0)  # its place was taken by the answer
        assert page.locator(".st-key-cite-1-1 button").count() == 0
        settle(page)
        page.locator(".st-key-turn-1 a.mm-cite").first.click()
        page.locator(".mm-section[data-open=cite-1-1] mark").first.wait_for()


def test_a_stage_worked_out_by_keyboard_is_asked_about(address: str, browser: Any, tmp_path: Path) -> None:
    hosts: set[str] = set()
    with browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN") as page:
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page.goto(address)
        page.get_by_role("link", name="有检查结果").click()
        outcome = page.locator(".mm-stage")
        page.get_by_role("textbox", name="血清β2微球蛋白").fill("5.6")
        page.keyboard.press("Enter")
        outcome.get_by_text("R-ISS：还不能确定，可能为 II / III 期").wait_for()
        ask = page.get_by_role("button", name="就这个分期提问")
        until(ask).to_be_disabled()
        page.get_by_role("radiogroup", name="t(14;16)").get_by_role("radio", name="有").press("Space")
        outcome.get_by_text("R-ISS III期", exact=True).wait_for()
        until(page.locator("[aria-live=polite]").filter(has=outcome)).to_have_count(1)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            page.screenshot(path=tmp_path / f"staging-{width}.png")
        until(ask).to_be_enabled()  # a key that meets the button before that is lost
        ask.press("Enter")
        until(page.locator(".mm-question")).to_have_text(["R-ISS III期的标准和预后是什么？"])
        page.locator("[class*='st-key-turn-']").wait_for()
        page.go_back()
        outcome.get_by_text("R-ISS III期", exact=True).wait_for()
        until(page.get_by_role("textbox", name="血清β2微球蛋白")).to_have_value("5.6")
    assert hosts == {address.removeprefix("http://")}, "the page must not ask anything of other machines"


def _is_inside(box: dict[str, float] | None, width: int) -> bool:
    return box is not None and 0 <= box["x"] < width and 0 <= box["y"] < 844
