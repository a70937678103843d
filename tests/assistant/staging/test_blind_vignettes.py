"""Conversations that four writers made from the rules alone, not having seen the reader, through all of it.

``vignettes_blind.jsonl``, 460 lines: the ids in "b-" are of the first writer, "c-" the second, "d-" the
third, "e-" the fourth. Of the second set 84 of 110 were right when it was first seen, of the third 95 of 110,
with four wrong stages, of the fourth 105 of 120, with two wrong stages; all have been worked on since, so
that they measure nothing any more and only keep what was gained.
The writers worked the stages out by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.types import Answer, Turn

VIGNETTES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "vignettes_blind.jsonl").read_text("utf-8").splitlines()
]

# What is not read; none of these gets a stage that is wrong.
NOT_READ = {
    "c-zh-029": "a table with a column for each date, one of which is chosen by the start of treatment",
    "c-zh-030": "a table with a row for each date",
    "c-en-008": "ISCN notation",
}


def _id(vignette: dict[str, Any]) -> str:
    return str(vignette["id"])


def _last(assistant: Assistant, turns: list[str]) -> Answer:
    history: list[Turn] = []
    for turn in turns[:-1]:
        history.append(Turn(turn, assistant.ask(turn, history=history).text))
    return assistant.ask(turns[-1], history=history)


@pytest.mark.parametrize("vignette", VIGNETTES, ids=_id)
def test_outcome(assistant: Assistant, vignette: dict[str, Any]) -> None:
    expected = vignette["expect"]
    calls = _last(assistant, vignette["turns"]).tool_calls
    if not expected["tool"]:
        assert not calls
        return
    assert calls
    results = [c.result for c in calls if c.result["system"] == expected.get("system", "R-ISS")]
    result = results[-1] if results else calls[-1].result
    if _id(vignette) in NOT_READ:
        assert result["stage"] is None
        assert not result["possible"] or set(expected.get("possible", ())) <= set(result["possible"])
    elif "refuse" in expected:
        assert result["possible"] == []
    else:
        assert result["system"] == expected["system"]
        assert result["possible"] == expected["possible"]
