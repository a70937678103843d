"""The status of an answer that comes as mere text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from evals.answers.stored import Said


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((files("evals") / "answers" / "refusals.toml").read_text("utf-8"))
    return {
        status: re.compile("|".join(data[status]["patterns"]), re.IGNORECASE)
        for status in ("not_in_source", "out_of_scope", "urgent")
    }


def status_of(text: str, sentences: tuple[Said, ...]) -> str:
    """``failed`` for nothing, a refusal where the first sentence is one and nothing is cited; else an answer.

    A phrase of refusal further down does not undo a right answer.
    """
    if not text.strip():
        return "failed"
    first = sentences[0].text if sentences else text.strip().split("\n")[0]
    cites = any(s.citations for s in sentences)
    for status in ("out_of_scope", "not_in_source"):
        if _patterns()[status].search(first) and not cites:
            return status
    return "answered"


def is_urgent(sentence: str) -> bool:
    """Whether a sentence tells its reader to get help at once."""
    return bool(_patterns()["urgent"].search(sentence))
