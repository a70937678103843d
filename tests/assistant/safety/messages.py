"""Messages with what they are, as their writers meant them: ``messages.tsv``.

``kind`` is misuse, smalltalk, harmless or identifier; the last names what must be masked (";" between).
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
