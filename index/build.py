"""Building an index: sources → chunks, vectors, terms, files; the new one replaces the old at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from index.analysis import terms, tokenizer_version
from index.embedding.base import Embedder, Vectors
from index.embedding.choose import FOLDER, named_embedder, stored_embedder
from index.embedding.sentence_model import sentence_model
from index.embedding.static_model import DEFAULT
from index.errors import IndexMismatch, IndexMissing, IndexProblem
from index.generations import building_folder, current_generation, publish
from index.lexical import Vocabulary, build_lexical
from index.manifest import read_source_ids, stored_source_ids
from index.passages import build_passage_table, context_text, embedded_text, passages_of
from index.sentences import SentenceVectors, embed_sentences
from index.shipped import shipped_vectors
from index.store import Contents, Reusable, read_reusable, write_contents, write_embedder
from index.types import BuildReport, Progress
from index.vectors.faiss_store import FaissStore
from ingest.chunks import chunks_of
from ingest.types import Chunk, Source

# In order; each is reported with (done, total), at its end at the latest.
STEPS = ("fit", "embed", "sentences", "terms", "write", "swap")
# The fitted model is kept while the chunks that it has not seen are at most this share (or this
# many); beyond, it is fitted again, and then every chunk is embedded again, in milliseconds.
_UNFITTED_SHARE, _UNFITTED_CHUNKS = 0.05, 3
_BATCH = 64  # texts between two reports of progress


def build_index(
    directory: Path,
    sources: Iterable[Source],
    embedder: str | None = None,
    *,
    progress: Progress | None = None,
    remove: Iterable[str] = (),
    refit: bool = False,
) -> BuildReport:
    """Add ``sources`` to the index in ``directory``, made if need be.

    A source with an id that is there already replaces that one; ids in ``remove`` are taken out.
    ``embedder`` is "default", a model's name or a path; None keeps what the index has. Chunks whose
    text and model are the same are not embedded again.

    Raises:
        IndexProblem: see ``index.errors``; the index that was there stays as it was.
    """
    report = progress or (lambda step, done, total: None)
    given = {source.id: source for source in sources}
    gone = dict.fromkeys(remove)
    with building_folder(directory) as folder:
        old, old_folder = _previous(directory, {*given, *gone})
        stored = stored_source_ids(directory)
        known = {source.id: source for source in old.sources} if old else {}
        merged = _merged(directory, known, given, gone, stored)
        chunks = tuple(chain.from_iterable(map(chunks_of, merged)))
        if not chunks:
            raise IndexProblem(f"{directory}: nothing to index; name at least one document")
        report("fit", 0, 1)
        name = embedder or (old.manifest.embedder if old else DEFAULT)
        model, unfitted, refitted = _embedder(name, folder, merged, chunks, old, old_folder, refit)
        report("fit", 1, 1)
        cache = _cache(old, model)
        embedded = sum(chunk_text(chunk) not in cache for chunk in chunks)
        contents = _contents(merged, chunks, model, cache, old, report)
        report("write", 0, 1)
        write_contents(folder, contents, model, unfitted)
        report("write", 1, 1)
        report("swap", 0, 1)
        publish(directory, folder)
    report("swap", 1, 1)
    return BuildReport(
        sources=len(merged),
        passages=len(contents.passages),
        chunks=len(chunks),
        embedded=embedded,
        reused=len(chunks) - embedded,
        refitted=refitted,
        embedder=model.name,
        fingerprint=model.fingerprint,
        added=tuple(i for i in given if i not in known),
        replaced=tuple(i for i in given if i in known),
        removed=tuple(i for i in gone if i in stored),
    )


def _merged(
    directory: Path,
    known: dict[str, Source],
    given: dict[str, Source],
    gone: Collection[str],
    stored: Collection[str],
) -> tuple[Source, ...]:
    # What an index that cannot be read holds is gone with it; asking for that is no mistake.
    unknown = [i for i in gone if i not in known and i not in given and i not in stored]
    if unknown:
        raise IndexProblem(
            f"{directory}: no source {unknown[0]!r} to remove; it holds {', '.join(known) or 'none'}"
        )
    return tuple(source for i, source in (known | given).items() if i not in gone)


def chunk_text(chunk: Chunk) -> str:
    """What of a chunk is embedded and searched."""
    return f"{chunk.lead}\n{chunk.text}"


def _previous(directory: Path, replaced: set[str]) -> tuple[Reusable | None, Path | None]:
    """The index that is there. One that cannot be read is left behind if nothing of it is wanted."""
    try:
        folder = current_generation(directory)
    except IndexMissing:
        return None, None
    try:
        return read_reusable(folder), folder
    except IndexMismatch as error:
        lost = sorted(set(read_source_ids(folder)) - replaced)
        if not lost:
            return None, None
        raise IndexMismatch(f"{error} with all its sources; {', '.join(lost)} would be lost") from error


def _embedder(
    name: str,
    folder: Path,
    sources: Sequence[Source],
    chunks: Sequence[Chunk],
    old: Reusable | None,
    old_folder: Path | None,
    refit: bool,
) -> tuple[Embedder, int, bool]:
    """The model to embed with, how many chunks it was not fitted on, whether it is newly fitted."""
    if name != DEFAULT:
        return named_embedder(name), 0, False
    # Fitted on the terminology too: with other terms the model is another one.
    same_terms = old is not None and old.manifest.tokenizer == tokenizer_version()
    if old and old_folder and old.manifest.embedder == DEFAULT and same_terms and not refit:
        seen = {chunk_text(chunk) for chunk in old.chunks}
        unfitted = old.manifest.unfitted + sum(chunk_text(chunk) not in seen for chunk in chunks)
        if unfitted <= max(_UNFITTED_CHUNKS, _UNFITTED_SHARE * len(chunks)):
            shutil.copytree(old_folder / FOLDER, folder / FOLDER)
            return stored_embedder(DEFAULT, folder), unfitted, False
    from index.embedding.static_fit import fit  # with scipy, which nothing else here needs

    return write_embedder(folder, fit(sources, chunks)), 0, True


def _cache(old: Reusable | None, model: Embedder) -> dict[str, Vectors]:
    """Vectors of texts that this model has embedded before; passages' are rounded to float16."""
    if old is None or old.manifest.embedder_fingerprint != model.fingerprint:
        return {}
    texts = (embedded_text(passage) for _, passage in passages_of(old.sources))
    known = dict(zip(texts, old.passage_vectors.astype(np.float32), strict=True))
    return known | dict(zip(map(chunk_text, old.chunks), old.vectors, strict=True))


