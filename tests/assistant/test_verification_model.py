"""Sentences as a language model might write them, right and wrong, from ``data/verification_model.tsv``.

They were written from passages of the shipped monograph by somebody who had not seen the verifier. Of the
part "tuned" the failures were studied; the part "held" was only counted, and says how far the verifier is
to be trusted with sentences that nobody has seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from assistant.verification import verify
from ingest.references import cited_numbers

_TABLE = Path(__file__).parent / "data" / "verification_model.tsv"


@dataclass(frozen=True, slots=True)
class _Row:
    part: str
    verdict: str
    kind: str
    context: str
    evidence: tuple[str, ...]
    sentence: str

    @property
    def passes(self) -> bool:
        marks = [number for passage in self.evidence for number in cited_numbers(passage)]
        return verify(self.sentence, self.evidence, self.context, marks).supported


@cache
def _rows() -> tuple[_Row, ...]:
    lines = (line.split("\t") for line in _TABLE.read_text("utf-8").splitlines()[1:])
    return tuple(_Row(p, v, k, c, tuple(e.split(" ¶ ")), s) for p, v, k, c, e, s in lines)


# Part, wrong sentences, how many of them pass at most, right ones, how many are lost at most: the known
# failures.
@pytest.mark.parametrize(
    ("part", "wrong", "let_pass", "right", "refused"),
    [("tuned", 131, 2, 70, 9), ("held", 53, 5, 48, 14)],
)
def test_sentences_of_a_model(part: str, wrong: int, let_pass: int, right: int, refused: int) -> None:
    rows = [row for row in _rows() if row.part == part]
    false, true = ([r for r in rows if r.verdict == v] for v in ("refuse", "accept"))
    assert (len(false), len(true)) == (wrong, right)
    passed = [f"{r.kind}: {r.sentence}" for r in false if r.passes]
    assert len(passed) <= let_pass, "\n".join(passed)
    lost = [f"{r.kind}: {r.sentence}" for r in true if not r.passes]
    assert len(lost) <= refused, "\n".join(lost)
