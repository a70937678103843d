"""The parts of a frame: atoms of meaning, the clauses they stand in, and the frame itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.verification.quantities import Quantity

AtomKind = Literal["concept", "marker", "term", "quantity", "stage", "negation", "code"]


@dataclass(frozen=True, slots=True)
class Atom:
    """Something said at ``start``..``end`` of the text.

    ``key`` identifies it within its kind (a concept id, a stage name, …); ``values`` are what a
    marker or term stands for, after any negator before it has acted (then ``flipped``).
    """

    kind: AtomKind
    key: str
    start: int
    end: int
    clause: int
    sentence: int
    values: frozenset[str] = frozenset()
    quantity: Quantity | None = None
    flipped: bool = False
    category: str = ""

    @property
    def strict(self) -> frozenset[str]:
        """The values that have to agree with the evidence."""
        return frozenset(v for v in self.values if not v.startswith("term:"))


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text between stops."""

    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """``words`` are content words (English stems, Chinese bigrams) of the whole text.

    A frame is equal to itself only, so that what is worked out from it can be cached by it.
    """

    text: str
    lower: str
    chinese: bool
    clauses: tuple[Clause, ...]
    atoms: tuple[Atom, ...]
    words: frozenset[str]
    concepts: frozenset[str]
    values: frozenset[str]
    by_kind: dict[AtomKind, tuple[Atom, ...]]

    def of(self, kind: AtomKind) -> tuple[Atom, ...]:
        """Atoms of one kind, left to right."""
        return self.by_kind.get(kind, ())

    def written(self, atom: Atom) -> str:
        """The atom as the text has it."""
        return self.text[atom.start : atom.end]
