"""Defects are noticed; good answers are let alone."""

from __future__ import annotations

from evals.gold.corpus import shipped_corpus
from evals.gold.suites import read_suite, shipped_gold
from evals.seeded_defects.__main__ import try_checks
from evals.seeded_defects.spoiling import SPOILERS


def test_the_checks_notice_what_is_spoilt() -> None:
    trial = try_checks(read_suite(shipped_gold()[:2]), shipped_corpus(), every=31)
    assert trial.made.total() >= 30
    assert len({kind for kind, _ in trial.made}) >= len(SPOILERS) - 3
    assert [f"{d.kind}: {d.answer.text}" for d in trial.missed] == []
    assert [f"{way}: {found}: {answer.text}" for way, answer, found in trial.alarmed] == []
