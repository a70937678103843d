"""An app in a process of its own, and a real browser to look at it."""

from __future__ import annotations

import os
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

from ui import launch

CHROMIUM = Path("/usr/bin/chromium")
_PATIENCE = 60  # seconds until the app has started
_STARTS = {
    "app": (
        "import sys, pathlib, ui.launch;"
        "sys.exit(ui.launch.run(int(sys.argv[1]), pathlib.Path(sys.argv[2])))"
    ),
    # Its own index, which a first visit builds, and which documents can be added to.
    "own-index": "import sys, ui.launch; sys.exit(ui.launch.run(int(sys.argv[1]), None))",
    "hostile": (
        "import sys, pathlib, ui.launch;"
        "ui.launch.SCRIPT = pathlib.Path('tests/ui/hostile_app.py').resolve();"
        "sys.exit(ui.launch.run(int(sys.argv[1]), None))"
    ),
}


@contextmanager
def served(kind: str, folder: Path, *arguments: str, secrets: str = "") -> Iterator[str]:
    """The address of a running app that keeps its own things, ``secrets.toml`` too, in ``folder``."""
    with socket.socket() as probe:
        probe.bind((launch.ADDRESS, 0))
        port = probe.getsockname()[1]
    root = Path(launch.__file__).parents[1]
    own = {"MYELOMA_HISTORY": str(folder / "history.sqlite3"), "XDG_DATA_HOME": str(folder)}
    surroundings = {k: v for k, v in os.environ.items() if k != launch.INDEX_VARIABLE}
    command = [sys.executable, "-c", _STARTS[kind], str(port), *arguments]
    paths = os.pathsep.join([str(root), *filter(None, [os.environ.get("PYTHONPATH")])])
    if secrets:
        (folder / ".streamlit").mkdir()
        (folder / ".streamlit" / "secrets.toml").write_text(secrets, "utf-8")
    where = folder if secrets else root
    with subprocess.Popen(command, cwd=where, env={**surroundings, **own, "PYTHONPATH": paths}) as app:
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


def until(what: Any) -> Any:
    """Playwright's assertion that waits, for the app draws a page from top to bottom."""
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)  # milliseconds, as the waits beside it have
    return expect(what)


def settle(page: Any) -> None:
    """Wait until the app has drawn the whole page: a click on what is just being replaced is lost."""
    page.wait_for_timeout(200)  # milliseconds, for the last action to have reached the app
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(state="attached")
