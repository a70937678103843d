"""Fits the default embedding model on the corpus and the terminology.

Units (see ``lexicon``) that stand in the same passages, sections and definitions get similar
vectors: positive pointwise mutual information of co-occurrence, then a truncated singular value
decomposition (Levy, Goldberg, Dagan, TACL 2015). A text is the mean of its units, each weighted by
its inverse document frequency. Sections that have the same anchor in a Chinese and an English
edition count as one context, which brings the words of the two languages together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, diags_array
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types
from tokenizers import Tokenizer

from index.embedding.lexicon import build_lexicon, concept_texts
from index.embedding.static_model import FittedModel
from index.embedding.tokenizer import build_tokenizer
from ingest.folding import is_chinese
from ingest.terminology import Terminology, default_terminology
from ingest.types import Chunk, Source

DIM = 128
# Weights of a chunk, of sections aligned across editions, and of a definition; a passage has 1.
_CHUNK, _ALIGNED, _DEFINITION = 0.5, 0.5, 2.0
# Context distribution smoothing of the paper: rare contexts are not over-valued.
_SMOOTHING = 0.75
# A character outside every known word means less than a word.
_CHARACTER = 0.2
_OVERSAMPLING, _POWER_ITERATIONS = 32, 4


@dataclass(frozen=True, slots=True)
class _Context:
    text: str
    weight: float


def fit(
    sources: Sequence[Source], chunks: Sequence[Chunk], terminology: Terminology | None = None
) -> FittedModel:
    """Fit the model; the same input gives the same model."""
    terminology = terminology or default_terminology()
    passages = [p.text for s in sources for p in s.passages]
    contexts = [_Context(text, 1.0) for text in passages]
    contexts += [_Context(f"{c.lead}\n{c.text}", _CHUNK) for c in chunks]
    contexts += [_Context(text, _ALIGNED) for text in _aligned_sections(sources)]
    definitions = concept_texts(terminology)
    contexts += [_Context(text, _DEFINITION) for text in definitions]
    lexicon = build_lexicon((*(f"{c.lead}\n{c.text}" for c in chunks), *definitions), terminology)
    tokenizer = build_tokenizer(list(lexicon))
    units = sorted({unit for piece in lexicon.values() for unit in piece})
    number = {unit: i for i, unit in enumerate(units)}
    of_token = [(), *(tuple(number[unit] for unit in piece) for piece in lexicon.values())]
    incidence = _incidence(tokenizer, of_token, [c.text for c in contexts], len(units))
    # One thread: as fast for matrices of this size, many times faster on a busy machine, and the sums
    # are taken in the same order whatever the number of cores.
    with threadpool_limits(1, user_api="blas"):
        vectors = _decompose(_ppmi(incidence, np.array([c.weight for c in contexts])))
    vectors = _with_characters(vectors, units)
    seen = incidence[: len(passages)].sum(axis=0)
    idf = np.log((len(passages) + 1) / (seen + 0.5))
    vectors = _without_common_direction(vectors, seen) * idf[:, None]
    rows = np.zeros((len(of_token), vectors.shape[1]), dtype=np.float32)
    for token, its_units in enumerate(of_token):
        if its_units:
            rows[token] = vectors[list(its_units)].mean(axis=0)
    return FittedModel(tokenizer, rows)


def _aligned_sections(sources: Iterable[Source]) -> Iterator[str]:
    """Texts of sections that several editions share by their anchor."""
    by_anchor: dict[str, list[str]] = {}
    for source in sources:
        for section in source.sections:
            if section.anchor:
                by_anchor.setdefault(section.anchor, []).append(source.text[section.start : section.end])
    for texts in by_anchor.values():
        if len(texts) > 1:
            yield "\n".join(texts)


def _incidence(
    tokenizer: Tokenizer, of_token: Sequence[tuple[int, ...]], texts: Sequence[str], units: int
) -> csr_array:
    """(contexts, units): 1 where the unit occurs in the context."""
    rows: list[int] = []
    columns: list[int] = []
    for row, encoding in enumerate(tokenizer.encode_batch(list(texts), add_special_tokens=False)):
        present = sorted({unit for token in set(encoding.ids) for unit in of_token[token]})
        rows += [row] * len(present)
        columns += present
    ones = np.ones(len(rows))
    return csr_array(coo_array((ones, (rows, columns)), shape=(len(texts), units)))


def _ppmi(incidence: csr_array, weights: NDArray[np.float64]) -> csr_array:
    """(units, units) positive pointwise mutual information; a long context counts no more than a short."""
    sizes = np.maximum(incidence.sum(axis=1), 1)
    counts = coo_array(incidence.T @ diags_array(weights / sizes) @ incidence)
    others = counts.row != counts.col  # a unit is no context of its own
    row, column, found = counts.row[others], counts.col[others], counts.data[others]
    marginal = np.bincount(row, found, minlength=counts.shape[0])
    smoothed = marginal**_SMOOTHING
    smoothed *= marginal.sum() / smoothed.sum()
    expected = marginal[row] * smoothed[column] / marginal.sum()
    values = np.maximum(np.log(found / expected), 0)
    return csr_array((values, (row, column)), shape=counts.shape)


def _decompose(matrix: csr_array) -> NDArray[np.float64]:
    """(units, dim): unit and context vectors of a truncated singular value decomposition, added.

    The sum keeps both kinds of likeness: standing with the same words, and standing together.

    Randomised (Halko, Martinsson, Tropp, SIAM Review 2011, algorithm 4.4) with a fixed seed, in a
    few products of large matrices: an iterative solver makes thousands of small ones, which stall
    when other programs use the processor.
    """
    size = matrix.shape[0]
    dim = min(DIM, size)
    random = np.random.default_rng(0).standard_normal((size, min(dim + _OVERSAMPLING, size)))
    basis = _orthonormal(matrix @ random)
    for _ in range(_POWER_ITERATIONS):
        basis = _orthonormal(matrix.T @ basis)
        basis = _orthonormal(matrix @ basis)
    projected = matrix.T @ basis
    squares, inner = np.linalg.eigh(projected.T @ projected)
    squares, inner = squares[::-1][:dim], inner[:, ::-1][:, :dim]
    roots = np.maximum(squares, 1e-12 * squares[0]) ** 0.25  # of the singular values
    units, contexts = basis @ inner * roots, projected @ inner / roots
    vectors: NDArray[np.float64] = units + contexts
    # The sign of a singular vector is arbitrary: fix it, so that two builds agree.
    vectors *= np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(dim)])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return vectors


def _orthonormal(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """An orthonormal basis of the space of the columns; zeros for columns too many."""
    squares, inner = np.linalg.eigh(columns.T @ columns)
    least = max(1e-12 * float(squares[-1]), 1e-300)
    scale = np.where(squares > least, 1 / np.sqrt(np.maximum(squares, least)), 0)
    result: NDArray[np.float64] = columns @ (inner * scale)
    return result


def _with_characters(vectors: NDArray[np.float64], units: Sequence[str]) -> NDArray[np.float64]:
    """Give each single character the mean of the words it occurs in, at a lower weight."""
    words: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        if unit.startswith("w:") and len(unit) > 3:
            for char in set(unit[2:]):
                words.setdefault(char, []).append(i)
    result = vectors.copy()
    for i, unit in enumerate(units):
        if len(unit) == 3 and is_chinese(unit[2]):
            mean = vectors[[i, *words.get(unit[2], [])]].mean(axis=0)
            result[i] = _CHARACTER * mean / max(float(np.linalg.norm(mean)), 1e-12)
    return result


def _without_common_direction(vectors: NDArray[np.float64], seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take out what all texts share (Arora, Liang, Ma, ICLR 2017).

    Being linear it can be done to the words instead of to each text.
    """
    common = seen @ vectors
    common /= max(float(np.linalg.norm(common)), 1e-12)
    return vectors - np.outer(vectors @ common, common)
