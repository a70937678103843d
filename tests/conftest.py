"""No test reaches the network, or what its developer has at home.

Sockets beyond loopback are refused, below every HTTP library.
"""

from __future__ import annotations

import os
import socket
from tempfile import TemporaryDirectory
from typing import Any

import pytest

# Set before any library reads them; a hub that is asked all the same meets the socket guard.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# It takes up to a tenth of a second for a sentence; tests that need it switch it on.
os.environ.setdefault("MYELOMA_SENTENCE_MODEL", "off")
# A developer's own language model answers no test.
for _name in [name for name in os.environ if name.startswith("MYELOMA_LLM")]:
    del os.environ[_name]

# A developer's own index, history and settings are not what a test may find, or leave behind changed.
_HOME = TemporaryDirectory(prefix="myeloma-tests-")
os.environ |= {"XDG_DATA_HOME": f"{_HOME.name}/data", "XDG_CONFIG_HOME": f"{_HOME.name}/config"}
for _name in ("MYELOMA_INDEX", "MYELOMA_HISTORY", "MYELOMA_CONFIG"):
    os.environ.pop(_name, None)

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class NetworkBlocked(RuntimeError):
    """A test tried to leave the machine."""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if self.family != socket.AF_UNIX and host not in _LOOPBACK:
            raise NetworkBlocked(f"a test tried to connect to {address!r}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow tests first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
