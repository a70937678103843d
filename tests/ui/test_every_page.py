"""Every page and state, in both languages, both themes and three widths: no barrier, nothing cut off.

``python -m tests.ui.tour FOLDER`` takes the pictures of the same walk, for the eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui import tour
from tests.ui.served import chromium, served
from tests.ui.tour import LOCALES, each_look, walk
from ui.strings import InterfaceLanguage

pytestmark = [pytest.mark.browser, pytest.mark.heavy]

_STATES = 22  # that the walk passes through
_GRAVE = ("serious", "critical")
# Whole pages are wider than the window, or a control or a line of text runs out of its box.
_CUT_OFF = """() => {
  const wide = document.documentElement.scrollWidth > window.innerWidth;
  const cut = [...document.querySelectorAll("[data-testid=stMain] button, [data-testid=stMain] p, .mm-line")]
    .filter((e) => e.checkVisibility() && !e.closest(".mm-table, .mm-answer, .mm-voice"))
    .filter((e) => { const b = e.getBoundingClientRect(); return b.width && b.right > innerWidth + 1; });
  return {wide, cut: cut.map((e) => e.innerText.slice(0, 60))};
}"""
# What the interface itself says; documents, answers and names of files are in any language.
_OWN_WORDS = """() => [...document.querySelectorAll(
  "[data-testid=stMain] button, [data-testid=stMain] label, [data-testid=stMain] h1, [data-testid=stMain] h2,"
  + "[data-testid=stSidebar] button, [data-testid=stSidebar] a, [data-testid=stSidebar] p")]
  .filter((e) => e.checkVisibility()
    && !e.closest("[lang]:not(html)") && !e.closest("[class*=st-key-recent], [class*=st-key-follow]"))
  .map((e) => e.innerText.trim()).filter(Boolean)"""
_ENGLISH = re.compile(r"\b(?:[a-z]{4,} ){2}[a-z]{3,}|^(?:Upload|Browse files|Press Enter.*)$")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_BOTH = ("语言 / Language", "中文")  # the switch of the language says so in both


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served("own-index", tmp_path_factory.mktemp("own")) as found:
        yield found


@pytest.mark.parametrize("language", LOCALES)
def test_no_page_has_a_serious_barrier_and_nothing_is_cut_off(
    address: str, language: InterfaceLanguage, tmp_path: Path
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found: dict[str, Any] = {}
    seen: set[str] = set()
    hosts: set[str] = set()

    def look(page: Any, name: str, at: str) -> None:
        if not seen:
            page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        for width, theme in each_look(page, at):
            place = f"{name}-{theme}-{width}"
            seen.add(place)
            wrong = page.evaluate(_CUT_OFF)
            problems: list[object] = [wrong] if wrong["wide"] or wrong["cut"] else []
            if width != 768:  # the same markup as at 1280; a look takes a second
                problems += [
                    (v["id"], [(n["target"], n["failureSummary"][:200]) for n in v["nodes"][:2]])
                    for v in axe.run(page).response["violations"]
                    if v["impact"] in _GRAVE
                ]
            foreign = _CHINESE if language == "en" else _ENGLISH
            words = [w for w in page.evaluate(_OWN_WORDS) if foreign.search(w) and w not in _BOTH]
            if problems or words:
                page.screenshot(path=tmp_path / f"{place}.png")
                found[place] = (problems, words)

    with chromium() as browser:
        walk(address, browser, language, look)
    assert len(seen) == _STATES * len(tour.WIDTHS) * len(tour.THEMES)
    assert not found
    assert hosts == {address.removeprefix("http://")}
