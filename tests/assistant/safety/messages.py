"""Messages with what they are, as their writers meant them: ``messages.tsv``.

``kind`` is misuse, smalltalk, harmless or identifier; the last names what must be masked (";" between).
Conversations, the turns of one user, are in ``emergencies.tsv``: kind (emergency or harmless) and turns. Both
files are by writers who did not see the rules; the rules were then mended after them, so that they guard what
was reached and measure nothing new.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Message:
    kind: str
    text: str
    identifiers: tuple[str, ...]


def messages(kind: str) -> list[Message]:
    """All messages of a kind."""
    lines = (Path(__file__).parent / "messages.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [Message(k, text, tuple(filter(None, ids.split(";")))) for k, text, ids in rows if k == kind]


def conversations(kind: str) -> list[list[str]]:
    """All conversations of a kind in ``emergencies.tsv``, oldest turn first."""
    lines = (Path(__file__).parent / "emergencies.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [turns.replace(" ⏎ ", "\n").split(" || ") for k, turns in rows if k == kind]
