"""What the index knows about each passage: its terms, the terms of its surroundings, its vector."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lexical import Vocabulary, idf
from ingest.types import Passage, Source


@dataclass(frozen=True, slots=True)
class Sets:
    """Many small sets of term numbers: set i is ``values[starts[i]:starts[i + 1]]``, sorted."""

    values: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, i: int) -> NDArray[np.int32]:
        return self.values[self.starts[i] : self.starts[i + 1]]

    @classmethod
    def of(cls, sets: Sequence[Sequence[int]]) -> Sets:
        """Pack sets, repeats removed."""
        packed = [sorted(set(one)) for one in sets]
        starts = np.cumsum([0, *(len(one) for one in packed)], dtype=np.int64)
        return cls(np.array([n for one in packed for n in one], dtype=np.int32), starts)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many of so many ``passages`` have each term: ``counts[number of the term]``.

    ``known`` (terms,) marks those that a passage or its surroundings have.
    """

    counts: NDArray[np.int64]
    known: NDArray[np.bool_]
    passages: int


@dataclass(frozen=True, slots=True)
class PassageTable:
    """Terms of passages, all sources in order, then passages in order.

    Many passages have the same surroundings (``context``), so these are stored once:
    ``contexts[context_of[i]]`` belongs to passage i.
    """

    vocabulary: Vocabulary
    terms: Sets
    contexts: Sets
    context_of: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.terms)

    def terms_of(self, i: int) -> frozenset[str]:
        """Terms of the text of passage i."""
        return self._names(self.terms[i])

    def context_terms_of(self, i: int) -> frozenset[str]:
        """Terms of the title, section path, run-in heading and lead of passage i."""
        return self._names(self.contexts[int(self.context_of[i])])

    def frequencies_in(self, rows: Iterable[range]) -> Frequencies:
        """In how many of the passages of ``rows``, which do not overlap, each term is."""
        counts = np.zeros(len(self.vocabulary), dtype=np.int64)
        around: set[int] = set()
        passages = 0
        for r in rows:
            own = self.terms.values[self.terms.starts[r.start] : self.terms.starts[r.stop]]
            counts += np.bincount(own, minlength=len(counts))
            around.update(self.context_of[r.start : r.stop].tolist())
            passages += len(r)
        known = counts > 0
        for context in around:
            known[self.contexts[context]] = True
        return Frequencies(counts, known, passages)

    def idf(self, term: str, frequencies: Frequencies) -> float:
        """Inverse document frequency of ``term`` over the texts counted; highest when none has it."""
        number = self.vocabulary.number(term)
        return idf(0 if number is None else int(frequencies.counts[number]), frequencies.passages)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What to store beside the vocabulary."""
        return {
            "terms": self.terms.values,
            "terms_starts": self.terms.starts,
            "contexts": self.contexts.values,
            "contexts_starts": self.contexts.starts,
            "context_of": self.context_of,
        }

    @classmethod
    def from_arrays(cls, vocabulary: Vocabulary, arrays: Mapping[str, NDArray[np.generic]]) -> PassageTable:
        """From what ``arrays`` gave."""

        def sets(name: str) -> Sets:
            values, starts = arrays[name], arrays[f"{name}_starts"]
            return Sets(values.astype(np.int32, copy=False), starts.astype(np.int64, copy=False))

        context_of = arrays["context_of"].astype(np.int32, copy=False)
        return cls(vocabulary, sets("terms"), sets("contexts"), context_of)

    def _names(self, numbers: NDArray[np.int32]) -> frozenset[str]:
        names = self.vocabulary.terms
        return frozenset(names[n] for n in numbers.tolist())


def context_text(source: Source, passage: Passage) -> str:
    """What surrounds a passage: title, section path, run-in heading, lead; one a line, none twice."""
    parts = (source.title, *source.path_of(passage), passage.lead)
    return "\n".join(dict.fromkeys(part for part in parts if part))


def embedded_text(passage: Passage) -> str:
    """What of a passage is embedded: run-in heading, lead and text."""
    return "\n".join(part for part in (passage.topic, passage.lead, passage.text) if part)


def passages_of(sources: Sequence[Source]) -> Iterator[tuple[Source, Passage]]:
    """All passages in the order of the table."""
    for source in sources:
        for passage in source.passages:
            yield source, passage


def build_passage_table(
    vocabulary: Vocabulary,
    passage_terms: Sequence[Sequence[str]],
    contexts: Sequence[str],
    context_terms: Mapping[str, Sequence[str]],
) -> PassageTable:
    """Table of passages, given the terms of each, its ``context_text``, and the terms of these texts."""
    distinct = {text: i for i, text in enumerate(context_terms)}
    own = Sets.of([vocabulary.numbers(one) for one in passage_terms])
    around = Sets.of([vocabulary.numbers(one) for one in context_terms.values()])
    context_of = np.array([distinct[text] for text in contexts], dtype=np.int32)
    return PassageTable(vocabulary, own, around, context_of)
