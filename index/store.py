"""One generation of a stored index: its files, written and read. No file is a pickle.

manifest.json         versions and hashes
sources.jsonl         the documents
chunks.jsonl          what is retrieved
vocabulary.txt        index terms, one a line; the line is the term's number
lexical.safetensors   BM25 scores of terms in chunks
passages.safetensors  terms and float16 vectors of passages
vectors.faiss         vectors of chunks
sentences.safetensors vectors of passages by the sentence model, where one is installed
embedder/             the fitted model, a sentence-transformers directory
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save

from index.analysis import tokenizer_version
from index.embedding.base import Embedder, Vectors
from index.embedding.choose import FOLDER, stored_embedder
from index.embedding.static_model import DEFAULT, FittedModel, save_static_model
from index.errata import errata_version, with_current_errata
from index.errors import IndexMismatch
from index.lexical import LexicalIndex, Vocabulary
from index.manifest import (
    SCHEMA,
    Manifest,
    check_tokenizer,
    damaged_files,
    digests,
    read_manifest,
    write_manifest,
)
from index.passages import PassageTable
from index.records import read_chunks, read_sources, write_chunks, write_sources
from index.sentences import SentenceVectors, read_sentences
from index.vectors.base import VectorStore
from index.vectors.faiss_store import FaissStore
from ingest.types import Chunk, Source

_SOURCES, _CHUNKS, _VOCABULARY = "sources.jsonl", "chunks.jsonl", "vocabulary.txt"
_LEXICAL, _PASSAGES, _VECTORS = "lexical.safetensors", "passages.safetensors", "vectors.faiss"


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that an index holds. ``passage_vectors`` is (passages, dim) float16; ``sentences`` is
    None where the index was built without a sentence model."""

    sources: tuple[Source, ...]
    chunks: tuple[Chunk, ...]
    lexical: LexicalIndex
    passages: PassageTable
    passage_vectors: NDArray[np.float16]
    vectors: VectorStore
    sentences: SentenceVectors | None = None


def write_embedder(folder: Path, model: FittedModel) -> Embedder:
    """Store a fitted model and open it."""
    save_static_model(model, folder / FOLDER)
    return stored_embedder(DEFAULT, folder)


def write_contents(folder: Path, contents: Contents, embedder: Embedder, unfitted: int) -> None:
    """Write all files, the manifest last. A fitted model must already be in the folder."""
    write_sources(folder / _SOURCES, contents.sources)
    write_chunks(folder / _CHUNKS, contents.chunks)
    (folder / _VOCABULARY).write_text("\n".join(contents.lexical.vocabulary.terms), encoding="utf-8")
    (folder / _LEXICAL).write_bytes(save(contents.lexical.arrays()))
    passages = {**contents.passages.arrays(), "vectors": contents.passage_vectors}
    (folder / _PASSAGES).write_bytes(save(passages))
    contents.vectors.save(folder / _VECTORS)
    if contents.sentences is not None:
        contents.sentences.write(folder)
    write_manifest(
        folder,
        Manifest(
            schema=SCHEMA,
            tokenizer=tokenizer_version(),
            errata=errata_version(),
            embedder=embedder.name,
            embedder_fingerprint=embedder.fingerprint,
            dim=embedder.dim,
            unfitted=unfitted,
            sources=tuple(source.id for source in contents.sources),
            files=digests(folder),
        ),
    )


def read_contents(folder: Path) -> tuple[Manifest, Contents]:
    """Read a generation, all of whose files are compared with the manifest first.

    Raises:
        IndexMismatch: another schema or tokenizer, or a damaged file.
    """
    manifest = read_manifest(folder)
    check_tokenizer(folder, manifest)
    refuse_damage(folder, manifest)
    vocabulary = Vocabulary((folder / _VOCABULARY).read_text("utf-8").split("\n"))
    chunks = tuple(read_chunks(folder / _CHUNKS))
    arrays = load_file(folder / _PASSAGES)
    contents = Contents(
        sources=with_current_errata(read_sources(folder / _SOURCES), manifest.errata),
        chunks=chunks,
        lexical=LexicalIndex.from_arrays(vocabulary, load_file(folder / _LEXICAL), len(chunks)),
        passages=PassageTable.from_arrays(vocabulary, arrays),
        passage_vectors=arrays["vectors"],
        vectors=FaissStore.load(folder / _VECTORS),
        sentences=read_sentences(folder),
    )
    return manifest, contents


@dataclass(frozen=True, slots=True)
class Reusable:
    """What a new build takes over from the generation before, whatever tokenizer that had."""

    manifest: Manifest
    sources: tuple[Source, ...]
    chunks: tuple[Chunk, ...]
    vectors: Vectors
    passage_vectors: NDArray[np.float16]
    sentences: SentenceVectors | None


def read_reusable(folder: Path) -> Reusable:
    """Read what is not remade from the texts.

    Raises:
        IndexMismatch: another schema, or a damaged file.
    """
    manifest = read_manifest(folder)
    refuse_damage(folder, manifest)
    return Reusable(
        manifest,
        with_current_errata(read_sources(folder / _SOURCES), manifest.errata),
        tuple(read_chunks(folder / _CHUNKS)),
        FaissStore.load(folder / _VECTORS).vectors(),
        load_file(folder / _PASSAGES)["vectors"],
        read_sentences(folder),
    )


def refuse_damage(folder: Path, manifest: Manifest) -> None:
    """Raise ``IndexMismatch`` for the first file that is not what the manifest says."""
    problems = damaged_files(folder, manifest)
    if problems:
        raise IndexMismatch(problems[0])
