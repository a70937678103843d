"""How near a passage comes to a question as it is worded: letters, vectors, and the sentence model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.question import Question
from assistant.ranking import ranking
from assistant.vignette import presents
from index import Index
from index.analysis import terms

_UNLIKE = 0.8  # cosine by the sentence model of texts that share no more than their field


@dataclass(frozen=True, slots=True)
class Wording:
    """A clause as it is worded: its character bigrams with their weights, their ``total``, its vector."""

    bigrams: tuple[tuple[str, float], ...]
    total: float
    vector: NDArray[np.float32]

    def likeness(self, own: frozenset[str], vector: NDArray[np.float16]) -> tuple[float, float]:
        """Overlap of bigrams and cosine with a passage, each 0..1."""
        overlap = sum(weight for term, weight in self.bigrams if term in own) / self.total
        return overlap, max(float(vector @ self.vector), 0.0)


def wordings_of(
    index: Index, question: Question, facets: tuple[int, ...]
) -> tuple[NDArray[np.float32], list[Wording]]:
    """The vector of the whole question, and the wording of each facet.

    One of several that ask is worded by itself, with a share of the whole question on which it may
    lean; so is the only one after a patient was presented. Else the only one is at home in the whole,
    for a story tells what is meant.
    """
    texts = _by_themselves(question, facets)
    share = ranking().whole if texts else 1.0
    whole, *own = index.embed([question.text, *texts])
    wordings = []
    for text, vector in zip(texts, own, strict=True) if texts else [(question.text, whole)]:
        here = terms(text)
        bigrams = tuple(
            (term, index.idf(term) * (1.0 if term in here else share))
            for term in sorted(question.terms)
            if term.startswith("b:")
        )
        mixed = share * whole + (1.0 - share) * vector
        length = float(np.linalg.norm(mixed)) or 1.0
        wordings.append(Wording(bigrams, sum(w for _, w in bigrams) or 1.0, mixed / length))
    return whole, wordings


def likeness_of(index: Index, question: Question, facets: tuple[int, ...]) -> NDArray[np.float32] | None:
    """(1 + facets, passages): how like the passages are to the whole question, then to each facet,
    mixed as in ``wordings_of``; shifted so that what is of the field but not alike is about 0."""
    texts = _by_themselves(question, facets)
    found = index.likeness([question.text, *texts])
    if found is None:
        return None
    scaled: NDArray[np.float32] = (found - _UNLIKE) / (1.0 - _UNLIKE)
    if not texts:
        return np.stack([scaled[0], scaled[0]])
    share = ranking().whole
    return np.concatenate([scaled[:1], share * scaled[:1] + (1.0 - share) * scaled[1:]])


def _by_themselves(question: Question, facets: tuple[int, ...]) -> list[str]:
    """The clauses that are worded by themselves: all of ``facets``, or none."""
    apart = len(facets) > 1 or presents(question)
    return [question.clauses[facet] for facet in facets] if apart else []
