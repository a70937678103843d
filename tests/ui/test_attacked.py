"""Every page in a real browser, with attacks in all that it shows: nothing runs, and all can use it.

The same look at each page serves both checks, for a browser is slow: payloads and accessibility (axe-core).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.payloads import PAYLOADS
from tests.ui.served import chromium, served, settle, until

pytestmark = [pytest.mark.browser, pytest.mark.heavy]

_TRAP = """
window.fired = 0; window.fire = () => { window.fired += 1; };
window.alert = window.fire;
document.addEventListener("click", (e) => { if (e.target.closest("a[href^='http']")) e.preventDefault(); });
"""
_LOOK = """() => {
  const all = [...document.querySelectorAll("[data-testid=stApp] *, .mm-voice")];
  const leads = /^(href|src|action|formaction|data)$/i;
  const runs = (a) => /^on/i.test(a.name)
    || (leads.test(a.name) && /^\\s*(javascript|vbscript|data:text)/i.test(a.value))
    || (leads.test(a.name) && /evil\\.example/i.test(new URL(a.value, location.href).hostname));
  const wrong = all.filter((e) => /^(iframe|object|embed|base|meta|portal)$/i.test(e.tagName)
    || [...(e.attributes || [])].some(runs));
  return {wrong: wrong.map((e) => e.outerHTML.slice(0, 120)), fired: window.fired};
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served("hostile", tmp_path_factory.mktemp("own")) as found:
        yield found


def test_nothing_runs_on_any_page_and_none_has_a_serious_barrier(address: str, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    assert len(PAYLOADS) >= 200
    hosts: set[str] = set()
    found: dict[str, Any] = {}

    def look(page: Any, name: str, usable: bool = True) -> None:
        seen = page.evaluate(_LOOK)
        violations = [
            (v["id"], [n["target"] for n in v["nodes"][:2]])
            for v in (axe.run(page).response["violations"] if usable else ())
            if v["impact"] in ("serious", "critical")
        ]
        if seen["wrong"] or seen["fired"] or violations:
            page.screenshot(path=tmp_path / f"{name}.png")
            found[name] = (seen, violations)

    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        page.add_init_script(_TRAP)
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page.on("dialog", lambda dialog: found.update({"dialog": dialog.message}) or dialog.dismiss())
        page.goto(address)
        field = page.get_by_placeholder("输入关于多发性骨髓瘤的问题")
        field.wait_for()
        look(page, "welcome")
        half = len(PAYLOADS) // 2
        for number, part in enumerate((PAYLOADS[:half], PAYLOADS[half:]), 1):
            field.fill("\n".join(part)[:7900])
            field.press("Enter")
            page.locator(f".st-key-actions-{number}").wait_for()
        settle(page)
        page.locator(".st-key-cite-1-1 button").click()
        page.locator(".mm-section mark").first.wait_for()
        for summary in page.locator("[data-testid=stExpander] summary").all():
            summary.click()
        until(page.locator(".mm-why").first).to_be_visible()
        look(page, "chat", usable=False)  # "forms" is more of the same
        page.get_by_role("button", name="修改问题").click()
        page.get_by_role("textbox", name="修改最后一个问题").wait_for()
        page.get_by_role("button", name="没用").last.click()
        page.get_by_text("哪里不好？").wait_for()
        look(page, "forms")
        page.get_by_role("link", name="资料").click()
        page.locator("input[type=file]").set_input_files(
            {"name": f"{PAYLOADS[0]}.md".replace("/", ""), "mimeType": "text/markdown",
             "buffer": "\n\n".join(PAYLOADS).encode()}
        )
        page.get_by_role("button", name="加入索引").click()
        until(page.get_by_text("已添加")).to_be_visible()
        look(page, "library")
        page.get_by_role("button", name="阅读").first.click()
        page.locator(".mm-page").wait_for()
        page.get_by_role("combobox", name="章节").click()
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("Escape")
        look(page, "reading")
        page.get_by_role("button", name="全部资料").click()
        page.get_by_role("textbox", name="检索原文").fill("<svg")
        page.keyboard.press("Enter")
        page.get_by_text("合并得分").first.wait_for()
        look(page, "search", usable=False)
        page.get_by_role("link", name="历史").click()
        page.get_by_role("button", name="改名").first.click()
        page.get_by_role("textbox", name="新的标题").fill(PAYLOADS[2])
        page.get_by_role("button", name="保存", exact=True).click()
        page.get_by_role("button", name="改名").first.wait_for()
        look(page, "history")
        for name, label in (("诊断与计算", "骨髓浆细胞"), ("分期计算", "血清β2微球蛋白")):
            page.get_by_role("link", name=name).click()
            page.get_by_role("textbox", name=label).fill(PAYLOADS[0])
            page.keyboard.press("Enter")
            page.get_by_text("读不出").first.wait_for()
            look(page, name)
        page.get_by_role("link", name="设置").click()
        page.locator("button.mm-theme[aria-pressed]").first.wait_for()
        look(page, "settings")
    assert not found
    assert hosts == {address.removeprefix("http://")}, "the page must not ask anything of other machines"
