"""Two runs of the same questions: what got better, what got worse, and whether that is more than noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evals.metrics.register import Metric, metrics
from evals.results.verdicts import Judged
from evals.statistics.clusters import Difference, holm, paired_difference

ALPHA = 0.05
Verdict = Literal["fixed", "broken", "changed"]
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Change:
    """One question on which a measure differs: ``fixed`` is right only now, ``broken`` only before."""

    metric: str
    id: str
    before: float
    after: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of both runs over the questions that it applies to in both.

    ``p`` is corrected for the number of measures (Holm). ``regression`` says why the run is refused, or "".
    """

    metric: str
    before: float
    after: float
    difference: Difference
    p: float
    margin: float
    regression: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """``only_before`` and ``only_after`` are questions that one run has and the other lacks."""

    rows: tuple[Row, ...]
    changes: tuple[Change, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @property
    def regressions(self) -> tuple[Row, ...]:
        """The measures that got worse beyond what is tolerated."""
        return tuple(row for row in self.rows if row.regression)


def compare(before: Sequence[Judged], after: Sequence[Judged], margin: float | None = None) -> Comparison:
    """Compare run A (``before``) with run B (``after``), question by question.

    A measure has regressed if it is worse by more than its margin (``margin`` for all shares, where given)
    and the difference is significant after correction; a critical one, if a single question newly fails.
    """
    old, new = {j.question.id: j for j in before}, {j.question.id: j for j in after}
    shared = [id_ for id_ in old if id_ in new]
    found: dict[str, tuple[list[float], list[float], Difference]] = {}
    changes: list[Change] = []
    for name, metric in metrics().items():
        ids = [i for i in shared if name in old[i].scores and name in new[i].scores]
        theirs, ours = [old[i].scores[name] for i in ids], [new[i].scores[name] for i in ids]
        difference = paired_difference(ours, theirs, [new[i].question.cluster for i in ids])
        if difference is None:
            continue
        found[name] = theirs, ours, difference
        if not metric.unit:
            pairs = zip(ids, theirs, ours, strict=True)
            changes += [
                Change(name, i, a, b, _verdict(metric, a, b)) for i, a, b in pairs if abs(a - b) > _SAME
            ]
    corrected = holm({name: difference.p for name, (_, _, difference) in found.items()})
    rows = []
    for name, (theirs, ours, difference) in found.items():
        metric = metrics()[name]
        allowed = margin if margin is not None and not metric.unit else metric.margin
        broken = sum(c.metric == name and c.verdict == "broken" for c in changes)
        reason = _regression(metric, difference, corrected[name], allowed, broken)
        rows.append(
            Row(
                name, sum(theirs) / len(theirs), sum(ours) / len(ours), difference, corrected[name], allowed,
                reason,
            )
        )  # fmt: skip
    return Comparison(
        tuple(rows),
        tuple(changes),
        tuple(i for i in old if i not in new),
        tuple(i for i in new if i not in old),
    )


def _verdict(metric: Metric, before: float, after: float) -> Verdict:
    right = 1.0 if metric.better > 0 else 0.0
    if abs(after - right) <= _SAME:
        return "fixed"
    return "broken" if abs(before - right) <= _SAME else "changed"


def _regression(metric: Metric, difference: Difference, p: float, margin: float, broken: int) -> str:
    if metric.critical and broken:
        return f"{broken} newly failed, none is tolerated"
    lost = -metric.better * difference.mean.value
    if lost > margin and p < ALPHA:
        return f"worse by {lost:.3f}, more than {margin:g}"
    return ""
