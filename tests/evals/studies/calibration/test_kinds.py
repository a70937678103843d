"""Fitting the kinds: examples whose tendency is plain, and what their own writer must not teach."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.kinds import parse_kinds
from evals.studies.calibration.kinds import fit_kinds, kinds_tsv, with_kinds_of_others
from evals.studies.calibration.sufficiency import NAMES, Example


def _asked(answerable: bool, writer: str, *words: str, vector: tuple[float, float] | None = None) -> Example:
    of_model = None if vector is None else np.array(vector, np.float32)
    return Example(
        "q", np.zeros((2, len(NAMES))), answerable, writer, words=frozenset(words), vector=of_model
    )


def _of(writer: str, told: str, left_open: str) -> list[Example]:
    """Four questions with each word: those with ``told`` are answered."""
    return [_asked(True, writer, told, vector=(1.0, 0.0))] * 4 + [
        _asked(False, writer, left_open, vector=(0.0, 1.0))
    ] * 4


def test_words_and_meaning_learn_their_side() -> None:
    model = fit_kinds([*_of("a", "told", "open"), _asked(True, "a", "rare", vector=(1.0, 0.0))])
    assert set(model.words.weights) == {"told", "open"}  # one question's word teaches nothing
    assert model.words.weights["told"] > 0 > model.words.weights["open"]
    assert model.vector[0] > 0 > model.vector[1]
    without = fit_kinds([_asked(True, "a", "told"), _asked(False, "a", "open")])
    assert len(without.vector) == 0
    with pytest.raises(ValueError, match="must hold answerable and unanswerable"):
        fit_kinds(_of("a", "told", "open")[:4])


def test_words_that_no_two_share_tell_nothing() -> None:
    model = fit_kinds([_asked(True, "a", f"word{i}") for i in range(6)] + [_asked(False, "a", "word7")])
    assert model.by_words(frozenset({"word1"})) == 0.5


def test_the_judgement_sees_what_the_others_teach() -> None:
    """Two writers use the same words the other way round: each is taken for the opposite."""
    first, second = _of("a", "x", "y"), _of("b", "y", "x")
    column = NAMES.index("kind_words")
    crossed = with_kinds_of_others([*first, *second])
    values = {(e.writer, e.answerable): e.clauses[:, column] for e in crossed}
    assert (values["a", True] < 0.5).all()
    assert (values["a", False] > 0.5).all()
    alone = with_kinds_of_others(first)  # nobody else to learn from
    assert all((e.clauses[:, column] == 0.5).all() for e in alone)


def test_the_file_reads_back() -> None:
    model = fit_kinds(_of("a", "told", "open"))
    text = kinds_tsv(model, "# Provenance: a test.")
    again = parse_kinds(text)
    assert text.splitlines()[1] == "# Provenance: a test."
    assert again.words.weights == pytest.approx(dict(model.words.weights), abs=5e-4)
    assert again.vector == pytest.approx(model.vector, abs=5e-4)
    assert again.intercept == pytest.approx(model.intercept, abs=5e-4)
