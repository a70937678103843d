"""Naming a system on the command line, and opening it, here or in a worker process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from assistant import Assistant
from assistant.library import open_default_index
from assistant.types import Audience
from evals.gold.corpus import corpus_of, shipped_corpus
from evals.systems.answers_file import FileUnderTest
from evals.systems.assistant import AssistantUnderTest
from evals.systems.base import SystemUnderTest, Unavailable
from evals.systems.chat_endpoint import EndpointUnderTest
from evals.systems.langchain_chunks import ChunksUnderTest, Kind
from index import Index

FORMS = (
    "assistant[:INDEX], assistant-patient[:INDEX], langchain-bm25, langchain-faiss,"
    " openai:MODEL@URL (handed the best passages), bare:MODEL@URL (handed none), answers:FILE"
)
_KINDS = (
    "assistant", "assistant-patient", "assistant-clinician", "langchain-bm25", "langchain-faiss", "openai",
    "bare", "answers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spec:
    """A system by name: what it is, and the index, address or file that it needs ("" is the default)."""

    kind: str
    what: str
    index: str

    def open(self) -> SystemUnderTest:
        """Make the system.

        Raises:
            Unavailable, index.IndexProblem, evals.systems.langchain_library.BaselineUnavailable: it cannot
                be asked.
        """
        if self.kind == "answers":
            index = Index.open(Path(self.index)) if self.index else None
            corpus = corpus_of(index.sources.values()) if index else shipped_corpus()
            return FileUnderTest(Path(self.what), corpus)
        if self.kind == "bare":
            model, url = _model_and_url(self.what)
            return EndpointUnderTest(url, model, None, {})
        directory = self.what if self.kind.startswith("assistant") else ""
        named = directory or self.index
        index = Index.open(Path(named)) if named else open_default_index()
        if self.kind.startswith("assistant"):
            audience = self.kind.partition("-")[2]
            return AssistantUnderTest(
                Assistant(index), _short(self.kind, directory), cast(Audience, audience) if audience else None
            )
        corpus = corpus_of(index.sources.values())
        if self.kind == "openai":
            model, url = _model_and_url(self.what)
            return EndpointUnderTest(url, model, index, corpus)
        return ChunksUnderTest(cast(Kind, self.kind), index, corpus)


def parse_system(text: str, index: str = "") -> Spec:
    """``assistant``, ``assistant:DIR``, ``openai:MODEL@URL``, …

    Raises:
        Unavailable: no system has this name.
    """
    kind, _, what = text.partition(":")
    if kind not in _KINDS or (kind in ("openai", "bare", "answers") and not what):
        raise Unavailable(f"system {text!r} is unknown; use one of {FORMS}")
    return Spec(kind, what, index)


def chat_endpoint(text: str) -> EndpointUnderTest:
    """A bare endpoint by ``MODEL@URL``.

    Raises:
        Unavailable: it is not written so.
    """
    model, url = _model_and_url(text)
    return EndpointUnderTest(url, model, None, {})


def _model_and_url(text: str) -> tuple[str, str]:
    model, at, url = text.rpartition("@")
    if not at or not model:
        raise Unavailable(f"{text!r}: write MODEL@http://host:port/v1")
    return model, url


def _short(kind: str, directory: str) -> str:
    return f"{kind} ({Path(directory).name})" if directory else kind
