"""Starts the Streamlit app for this machine only."""

from __future__ import annotations

import os
import socket
import sys
import threading
from contextlib import closing
from pathlib import Path

INDEX_VARIABLE = "MYELOMA_INDEX"
ADDRESS = "127.0.0.1"
SCRIPT = Path(__file__).with_name("app.py")
_FIRST_PORT, _TRIES = 8501, 50

# Names under which the app is reached. A page elsewhere must not reach it by a name that it points
# to this machine (DNS rebinding).
_HOSTS = (ADDRESS, "localhost")
_OPTIONS = {
    "server.address": ADDRESS,
    "server.headless": "true",
    "server.enableXsrfProtection": "true",
    "server.enableCORS": "true",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": "5",  # MB, as ui.sources.workshop has it
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "runner.magicEnabled": "false",
    "runner.postScriptGC": "false",  # Python collects garbage by itself, not after every click
    "logger.hideWelcomeMessage": "true",
    "theme.light.primaryColor": "#175a62",
    "theme.dark.primaryColor": "#6cc0c9",
    # The look paints with the browser's "Canvas", which is this.
    "theme.light.backgroundColor": "#ffffff",
    "theme.dark.backgroundColor": "#121212",
    # What fields and the sidebar stand on; Streamlit would mix a brown from the rest.
    "theme.light.secondaryBackgroundColor": "#f3f6f6",
    "theme.dark.secondaryBackgroundColor": "#1d2426",
    "theme.baseRadius": "medium",
}


def run(port: int | None, index_dir: Path | None) -> int:
    """Serve the app until it is stopped; without a port, on the first free one from 8501.

    Returns an exit code: 0 stopped by the user, 2 when the port cannot be used.
    """
    chosen = (
        port if port is not None else next(filter(_is_free, range(_FIRST_PORT, _FIRST_PORT + _TRIES)), None)
    )
    if chosen is None:
        last = _FIRST_PORT + _TRIES - 1
        print(
            f"myeloma: ports {_FIRST_PORT} to {last} are all in use; name a free one with --port",
            file=sys.stderr,
        )
        return 2
    if not 1 <= chosen <= 65535:
        print(
            f"myeloma: port {chosen} does not exist; choose one from 1 to 65535 with --port", file=sys.stderr
        )
        return 2
    if not _is_free(chosen):
        print(
            f"myeloma: port {chosen} cannot be used on {ADDRESS}; choose another with --port", file=sys.stderr
        )
        return 2
    if index_dir is not None:
        os.environ[INDEX_VARIABLE] = str(index_dir.resolve())
    print(f"http://{ADDRESS}:{chosen}", flush=True)
    print("myeloma: open this address in a browser; Ctrl+C stops the app", file=sys.stderr)
    return _serve(chosen)


def _serve(port: int) -> int:
    from streamlit.web import cli

    options = [f"--{name}={value}" for name, value in {**_OPTIONS, "server.port": port}.items()]
    options += [f"--server.allowedHosts={host}" for host in _HOSTS]
    threading.Thread(target=_open_index, daemon=True).start()
    try:
        cli.main(["run", str(SCRIPT), *options], standalone_mode=False)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else int(stopped.code is not None)
    except KeyboardInterrupt:
        pass
    return 0


def _open_index() -> None:
    """Load everything that the first page would wait for, while the server starts and the reader comes."""
    from ui.shared import SHELF

    SHELF.open_stored()


def _is_free(port: int) -> bool:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        # As the server itself does, so that a port that was just given up counts as free.
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True
