"""What the server's process has used, as Linux counts it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_TICKS = os.sysconf("SC_CLK_TCK")  # a second
_UTIME, _PPID = 11, 1  # fields of /proc/PID/stat behind the name of the program


@dataclass(frozen=True, slots=True)
class Process:
    """The server that we started."""

    folder: Path

    @property
    def processor(self) -> float:
        """Seconds of processor so far, all threads, in steps of a hundredth."""
        fields = _stat(self.folder)
        return (int(fields[_UTIME]) + int(fields[_UTIME + 1])) / _TICKS

    @property
    def memory(self) -> float:
        """MiB that are resident now."""
        lines = (self.folder / "status").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def process_at(address: str) -> Process:
    """Our child that was told to serve the port of ``address``.

    Raises:
        LookupError: there is none.
    """
    port = str(urlsplit(address).port)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int(_stat(folder)[_PPID]) == os.getpid():
                told = (folder / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
                if port in told:
                    return Process(folder)
        except OSError:  # it has ended meanwhile
            continue
    raise LookupError(f"no process of ours serves {address}")


def _stat(folder: Path) -> list[str]:
    return (folder / "stat").read_text("utf-8").rpartition(") ")[2].split()
