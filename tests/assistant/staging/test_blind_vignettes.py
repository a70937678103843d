"""Conversations that writers made from the rules alone, not having seen the reader, from reading to stage.

``vignettes_blind.jsonl``: the letter that opens an id is the writer. First sight, before any work on the set:
"c-" 84 of 110 right, "d-" 95 of 110 with four wrong stages, "e-" 105 of 120 with two, "f-" 100 of 110,
"g-" 90 of 110 with no wrong stage, "h-" 97 of 110 with one, "i-" 85 of 110 with one, and one settled stage
where a question was expected; after the work with made messages "j-" 109 of 110 and "k-" 109 of 110, neither
with a wrong stage.
All have been worked on since, so that they measure nothing any more and only keep what was gained.
The writers worked the stages out by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.staging_answer import answer_staging

VIGNETTES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "vignettes_blind.jsonl").read_text("utf-8").splitlines()
]

# What is not read; none of these gets a stage that is wrong.
NOT_READ = {
    "c-zh-029": "a table with a column for each date, one of which is chosen by the start of treatment",
    "c-zh-030": "a table with a row for each date",
    "i-zh-019": "a number with blanks between its digits",
    "i-en-006": "IGH fusions that are not named",
    "i-en-033": "a value without a unit behind a name cut short",
}
NO_TOOL = {"i-en-030": "whether treatment has changed the stage is answered from the source"}


SETS = sorted({str(v["id"]).partition("-")[0] for v in VIGNETTES})


@pytest.mark.parametrize("writer", SETS)
def test_outcome(assistant: Assistant, writer: str) -> None:
    given = [v for v in VIGNETTES if str(v["id"]).startswith(f"{writer}-")]
    failed = [v["id"] for v in given if not _as_expected(assistant, v)]
    assert len(given) >= 110
    assert failed == []


def _as_expected(assistant: Assistant, vignette: dict[str, Any]) -> bool:
    expected = vignette["expect"]
    *earlier, question = vignette["turns"]
    # The questions of earlier turns are all that the tool is given of them.
    answer = answer_staging(assistant.index, question, earlier, "zh", "clinician")
    calls = answer.calls if answer else ()
    if not expected["tool"] or vignette["id"] in NO_TOOL:
        return not calls
    if not calls:
        return False
    results = [c.result for c in calls if c.result["system"] == expected.get("system", "R-ISS")]
    result = results[-1] if results else calls[-1].result
    if vignette["id"] in NOT_READ:
        left = result["possible"]
        return result["stage"] is None and (not left or set(expected.get("possible", ())) <= set(left))
    if "refuse" in expected:
        return result["possible"] == []
    return bool(result["system"] == expected["system"] and result["possible"] == expected["possible"])
