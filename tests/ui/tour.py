"""A walk through every page and state of the app, in both languages, both themes and three widths.

``python -m tests.ui.tour FOLDER`` takes a picture of each; ``test_every_page`` looks at each for barriers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.ui.served import chromium, served, settle, until
from ui.strings import InterfaceLanguage, Texts, texts_in
from ui.tools.inputs import named

WIDTHS = (1280, 768, 390)
THEMES = ("light", "dark")
LOCALES: dict[InterfaceLanguage, str] = {"zh": "zh-CN", "en": "en-US"}
_HEIGHT = 900
_LAST_QUESTION = "[data-testid=stChatMessage] .mm-question"
# A colour on its way from one theme to the other is neither.
_STILL = """document.addEventListener("DOMContentLoaded", () => {
  const style = document.createElement("style");
  style.textContent = "* { transition: none !important; animation-duration: 0s !important; }";
  document.head.append(style);
});"""
_SETTLE = 500  # milliseconds in which a page comes to rest
_ASKED = {
    "zh": {
        "cited": "诊断活动性骨髓瘤需要哪些条件？",
        "staged": "β2微球蛋白5.6 mg/L，白蛋白32 g/L，R-ISS几期？",
        "absent": "骨髓瘤患者可以养猫吗？",
        "urgent": "腰背痛三天，今天两条腿突然没力气，尿不出来",
        "searched": "肾功能不全",
    },
    "en": {
        "cited": "What is required to diagnose active myeloma?",
        "staged": "β2-microglobulin 5.6 mg/L, albumin 32 g/L: which R-ISS stage?",
        "absent": "May a patient with myeloma keep a cat?",
        "urgent": "Back pain for three days, and today both legs suddenly went weak and I cannot pass urine",
        "searched": "renal impairment",
    },
}
_DOCUMENT = """\
# A small document

## Fluids

Drink enough water (1).

## References