def _contents(
    sources: tuple[Source, ...],
    chunks: tuple[Chunk, ...],
    model: Embedder,
    cache: dict[str, Vectors],
    old: Reusable | None,
    report: Progress,
) -> Contents:
    pairs = list(passages_of(sources))
    texts = [chunk_text(chunk) for chunk in chunks]
    passage_texts = [embedded_text(passage) for _, passage in pairs]
    every = _embed([*texts, *passage_texts], model, cache, lambda done, all_: report("embed", done, all_))
    vectors = FaissStore(model.dim)
    vectors.add(every[: len(texts)])
    sentences = _sentences(passage_texts, old, report)
    report("terms", 0, 1)
    chunk_terms = [terms(text) for text in texts]
    passage_terms = [terms(passage.text) for _, passage in pairs]
    contexts = [context_text(source, passage) for source, passage in pairs]
    context_terms = {text: terms(text) for text in dict.fromkeys(contexts)}
    every_term = set(chain.from_iterable((*chunk_terms, *passage_terms, *context_terms.values())))
    vocabulary = Vocabulary(sorted(every_term))
    report("terms", 1, 1)
    return Contents(
        sources=sources,
        chunks=chunks,
        lexical=build_lexical(vocabulary, chunk_terms),
        passages=build_passage_table(vocabulary, passage_terms, contexts, context_terms),
        passage_vectors=every[len(texts) :].astype(np.float16),
        vectors=vectors,
        sentences=sentences,
    )


def _sentences(texts: Sequence[str], old: Reusable | None, report: Progress) -> SentenceVectors | None:
    """Vectors by the sentence model of this machine: known ones kept, shipped ones read, others made."""
    model = sentence_model()
    if model is None:
        report("sentences", 1, 1)
        return None
    known = shipped_vectors(model, texts)
    if old and old.sentences and old.sentences.fingerprint == model.fingerprint:
        before = (embedded_text(passage) for _, passage in passages_of(old.sources))
        known |= dict(zip(before, old.sentences.vectors, strict=True))
    return embed_sentences(model, texts, known, lambda done, every: report("sentences", done, every))


def _embed(
    texts: Sequence[str], model: Embedder, cache: dict[str, Vectors], report: Callable[[int, int], None]
) -> Vectors:
    """(len(texts), dim): cached vectors where there are, the others computed once for each text."""
    new = [text for text in dict.fromkeys(texts) if text not in cache]
    known = dict(cache)
    report(0, len(new))
    for start in range(0, len(new), _BATCH):
        batch = new[start : start + _BATCH]
        known.update(zip(batch, model.embed(batch), strict=True))
        report(start + len(batch), len(new))
    return np.stack([known[text] for text in texts]).astype(np.float32)
