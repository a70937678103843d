"""What a model writes beside its answer is taken off as the text streams in: thoughts and fences."""

from __future__ import annotations

import re

_NAMES = r"think|thinking|thought|thoughts|reasoning|reflection|analysis|scratchpad|tool_calls?|function_call"
_OPEN = re.compile(rf"<\s*(?:{_NAMES})\s*>|◁think▷", re.IGNORECASE)
_CLOSE = re.compile(rf"<\s*/\s*(?:{_NAMES})\s*>|◁/think▷", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
_LONGEST_TAG = 20


class Thoughts:
    """Takes ``<think>…</think>`` and its like out of a stream.

    ``restarted`` is set when a thought ends that never began: what came before was thought too.
    """

    def __init__(self) -> None:
        self._held = ""
        self._inside = False
        self.restarted = False

    def feed(self, text: str) -> str:
        """The visible part of what is known so far."""
        self.restarted = False
        self._held += text
        shown = ""
        while True:
            if self._inside:
                closed = _CLOSE.search(self._held)
                if closed is None:
                    self._held = self._held[-_LONGEST_TAG:]
                    return shown
                self._held, self._inside = self._held[closed.end() :], False
                continue
            opened, closed = _OPEN.search(self._held), _CLOSE.search(self._held)
            if closed and (opened is None or closed.start() < opened.start()):
                self._held, shown, self.restarted = self._held[closed.end() :], "", True
                continue
            if opened:
                shown += self._held[: opened.start()]
                self._held, self._inside = self._held[opened.end() :], True
                continue
            safe = self._safe()
            shown += self._held[:safe]
            self._held = self._held[safe:]
            return shown

    def end(self) -> str:
        """What was held back in case it became a tag."""
        rest, self._held = ("" if self._inside else self._held), ""
        return rest

    def _safe(self) -> int:
        """Up to where no tag can begin."""
        start = max(self._held.rfind("<"), self._held.rfind("◁"))
        return start if start >= 0 and len(self._held) - start < _LONGEST_TAG else len(self._held)


def without_fences(text: str) -> str:
    """``text`` without the lines that open and close code blocks."""
    return _FENCE.sub("", text)
