"""A sheet goes out empty and comes back with an agreement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evals.gold.questions import GoldQuestion
from evals.metrics.support import SentenceVerdict
from evals.raters.sheet import BadSheet, agreement, kappa, read_sheet, sheet_csv, sheet_html
from evals.results.verdicts import Judged
from tests.evals.metrics.test_metrics import stored


def _judged(gold: Callable[..., GoldQuestion]) -> list[Judged]:
    verdicts = (
        SentenceVerdict("=每周一次。", (1,), True, True, "", (True,)),
        SentenceVerdict("错。", (2,), False, False, "number: 错", (False,)),
    )
    return [Judged(gold(), stored("", 1, 2), {}, {}, (), verdicts)]


def test_raters_come_back(gold: Callable[..., GoldQuestion], tmp_path: Path) -> None:
    judged = _judged(gold)
    empty = sheet_csv(judged)
    assert "'=每周一次。" in empty  # no formula
    assert "☐ 80" in sheet_html(judged, "zh")
    filled = []
    for name, marks in (("one", (100, 25, 0, 0)), ("two", (80, 25, 100, 0))):
        lines = empty.splitlines()
        text = "\n".join([lines[0], *(f"{line}{mark}" for line, mark in zip(lines[1:], marks, strict=True))])
        path = tmp_path / f"{name}.csv"
        path.write_text(text, "utf-8")
        filled.append(read_sheet(path))
    found = agreement(judged, filled)
    assert (found.raters, found.scores, found.mean_sentence, found.mean_citation) == (2, 8, 70.0, 12.5)
    assert found.same == 7 / 8  # the second rater holds the wrong sentence for right
    # Same in 2 of 4; by chance 1/4 * 1/4 (100), 1/4 * 1/4 (25), 1/2 * 1/4 (0): 1/4.
    assert found.kappa == pytest.approx((1 / 2 - 1 / 4) / (1 - 1 / 4))
    path.write_text("id,sentence,citation,score\nq,1,0,90\n", "utf-8")
    with pytest.raises(BadSheet, match="score '90' is none of"):
        read_sheet(path)
    assert kappa([1, 1], [1, 1]) is None
