"""Staging: exactly the right stage, or exactly the stages that remain possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.metrics.base import Exhibit, Score
from evals.metrics.nuggets import NuggetVerdict


def staging_scores(exhibit: Exhibit, verdicts: Sequence[NuggetVerdict]) -> Iterator[Score]:
    """1 or 0; a system without tools is judged by the nuggets of the question."""
    wanted = exhibit.question.staging
    if wanted is None:
        return
    results = [s for s in exhibit.answer.staged if _name(s.system) == _name(wanted.system)]
    if not exhibit.answer.staged and verdicts:
        yield Score("staging_exact", float(all(v.found for v in verdicts)), "by its words")
        return
    right = any(
        (s.stage == wanted.stage) if wanted.stage else set(s.possible) == set(wanted.possible)
        for s in results
    )
    told = "; ".join(f"{s.system} {s.stage or '/'.join(s.possible) or 'open'}" for s in exhibit.answer.staged)
    yield Score("staging_exact", float(right), told or "nothing was staged")


def _name(system: str) -> str:
    return "".join(c for c in system.lower() if c.isalnum())
