"""Messages with what they are, as their writers meant them: ``messages.tsv``.

``kind`` is misuse, smalltalk, harmless, identifier or kept; then what must be masked (";" between) and what
must stay (" ¦ " between). Conversations, the turns of one user, are in ``emergencies.tsv``: kind (emergency
or harmless) and turns. Both files are by writers who did not see the rules. ``own.tsv`` holds messages that
the writer of the rules tried them on before they were mended: emergency, harmless, misuse, ordinary,
smalltalk, name or no_name. The rules were then mended after all of them, so that they guard what was reached
and measure nothing new.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Message:
    kind: str
    text: str
    identifiers: tuple[str, ...]
    kept: tuple[str, ...]


def messages(kind: str) -> list[Message]:
    """All messages of a kind."""
    found = []
    for name, text, identifiers, *kept in _rows("messages.tsv"):
        if name == kind:
            stays = kept[0].split(" ¦ ") if kept else []
            found.append(Message(kind, text, tuple(filter(None, identifiers.split(";"))), tuple(stays)))
    return found


def conversations(kind: str) -> list[list[str]]:
    """All conversations of a kind in ``emergencies.tsv``, oldest turn first."""
    return [turns.replace(" ⏎ ", "\n").split(" || ") for k, turns in _rows("emergencies.tsv") if k == kind]


def own(kind: str) -> list[str]:
    """All messages of a kind in ``own.tsv``."""
    return [text for k, text in _rows("own.tsv") if k == kind]


def _rows(name: str) -> list[list[str]]:
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]
