"""Progress on standard error: one line that renews itself, silent when nobody watches."""

from __future__ import annotations

import sys
from types import TracebackType


class Progress:
    """Callable as ``progress(step, done, of)``; a context manager that ends the line."""

    def __init__(self) -> None:
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __call__(self, step: str, done: int, of: int) -> None:
        if not sys.stderr.isatty():
            return
        bar = "█" * round(20 * done / of) if of else ""
        print(f"\r\033[K{step} {bar:20} {done}/{of}", end="", file=sys.stderr, flush=True)
        self._shown = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
