"""What a reader with a real browser waits for."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from tests.ui.served import chromium
from ui.owner import COOKIE

_FIELD = "[data-testid=stChatInput] textarea:enabled"
_PATIENCE = 60_000  # milliseconds
# Milliseconds from ``act`` until ``seen`` holds in what the browser is about to paint.
_WATCH = """
window.watch = (act, marks) => new Promise((done, fail) => {
  const times = {};
  setTimeout(() => fail(new Error(`not seen within a minute; seen: ${Object.keys(times)}`)), 60000);
  let started = 0;
  const look = () => {
    for (const [name, seen] of Object.entries(marks)) {
      if (!(name in times) && seen()) {
        times[name] = 0;
        requestAnimationFrame(() => {
          times[name] = performance.now() - started;
          if (Object.keys(marks).every((key) => times[key] > 0)) { observer.disconnect(); done(times); }
        });
      }
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, {
    childList: true, subtree: true, characterData: true, attributes: true,
    attributeFilter: ["data-test-script-state", "data-open"],
  });
  act(() => { started = performance.now(); });
});
window.idle = () => document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning";
window.behind = (question, css) => {
  const all = [...document.querySelectorAll(".mm-question")];
  const asked = all.filter((e) => e.textContent === question).pop();
  return asked && [...document.querySelectorAll(css)].find(
    (e) => (asked.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) && e.innerText.trim());
};
"""
_ASK = """(question) => watch(
  (start) => document.addEventListener("keydown", (e) => { if (e.key === "Enter") start(); },
                                       {capture: true, once: true}),
  {
    question: () => [...document.querySelectorAll(".mm-question")].some((e) => e.textContent === question),
    first: () => behind(question, ".mm-answer"),
    whole: () => behind(question, "[class*='st-key-actions-']") && idle(),
  })"""
_CITE = """(key) => watch(
  (start) => { start(); document.querySelector(`.st-key-${key} button`).click(); },
  {pane: () => document.querySelector(`.mm-section[data-open="${key}"]`) && idle()})"""
_LAST_CITATIONS = """() => [...new Set([...document.querySelectorAll("[class*='st-key-cite-']")]
  .map((e) => [...e.classList].find((c) => c.startsWith("st-key-cite-")).slice(7)))].slice(-2)"""


@dataclass(slots=True)
class Waits:
    """Seconds that a reader waited, by what for."""

    new: list[float] = field(default_factory=list)  # a page in a browser that has nothing of it
    again: list[float] = field(default_factory=list)  # a page in a browser that has its scripts and styles
    question: list[float] = field(default_factory=list)  # until the question stands on the page
    first: list[float] = field(default_factory=list)  # until the first words of the answer do
    whole: list[float] = field(default_factory=list)  # until all of it does, buttons included
    click: list[float] = field(default_factory=list)  # on a citation, in a long conversation


def open_once(address: str) -> None:
    """Open a page in a new browser, and wait until a question could be typed."""
    with chromium() as browser:
        _open(browser.new_page(), address)


def waits(address: str, secret: str, questions: list[str], pages: int, clicks: int) -> Waits:
    """Open pages, ask, and click in the first conversation that the owner of ``secret`` has kept."""
    result = Waits()
    with chromium() as browser:
        for _ in range(pages):
            with browser.new_context(locale="zh-CN") as context:
                result.new.append(_open(context.new_page(), address))
        with browser.new_context(locale="zh-CN") as context:
            context.add_init_script(_WATCH)
            context.add_cookies([{"name": COOKIE, "value": secret, "url": address}])
            page = context.new_page()
            _open(page, address)
            result.again += [_open(page, address) for _ in range(pages)]
            for question in questions:
                times = _asked(page, question)
                result.question.append(times["question"] / 1000)
                result.first.append(times["first"] / 1000)
                result.whole.append(times["whole"] / 1000)
            long = page.locator("[class*='st-key-recent-'] button:enabled").first
            long.click()
            page.wait_for_function("document.querySelector('.st-key-earlier') && idle()", timeout=_PATIENCE)
            for number in range(clicks):
                keys = page.evaluate(_LAST_CITATIONS)
                result.click.append(page.evaluate(_CITE, keys[number % len(keys)])["pane"] / 1000)
    return result


def _open(page: Any, address: str) -> float:
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(_FIELD).wait_for(timeout=_PATIENCE)
    return time.perf_counter() - started


def _asked(page: Any, question: str) -> dict[str, float]:
    page.locator(_FIELD).fill(question)
    page.evaluate(f"(question) => {{ window.told = ({_ASK})(question); }}", question)
    page.locator(_FIELD).press("Enter")
    times: dict[str, float] = page.evaluate("() => window.told")
    return times
