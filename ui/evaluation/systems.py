"""Which system a run asks: the assistant as it answers here, or another that ``myeloma eval run`` knows."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from evals.systems.base import SystemUnderTest
    from evals.systems.chat_endpoint import EndpointUnderTest

HERE = "assistant"
SYSTEM = "system.txt"  # beside the manifest, which knows a system only by its name
_PATIENCE = 30.0  # seconds for the first word of an endpoint


@dataclass(frozen=True, slots=True)
class Choice:
    """``needs`` is what has to be written behind the name: ``model`` is MODEL@URL, ``file`` a path."""

    kind: str
    needs: Literal["", "model", "file"] = ""

    def named(self, what: str) -> str:
        """The system as the command line names it."""
        return f"{self.kind}:{what}" if self.needs else self.kind


CHOICES = (
    Choice(HERE), Choice("assistant-clinician"), Choice("assistant-patient"), Choice("langchain-bm25"),
    Choice("langchain-faiss"), Choice("openai", "model"), Choice("bare", "model"), Choice("answers", "file"),
)  # fmt: skip


def opened(named: str) -> SystemUnderTest:
    """A system by its name, on the default index; an endpoint is asked for a word first.

    Raises:
        evals.problems.EXPECTED, index.IndexProblem: it cannot be asked; the message has the next step.
    """
    from evals.systems.chat_endpoint import EndpointUnderTest
    from evals.systems.spec import parse_system

    system = parse_system(named).open()
    if isinstance(system, EndpointUnderTest):
        _reach(system, named)
    return system


def _reach(system: EndpointUnderTest, named: str) -> None:
    """Not every question of a run is to fail for the same address.

    In a thread of its own: an address that does not answer would be tried for minutes.
    """
    from evals.systems.base import Unavailable

    problems: list[str] = []

    def ask() -> None:
        try:
            system.complete([{"role": "user", "content": "Answer with the word OK."}])
        except Exception as problem:  # whatever the endpoint does, the reader gets a line
            problems.append(f"{type(problem).__name__}: {problem}")

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_PATIENCE)
    if asking.is_alive():
        problems.append(f"no answer within {_PATIENCE:.0f} s")
    if problems:
        why = f"{named}: cannot be asked ({problems[0]})"
        raise Unavailable(f"{why}; check the address, the model and the key")


def keep_system(folder: Path, named: str) -> None:
    """Note in the directory of a run which system it asks."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SYSTEM).write_text(f"{named}\n", "utf-8")


def system_of(folder: Path) -> str:
    """The system that a run asks."""
    path = folder / SYSTEM
    return path.read_text("utf-8").strip() if path.is_file() else HERE
