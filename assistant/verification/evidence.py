"""Everything that a sentence may draw on: the cited spans, and what they stand under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.atoms import Atom, Frame
from assistant.verification.frames import frame
from assistant.verification.lexicon import default_lexicon, implied
from assistant.verification.vocabulary import chromosome_arms, clinical, general


@dataclass(frozen=True, slots=True)
class Evidence:
    """Frames of the cited spans and of their context, with the sets that every check asks for.

    The context (headings, lead-in, table header) may supply names and numbers, but it asserts
    nothing: bindings, negations and conditions come from the spans alone.
    """

    spans: tuple[Frame, ...]
    context: Frame
    concepts: frozenset[str]
    values: frozenset[str]
    words: frozenset[str]
    codes: frozenset[str]
    arms: frozenset[str]
    written: str

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Spans and context."""
        return (*self.spans, self.context)

    def atoms(self, kind: str) -> tuple[Atom, ...]:
        """Atoms of one kind in spans and context."""
        return tuple(a for f in self.frames for a in f.atoms if a.kind == kind)

    def shares_language(self, sentence: Frame) -> bool:
        """Whether the sentence and at least one span are in one language."""
        return any(f.chinese == sentence.chinese for f in self.spans)


_SEPARATORS = re.compile(r"[\s,;:。|、()\"'“”‘’!?]|(?<!\d)\.|\.(?!\d)")
_SENTENCES = re.compile(r"(?<=[。;!?])(?!\d{1,2}\))|(?<=[^\d]\.)\s+")


def quoted(sentence: Frame, evidence: Evidence) -> bool:
    """Whether the sentence is a whole span, or a whole sentence of one, but for separators."""
    words = _SEPARATORS.sub("", sentence.lower)
    return bool(words) and any(words in _quotable(span.lower) for span in evidence.spans)


@lru_cache(maxsize=2048)
def _quotable(lower: str) -> frozenset[str]:
    return frozenset(_SEPARATORS.sub("", part) for part in (lower, *_SENTENCES.split(lower)))


def evidence_of(spans: Sequence[str], context: str) -> Evidence:
    """The evidence that ``spans`` and ``context`` make."""
    return _evidence(tuple(spans), context)


@lru_cache(maxsize=1024)
def _evidence(spans: tuple[str, ...], context: str) -> Evidence:
    read = tuple(frame(s) for s in spans)
    around = frame(context)
    frames = (*read, around)
    atoms = [a for f in frames for a in f.atoms]
    concepts = frozenset(a.key for a in atoms if a.kind == "concept")
    codes = frozenset(a.key for a in atoms if a.kind == "code")
    cytogenetic = [c for c in concepts if clinical().concepts[c].category == "cytogenetics"]
    values = frozenset(v for f in frames for v in f.values)
    values |= _inside_names(frames)
    values |= {value for f in frames for _, _, said in implied().find(f.lower) for value in said}
    values |= {f"bound:{sign}" for a in atoms if a.quantity for sign in a.quantity.signs}
    if any(_not_all(f) for f in frames):
        values |= {"freq:!all"}
    # What must be done should be done; the reverse says more than its source.
    if "modality:must" in values:
        values |= {"modality:should"}
    # "Must not" is a ban or a mere impossibility; a sentence may tell it as a ban.
    if any(a.kind == "negation" and a.key == "cannot" for a in atoms):
        values |= {"advise:-"}
    return Evidence(
        read,
        around,
        concepts,
        values,
        frozenset(w for f in frames for w in f.words),
        codes,
        frozenset(arm for c in cytogenetic for arm in chromosome_arms(c)) | codes,
        "\n".join(f.lower for f in frames),
    )


def _not_all(read: Frame) -> bool:
    """Whether a clause denies something of all: "is not necessary for every patient", 不是每例都要."""
    denying = {a.clause for a in read.atoms if a.kind == "negation" or a.flipped}
    return any("freq:all" in a.values and a.clause in denying for a in read.atoms)


def _inside_names(frames: Sequence[Frame]) -> frozenset[str]:
    """Words that stand inside names (the urine of 本周蛋白尿): a sentence may take the name apart."""
    return frozenset(
        value
        for f in frames
        for _, _, values in default_lexicon().find(f.lower)
        for value in values
        if value.partition(":")[0] in _THINGS
    )


_THINGS = frozenset(
    {"term", "specimen", "site", "route", "group", "risk", "number", "stat", "total", "dose"}
    | {"cell", "combo", "state"}
)


@lru_cache(maxsize=2048)
def general_words(text: str) -> frozenset[str]:
    """Concepts of the general table in a text, to recognise the words of a translation."""
    return general().concept_ids(text)
