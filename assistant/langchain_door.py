"""LangChain sees the parts under their own names. The one place that imports langchain_core.

Nothing else imports this module: who wants LangChain asks for it.

>>> from assistant.langchain_door import MyelomaRetriever, as_runnable  # doctest: +SKIP
>>> MyelomaRetriever(index=index, k=5).invoke("R-ISS怎么分期？")  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, cast, get_args

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from langchain_core.tools import BaseTool, ToolException, tool
from pydantic import ConfigDict, Field

from assistant.pipeline import Assistant
from assistant.staging import BadValue, StagingResult
from assistant.staging.catalogue import CLINICAL_FUNCTIONS
from assistant.types import Answer, Audience, Language, Turn
from index import Hit, Index

_FIELDS = ("question", "audience", "language", "history")


class MyelomaRetriever(BaseRetriever):
    """Chunks of an index, best first.

    ``page_content`` is the chunk's text, its passages one a line; ``metadata`` has ``source_id``,
    ``title``, ``section_path``, ``score`` (fused, higher is better) and ``start``/``end``, the span of
    the chunk in the source's text. ``id`` is the same for the same span of the same source.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid")

    index: Index
    k: int = Field(default=8, ge=1)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [_document(self.index, hit) for hit in self.index.search(query, self.k)]


def as_runnable(assistant: Assistant) -> Runnable[str | dict[str, Any], Answer]:
    """The assistant as one step of a chain: a question in, an ``Answer`` out.

    The question is a text, or a dict with ``question`` and, as in ``Assistant.ask``, ``audience``,
    ``language`` and ``history`` (turns, or pairs of question and answer).
    """

    def ask_assistant(asked: str | dict[str, Any]) -> Answer:
        given = {"question": asked} if isinstance(asked, str) else asked
        return assistant.ask(**_arguments(given))

    return RunnableLambda(ask_assistant, name="myeloma-assistant")


def clinical_tools() -> list[BaseTool]:
    """The deterministic staging, diagnosis and arithmetic functions as tools for a language model.

    Names, arguments and their descriptions (with units) are those of ``assistant.staging.tools`` and
    ``.calculators``; each returns the result's record. A text that is no value comes back as the
    error that names it, so that the model can ask instead of guessing.
    """
    made = []
    for function in CLINICAL_FUNCTIONS:
        named = tool(parse_docstring=True)(_recorded(function))
        named.handle_tool_error = True
        made.append(named)
    return made


def _recorded(function: Callable[..., StagingResult]) -> Callable[..., dict[str, object]]:
    @wraps(function)
    def recorded(**values: Any) -> dict[str, object]:
        try:
            return function(**values).to_record()
        except BadValue as problem:
            raise ToolException(str(problem)) from problem

    recorded.__annotations__ = {**function.__annotations__, "return": "dict[str, object]"}
    return recorded


def _document(index: Index, hit: Hit) -> Document:
    chunk = hit.chunk
    source = index.sources[chunk.source_id]
    start, end = source.passages[chunk.first].start, source.passages[chunk.last].end
    return Document(
        id=f"{source.id}:{start}-{end}",
        page_content=chunk.text,
        metadata={
            "source_id": source.id,
            "title": source.title,
            "section_path": list(source.sections[chunk.section].path),
            "score": hit.score,
            "start": start,
            "end": end,
        },
    )


def _arguments(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a chain hands over, checked: a misspelt key would otherwise change the answer silently.

    Raises:
        ValueError: a key or value that ``Assistant.ask`` does not know.
    """
    if unknown := [key for key in given if key not in _FIELDS]:
        raise ValueError(f"unknown key {unknown[0]!r}; a question has {', '.join(_FIELDS)}")
    if not isinstance(given.get("question"), str):
        raise ValueError("no question; give a text, or a dict with the text under 'question'")
    arguments: dict[str, Any] = {"question": given["question"]}
    for key, kind in (("audience", Audience), ("language", Language)):
        if (value := given.get(key)) is not None:
            if value not in get_args(kind):
                raise ValueError(f"{key} {value!r} is unknown; use one of {', '.join(get_args(kind))}")
            arguments[key] = value
    if given.get("history"):
        arguments["history"] = [_turn(turn) for turn in cast(Sequence[object], given["history"])]
    return arguments


def _turn(given: object) -> Turn:
    match given:
        case Turn():
            return given
        case [str() as question, str() as answer]:
            return Turn(question, answer)
    raise ValueError(f"a turn of the history is a Turn or a pair (question, answer), not {given!r}")
