"""The report on a terminal: a Markdown table."""

from __future__ import annotations

from collections.abc import Sequence

from evals.metrics.register import Metric, metrics
from evals.reporting.html import interval_text
from evals.results.by_slice import Cell, Results


def as_table(found: Sequence[Results]) -> str:
    """Every measure of all questions, the systems side by side, with n, failures and abstentions."""
    names = [name for name in metrics() if any(name in r.slices[0].cells for r in found)]
    head = ["mean [95 %] of n / failed / abstained", *(r.system for r in found)]
    rows = [["asked / failed / abstained", *(
        f"{r.slices[0].asked} / {r.slices[0].failed} / {r.slices[0].abstained}" for r in found
    )]]  # fmt: skip
    for name in names:
        row = [metrics()[name].title["en"]]
        for r in found:
            value = r.slices[0].cells.get(name)
            row.append(_told(value, metrics()[name]) if value else "–")
        rows.append(row)
    rows.append(["AUROC of confidence", *(_number(r.abstention.auroc) for r in found)])
    rows.append(["p50 / p90 / p99 ms", *(
        " / ".join(f"{ms:.1f}" for ms in r.latency) if r.latency else "–" for r in found
    )])  # fmt: skip
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def _told(value: Cell, metric: Metric) -> str:
    return f"{interval_text(value.mean, metric)} {value.mean.n} / {value.failed} / {value.abstained}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
