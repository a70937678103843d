"""Two runs of the same questions: what is named, what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evals.reporting.comparison import comparison_html, comparison_text
from evals.results.comparing import compare
from tests.evals.asked import Answering, run


def test_what_got_worse_is_named_and_refused(suite: Path, tmp_path: Path) -> None:
    good = run(Answering("手足麻木。每月。血型，交叉配血。"), suite, tmp_path / "good")
    bad = run(Answering("手足麻木。"), suite, tmp_path / "bad")
    found = compare(good.judged, bad.judged)
    changed = {(c.metric, c.id): c.verdict for c in found.changes}
    assert changed["nuggets_vital", "a2"] == "broken"
    assert ("nuggets_vital", "a1") not in changed
    assert compare(bad.judged, good.judged).changes[0].verdict == "fixed"
    text = comparison_text(found, ("good", "bad"))
    assert "nuggets_vital: broken 2: a2, a3" in text
    assert "least detectable" in text
    # Three questions prove nothing: worse, but not beyond chance.
    assert found.regressions == ()
    assert "broken" in comparison_html(found, good, bad, "en")
    assert compare(good.judged, good.judged).changes == ()


def test_a_regression_needs_size_and_significance_or_a_critical_failure(suite: Path, tmp_path: Path) -> None:
    [first, *_] = run(Answering("手足麻木。"), suite, tmp_path / "run").judged
    many = [replace(first, question=replace(first.question, id=f"q{i}")) for i in range(40)]
    worse = [
        replace(j, scores=dict(j.scores) | {"nuggets_vital": 0.0}) if i < 10 else j
        for i, j in enumerate(many)
    ]
    assert [r.metric for r in compare(many, worse).regressions] == ["nuggets_vital"]
    assert compare(many, worse, margin=0.5).regressions == ()
    assert compare(worse, many).regressions == ()
    told = [replace(j, scores=dict(j.scores) | {"red_flag": 1.0}) for j in many]
    once = [replace(told[0], scores=dict(told[0].scores) | {"red_flag": 0.0}), *told[1:]]
    assert "1 newly failed" in compare(told, once).regressions[0].regression
