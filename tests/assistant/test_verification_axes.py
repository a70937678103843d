"""Exchanges of one thing for its rival, by axis: what they look like is in ``data/verification_attacks.tsv``.

A sentence marked "refuse" says something else than its evidence; one marked "accept" says the same.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from assistant.verification import Problem, verify
from ingest.corpus import monograph_sources
from ingest.load import load_source
from ingest.types import Source
from tests.rows import every_row

_TABLE = Path(__file__).parent / "data" / "verification_attacks.tsv"
_ROWS = [line.split("\t") for line in _TABLE.read_text("utf-8").splitlines()[1:]]
REFUSED = [(evidence, sentence) for verdict, _, evidence, sentence in _ROWS if verdict == "refuse"]
ACCEPTED = [(evidence, sentence) for verdict, _, evidence, sentence in _ROWS if verdict == "accept"]
PAGE = os.environ.get("MYELOMA_PAGE", "")


@every_row(("evidence", "sentence"), REFUSED)
def test_an_exchange_is_refused(evidence: str, sentence: str) -> None:
    assert not verify(sentence, [evidence]).supported
    # Not because the sentence cannot be read: what it says is not there.
    assert verify(sentence, [f"附 {sentence}"]).supported


@every_row(("evidence", "sentence"), ACCEPTED)
def test_other_words_are_accepted(evidence: str, sentence: str) -> None:
    assert verify(sentence, [evidence]).problems == ()


def test_every_axis_has_its_attacks() -> None:
    counted = Counter(axis for verdict, axis, _, _ in _ROWS if verdict == "refuse")
    assert sum(counted.values()) >= 150
    assert len(counted) == 11
    assert min(counted.values()) >= 5


@pytest.mark.parametrize(
    ("evidence", "sentence", "problem"),
    [
        ("剂量减少至25%。", "剂量减少25%。", Problem("comparator", "减少25%", "减少至25%")),
        ("硼替佐米每周给药两次。", "硼替佐米每周给药一次。", Problem("number", "一次", "两次")),
        ("伊沙佐米应在餐后服用。", "伊沙佐米应在餐前服用。", Problem("concept", "餐前", "餐后")),
        (
            "可选用来那度胺联合硼替佐米。",
            "可选用来那度胺或硼替佐米。",
            Problem("condition", "来那度胺或硼替佐米", "来那度胺联合硼替佐米"),
        ),
        ("先化疗再放疗。", "先放疗再化疗。", Problem("concept", "放疗再化疗", "")),
    ],
)
def test_the_problem_names_the_exchange(evidence: str, sentence: str, problem: Problem) -> None:
    assert problem in verify(sentence, [evidence]).problems


def _against_themselves(sources: list[Source], every: int = 1) -> tuple[int, list[str], list[str]]:
    """Passages; those that their own text does not support; of each ``every``-th, read as a retelling
    (which takes milliseconds), those that it supports only as a quotation."""
    passages = [p for source in sources for p in source.passages]
    unsupported = [p.text for p in passages if not verify(p.text, [p.text], p.lead).supported]
    # One more word in the span, and the sentence is no quotation of it but a retelling.
    unread = [p.text for p in passages[::every] if not verify(p.text, [f"附 {p.text}"], p.lead).supported]
    return len(passages), unsupported, unread


def test_the_monograph_supports_itself() -> None:
    count, unsupported, unread = _against_themselves([*monograph_sources()], every=10)
    assert unsupported == []
    assert count > 1000
    assert len(unread) <= 0.005 * count / 10, "\n".join(unread)


@pytest.mark.page
@pytest.mark.skipif(not PAGE, reason="MYELOMA_PAGE does not name the reference page")
def test_the_reference_page_supports_itself() -> None:
    count, unsupported, unread = _against_themselves([load_source(Path(PAGE))])
    assert unsupported == []
    assert count > 200
    assert len(unread) <= 0.02 * count, "\n".join(unread)