1. Kyle RA. Blood 2003.
"""

# What is done with a page that is drawn, its name, and what of it is to be in view (a selector).
Look = Callable[[Any, str, str], None]


def walk(address: str, browser: Any, language: InterfaceLanguage, look: Look) -> None:
    """Bring the app into each of its states and ``look`` at it; names are those of states."""
    texts, asked = texts_in(language), _ASKED[language]
    context = browser.new_context(viewport={"width": 1280, "height": _HEIGHT}, locale=LOCALES[language])
    context.set_default_timeout(120_000)  # milliseconds; an index is built meanwhile
    context.add_init_script(_STILL)
    page = context.new_page()
    page.goto(address)
    page.get_by_placeholder(texts("input_placeholder")).wait_for()
    look(page, "chat-welcome", "")
    _to_patients(page, texts)
    look(page, "chat-welcome-patient", "")
    page.reload()
    _chat(page, texts, asked, look)
    _forms(page, texts, address, look)
    _library(page, texts, address, asked, look)
    _history(page, texts, address, look)
    _evaluation(page, texts, address, look)
    page.goto(f"{address}/settings")
    page.locator("button.mm-theme[aria-pressed]").first.wait_for()
    look(page, "settings", "")
    context.close()


def _to_patients(page: Any, texts: Texts) -> None:
    page.get_by_role("radio", name=texts("audience_patient")).first.click()
    page.get_by_text(texts("welcome_about_patient")).wait_for()


def _chat(page: Any, texts: Texts, asked: dict[str, str], look: Look) -> None:
    page.get_by_role("radio", name=texts("audience_clinician")).first.click()
    page.get_by_text(texts("welcome_about_clinician")).wait_for()
    ask(page, texts, asked["cited"], 1)
    look(page, "chat-answer", _LAST_QUESTION)
    page.locator(".st-key-cite-1-1 button").click()
    page.locator(".mm-section mark").first.wait_for()
    look(page, "chat-source", "")
    page.get_by_role("button", name=texts("close"), exact=True).click()
    page.locator(".mm-section").wait_for(state="detached")
    page.locator(".st-key-turn-1 [data-testid=stExpander] summary").last.click()
    page.locator(".mm-why").first.wait_for()
    page.locator(".mm-why").first.scroll_into_view_if_needed()
    look(page, "chat-why", ".mm-why")
    ask(page, texts, asked["staged"], 2)
    look(page, "chat-staged", _LAST_QUESTION)
    ask(page, texts, asked["absent"], 3)
    page.get_by_role("button", name=texts("edit")).last.click()
    page.get_by_role("textbox", name=texts("edit_label")).wait_for()
    page.get_by_role("button", name=texts("rate_bad")).last.click()
    page.get_by_text(texts("reason_label")).wait_for()
    look(page, "chat-forms", _LAST_QUESTION)
    page.get_by_role("button", name=texts("cancel")).click()
    ask(page, texts, asked["urgent"], 4)
    look(page, "chat-urgent", _LAST_QUESTION)


def ask(page: Any, texts: Texts, question: str, turn: int) -> None:
    """Ask the ``turn``-th question of this session and wait for the answer."""
    field = page.get_by_placeholder(texts("input_placeholder"))
    field.fill(question)
    field.press("Enter")
    page.locator(f".st-key-actions-{turn}").wait_for()
    settle(page)


def _forms(page: Any, texts: Texts, address: str, look: Look) -> None:
    page.goto(f"{address}/staging")
    page.locator(".mm-papers").wait_for()
    look(page, "staging-empty", "")
    page.get_by_role("textbox", name=texts("staging_b2m")).fill("5.6")
    page.get_by_role("textbox", name=texts("staging_albumin")).fill("32")
    page.keyboard.press("Enter")
    page.locator(".mm-stage").wait_for()
    look(page, "staging", "")
    page.goto(f"{address}/tools")
    page.locator(".mm-papers").wait_for()
    page.get_by_role("textbox", name=named("marrow_plasma_cells", texts)).fill("25")
    page.keyboard.press("Enter")
    page.locator(".mm-criteria").wait_for()
    look(page, "tools", "")


def _library(page: Any, texts: Texts, address: str, asked: dict[str, str], look: Look) -> None:
    page.goto(f"{address}/library")
    page.locator("input[type=file]").wait_for(state="attached")
    look(page, "library", "")
    page.locator("input[type=file]").set_input_files(
        {"name": f"small-{texts.language}.md", "mimeType": "text/markdown", "buffer": _DOCUMENT.encode()}
    )
    page.get_by_role("button", name=texts("upload_add")).click()
    page.get_by_text(texts("upload_done_add", name=f"small-{texts.language}.md")).wait_for()
    look(page, "library-added", "")
    page.get_by_role("textbox", name=texts("library_search")).fill(asked["searched"])
    page.keyboard.press("Enter")
    page.locator(".mm-hit").first.wait_for()
    look(page, "library-search", "")
    page.get_by_role("button", name=texts("read")).first.click()
    page.locator(".mm-page").wait_for()
    look(page, "library-reading", "")


def _history(page: Any, texts: Texts, address: str, look: Look) -> None:
    page.goto(f"{address}/history")
    page.get_by_role("button", name=texts("rename")).first.wait_for()
    look(page, "history", "")
    page.get_by_role("textbox", name=texts("history_search")).fill("zzz")
    page.keyboard.press("Enter")
    page.get_by_text(texts("history_nothing_found")).wait_for()
    look(page, "history-nothing", "")


def _evaluation(page: Any, texts: Texts, address: str, look: Look) -> None:
    page.goto(f"{address}/evaluation")
    number = page.get_by_role("spinbutton")
    number.wait_for()
    look(page, "evaluation", "")
    runs = page.locator("[class*='st-key-open-run-'] button")
    while (count := runs.count()) < 2:
        number.fill("4")
        number.press("Enter")
        page.get_by_role("button", name=texts("eval_start"), exact=True).click()
        until(runs).to_have_count(count + 1)
    look(page, "evaluation-runs", "")
    runs.first.click()
    page.locator(".mm-scores").first.wait_for()
    look(page, "evaluation-run", "")
    page.get_by_role("button", name=texts("eval_back")).click()
    page.get_by_role("button", name=texts("eval_compare"), exact=True).click()
    page.get_by_text("A: ").first.wait_for()
    look(page, "evaluation-compare", "")


def each_look(page: Any, at: str) -> Any:
    """The page in every width and theme, with ``at`` in view: yields (width, theme)."""
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": _HEIGHT})
            page.wait_for_timeout(_SETTLE)
            if at:
                page.locator(at).last.evaluate("e => e.scrollIntoView({block: 'start'})")
            yield width, theme
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": _HEIGHT})
    page.wait_for_timeout(_SETTLE)


def main(folder: Path) -> None:
    """Pictures of everything, as ``STATE-LANGUAGE-THEME-WIDTH.png``."""
    folder.mkdir(parents=True, exist_ok=True)

    with TemporaryDirectory() as own, served("own-index", Path(own)) as address, chromium() as browser:
        for language in LOCALES:

            def look(page: Any, name: str, at: str, language: str = language) -> None:
                for width, theme in each_look(page, at):
                    page.screenshot(path=folder / f"{name}-{language}-{theme}-{width}.png")

            walk(address, browser, language, look)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
