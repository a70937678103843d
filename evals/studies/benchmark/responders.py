"""What can be asked a gold question: the assistant, and anything else that answers in text."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant import Assistant, Turn
from assistant.types import Audience
from evals.gold.questions import GoldQuestion
from index import Index, build_index
from ingest.corpus import monograph_sources
from ingest.load import load_source


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as a benchmark sees it: its text, its status, the section paths that it cites."""

    text: str
    status: str
    section_paths: tuple[tuple[str, ...], ...]


class System(Protocol):
    """Something that answers questions about the document it was made for."""

    @property
    def name(self) -> str:
        """Short; a column of the report."""
        ...

    def respond(self, question: GoldQuestion) -> Response:
        """Answer the last turn of a question. An exception counts as a failure, not as an answer."""
        ...


class AssistantSystem:
    """The assistant as users have it."""

    name = "assistant"

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def respond(self, question: GoldQuestion) -> Response:
        audience: Audience = "patient" if question.audience == "patient" else "clinician"
        history: list[Turn] = []
        for turn in question.turns:
            answer = self._assistant.ask(turn, audience, history=tuple(history))
            history.append(answer.as_turn())
        paths = tuple(citation.section_path for citation in answer.citations)
        return Response(answer.text, answer.status, paths)


@contextmanager
def temporary_index(document: Path | None, embedder: str | None = None) -> Iterator[Index]:
    """An index of one document (None: of the monograph that ships), gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="myeloma-evals-") as folder:
        directory = Path(folder) / "index"
        build_index(directory, [load_source(document)] if document else monograph_sources(), embedder)
        yield Index.open(directory)
