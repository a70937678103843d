"""Staging: exactly the right stage, or exactly the stages that remain possible."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.answers.sentences import said
from evals.metrics.base import Exhibit, Score

_STAGE = re.compile(r"(?<![A-Za-z])(?:IV|I{1,3})(?![A-Za-z])")


def staging_scores(exhibit: Exhibit) -> Iterator[Score]:
    """1 or 0. A system without tools is judged by its words: the stages that it names behind the name of the
    system, in the first sentence that has both, must be the right ones and no other."""
    wanted = exhibit.question.staging
    if wanted is None:
        return
    results = [s for s in exhibit.answer.staged if _name(s.system) == _name(wanted.system)]
    if not exhibit.answer.staged:
        told = set() if exhibit.silent else stages_told(exhibit.answer.text, wanted.system)
        right = told == set(wanted.possible or (wanted.stage,))
        yield Score("staging_exact", float(right), "/".join(sorted(told)) or "no stage is told")
        return
    right = any(
        (s.stage == wanted.stage) if wanted.stage else set(s.possible) == set(wanted.possible)
        for s in results
    )
    told_by_tool = (f"{s.system} {s.stage or '/'.join(s.possible) or 'open'}" for s in exhibit.answer.staged)
    yield Score("staging_exact", float(right), "; ".join(told_by_tool))


def stages_told(text: str, system: str) -> set[str]:
    """The stages of a system that a text tells first.

    >>> sorted(stages_told("R-ISS还不能确定，可能为II期或III期。", "R-ISS"))
    ['II', 'III']
    """
    name = re.compile(rf"(?<![A-Za-z0-9-]){re.escape(system)}(?![A-Za-z0-9-])", re.IGNORECASE)
    for sentence in said(text):
        if (named := name.search(sentence.text)) and (told := _STAGE.findall(sentence.text, named.end())):
            return set(told)
    return set()


def _name(system: str) -> str:
    return "".join(c for c in system.lower() if c.isalnum())
