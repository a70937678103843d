"""What is in a stored index, and whether it is sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.errors import IndexProblem
from index.generations import current_generation
from index.manifest import check_tokenizer, damaged_files, read_manifest
from index.retrieval import Index
from index.store import Contents, read_contents
from index.types import IndexInfo, SourceInfo
from ingest.types import Source


def describe_index(directory: Path) -> IndexInfo:
    """Numbers about the index in ``directory``.

    Raises:
        IndexProblem: there is none, or it cannot be used.
    """
    folder = current_generation(directory)
    manifest, contents = read_contents(folder)
    chunks = Counter(chunk.source_id for chunk in contents.chunks)
    return IndexInfo(
        directory=str(directory),
        generation=folder.name,
        schema=manifest.schema,
        tokenizer=manifest.tokenizer,
        embedder=manifest.embedder,
        embedder_fingerprint=manifest.embedder_fingerprint,
        dim=manifest.dim,
        sentence_model=contents.sentences.model if contents.sentences else "",
        terms=len(contents.lexical.vocabulary),
        size=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        sources=tuple(
            SourceInfo(
                id=s.id,
                title=s.title,
                language=s.language,
                audience=s.audience,
                edition=s.edition,
                reviewed=s.reviewed,
                sha256=s.sha256,
                passages=len(s.passages),
                chunks=chunks[s.id],
            )
            for s in contents.sources
        ),
    )


def verify_index(directory: Path) -> list[str]:
    """Problems of the index in ``directory``, one line each; none for a sound one."""
    try:
        folder = current_generation(directory)
        manifest = read_manifest(folder)
        check_tokenizer(folder, manifest)
        problems = damaged_files(folder, manifest)
        if problems:
            return problems
        _, contents = read_contents(folder)
        problems = list(_inconsistencies(contents, manifest.dim))
        Index.open(directory).embed(["骨髓瘤"])
    except IndexProblem as error:
        return [str(error)]
    return problems


def _inconsistencies(contents: Contents, dim: int) -> Iterator[str]:
    sources = {source.id: source for source in contents.sources}
    passages = sum(len(source.passages) for source in contents.sources)
    expected = {
        "vectors of chunks": (contents.vectors.vectors().shape, (len(contents.chunks), dim)),
        "vectors of passages": (contents.passage_vectors.shape, (passages, dim)),
        "terms of passages": (len(contents.passages), passages),
    }
    if contents.sentences:
        expected["sentence vectors of passages"] = (len(contents.sentences.vectors), passages)
    for what, (found, wanted) in expected.items():
        if found != wanted:
            yield f"{what}: {found}, expected {wanted}"
    lengths = np.linalg.norm(contents.vectors.vectors(), axis=1)
    odd = [i for i, length in enumerate(lengths.tolist()) if length > 0 and abs(length - 1) > 1e-3]
    if odd:
        yield f"chunk {odd[0]}: its vector has length {lengths[odd[0]]:.3f}, expected 1"
    for source in contents.sources:
        yield from _bad_spans(source)
    for i, chunk in enumerate(contents.chunks):
        last = len(sources[chunk.source_id].passages) if chunk.source_id in sources else 0
        if not 0 <= chunk.first <= chunk.last < last:
            yield f"chunk {i}: passages {chunk.first}–{chunk.last} of {chunk.source_id!r} do not exist"


def _bad_spans(source: Source) -> Iterator[str]:
    for i, passage in enumerate(source.passages):
        if source.text[passage.start : passage.end] != passage.text or not passage.text:
            yield f"{source.id}: passage {i} is not the span {passage.start}:{passage.end} of the text"
