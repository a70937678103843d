"""Messages in which a word beside a finding turns it: multiples of normal, hopes, orders, other fluids.

``traps.tsv``: the message, and the R-ISS stages that it leaves possible; none where the tool has to ask.
Written to hunt for wrong stages; before the reader was mended ten of them had one.
"""

from __future__ import annotations

from pathlib import Path

from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.request import asks_for_staging
from assistant.staging.reading.stage import stage_reading

LINES = (Path(__file__).parent / "traps.tsv").read_text("utf-8").splitlines()


def test_traps() -> None:
    given = [line.partition("\t") for line in LINES]
    assert len(given) > 150
    assert [m for m, _, _ in given if not asks_for_staging(m)] == []
    read = {m: stage_reading(read_findings([m])).possible for m, _, _ in given}
    assert [(m, read[m]) for m, _, stages in given if read[m] != tuple(stages.split())] == []
