"""What kind of question it is: one that a text of this field tends to answer, or one that it leaves open.

What a question asks for (a price, a schedule, which hospital) shows in more words than any list of
patterns has. Two linear models know more of them, one of the question's words, its named things put as
their category, and one of its vector by the sentence model. Neither looks at the evidence: they are
signals among others. Their weights are ``data/kinds.tsv``, fitted by ``evals.studies.calibration``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.question import Question
from ingest.folding import folded_text
from ingest.terminology import default_terminology

FILE = "kinds.tsv"
WORDS, MEANING, INTERCEPT = "words", "meaning", "*"
_FLAT = 2.0  # log odds are divided by it, so that what is sure and what is surer stay apart
AS_LIKELY = 0.5
_LONGEST = 3  # characters of a Chinese feature
_PIECE = re.compile(r"<\w+>|[\u3400-\u9fff]+|[a-z]+|\d+")


@dataclass(frozen=True, slots=True)
class Linear:
    """Log odds that a question is answered: an intercept and a weight for each feature."""

    intercept: float
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Kinds:
    """``vector`` (dim,) holds the weights of the sentence model's dimensions; empty where none was fitted."""

    words: Linear
    intercept: float
    vector: NDArray[np.float32]

    def by_words(self, features: frozenset[str]) -> float:
        """0..1, higher for what is more likely answered; 0.5 for as likely as not."""
        known = [self.words.weights[f] for f in sorted(features & self.words.weights.keys())]
        return _flattened(self.words.intercept + sum(known) * share_of(len(known)))

    def by_meaning(self, vector: NDArray[np.float32] | None) -> float:
        """The same of the question's vector (dim,); 0.5 without one."""
        if vector is None or vector.shape != self.vector.shape:
            return AS_LIKELY
        return _flattened(self.intercept + float(vector @ self.vector))


def _flattened(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds / _FLAT))


def share_of(features: int) -> float:
    """What each of so many known features counts: a long story is not surer than a short question."""
    return 1.0 / math.sqrt(max(features, 1))


def words_of(question: Question) -> frozenset[str]:
    """Features of a question's words: Chinese characters and runs of two and three, English words and
    pairs of them, "#" for a number, and a named thing as its category ("<drug>")."""
    concepts, text = default_terminology().concepts, question.text
    masked, cursor = [], 0
    for mention in question.mentions:
        masked += [text[cursor : mention.start], f" <{concepts[mention.concept].category}> "]
        cursor = mention.end
    pieces: list[str] = _PIECE.findall(folded_text("".join([*masked, text[cursor:]])))
    found: set[str] = set()
    for piece in pieces:
        if "\u3400" <= piece[0] <= "\u9fff":
            lengths = range(1, _LONGEST + 1)
            found |= {piece[i : i + n] for n in lengths for i in range(len(piece) - n + 1)}
        else:
            found.add("#" if piece.isdecimal() else piece)
    latin = [p for p in pieces if p[0] == "<" or (p[0].isascii() and p[0].isalpha())]
    return frozenset(found | {f"{a} {b}" for a, b in pairwise(latin)})


def parse_kinds(table: str) -> Kinds:
    """Lines of model, feature and weight, by tabs; those that begin with "# " are comments."""
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("# ")]
    weights: dict[str, dict[str, float]] = {WORDS: {}, MEANING: {}}
    for model, feature, weight in rows:
        weights[model][feature] = float(weight)
    words, meaning = weights[WORDS], weights[MEANING]
    intercepts = words.pop(INTERCEPT, 0.0), meaning.pop(INTERCEPT, 0.0)
    vector = np.array([meaning[str(i)] for i in range(len(meaning))], dtype=np.float32)
    return Kinds(Linear(intercepts[0], words), intercepts[1], vector)


@cache
def kinds() -> Kinds:
    """The models that ship with the project."""
    return parse_kinds((files("assistant") / "data" / FILE).read_text("utf-8"))
