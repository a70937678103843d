"""The whole app in a real browser: launcher, index, page, style sheet and script."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from ui import launch

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
QUESTION = "分期用哪项血清检查？"
_PATIENCE = 60  # seconds until the app has started


@pytest.fixture(scope="module")
def address(index_dir: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind((launch.ADDRESS, 0))
        port = probe.getsockname()[1]
    start = (
        "import sys, pathlib, ui.launch; sys.exit(ui.launch.run(int(sys.argv[1]), pathlib.Path(sys.argv[2])))"
    )
    command = [sys.executable, "-c", start, str(port), str(index_dir)]
    root = Path(launch.__file__).parents[1]
    with subprocess.Popen(command, cwd=root) as app:
        try:
            _wait_for(f"http://{launch.ADDRESS}:{port}/_stcore/health", app)
            yield f"http://{launch.ADDRESS}:{port}"
        finally:
            app.terminate()
            assert app.wait(20) == 0


def _wait_for(url: str, app: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        assert app.poll() is None, f"the app ended with {app.returncode}"
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{url}: no answer within {_PATIENCE} s")


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing (Debian package chromium)")
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_marker_in_the_text_leads_to_its_highlighted_words(
    address: str, index_dir: Path, width: int, tmp_path: Path
) -> None:
    citation = Assistant.open(index_dir).ask(QUESTION).citations[0]
    hosts: set[str] = set()
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 844}, locale="zh-CN")
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
    assert hosts == {address.removeprefix("http://")}, "the page must not ask anything of other machines"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_stage_worked_out_by_keyboard_is_asked_about(address: str, width: int, tmp_path: Path) -> None:
    hosts: set[str] = set()
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 844}, locale="zh-CN")
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


def until(what: Any) -> Any:
    """Playwright's assertion that waits, for the app draws a page from top to bottom."""
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)  # milliseconds, as the waits beside it have
    return expect(what)


def _is_inside(box: dict[str, float] | None, width: int) -> bool:
    return box is not None and 0 <= box["x"] < width and 0 <= box["y"] < 844
