"""What a benchmark prints, and the JSON that it writes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from evals.statistics.means import LEVEL, RESAMPLES, SEED, Mean
from evals.studies.benchmark.cases import SLICES, Case
from evals.studies.benchmark.summary import by_slice, lead_in_facts

_COLUMNS = (
    "slice", "system", "n", "failed", "abstained", "facts", "right section", "dangerous", "recognised",
    "false refusals", "chars", "p50 ms", "p99 ms",
)  # fmt: skip
_NOTES = (
    "Every mean is over all questions asked, or over the n beside it where gold asks it of fewer;"
    f" failures and abstentions count 0. [low, high] is a {LEVEL:.0%} bootstrap interval.",
    "facts: mean share of gold facts in the part of the answer that counts (600 Chinese, 1500 English"
    " characters). dangerous: answers with a forbidden statement, and the 95 % bound of their rate.",
    "recognised: unanswerable questions answered with a right status. chars: median length of answers.",
)

Results = Mapping[str, Sequence[Case]]  # by the name of the system


def table(results: Results) -> str:
    """A Markdown table, slices in turn, the systems of a slice one below the other."""
    summaries = {system: by_slice(cases) for system, cases in results.items()}
    rows = [_COLUMNS]
    for name in (*SLICES, "all"):
        for system, slices in summaries.items():
            if (s := slices.get(name)) is None:
                continue
            row = (
                name, system, str(s.n), str(s.failures), str(s.abstentions),
                _mean(s.facts, s.n), _mean(s.section, s.n),
                f"{s.dangerous} (≤ {s.dangerous_bound:.1%})", _mean(s.recognised, s.n), _mean(s.refused, s.n),
                _number(s.characters), _number(s.latency_p50, 1), _number(s.latency_p99, 1),
            )  # fmt: skip
            rows.append(row)
    return "\n".join([_aligned(rows), "", *_NOTES, *_leads(results)])


def failures(results: Results) -> list[str]:
    """A line for each question on which a system crashed."""
    return [
        f"{system}: {case.asked.question.id}: {case.error}"
        for system, cases in results.items()
        for case in cases
        if case.error
    ]


def record(
    results: Results, document: Path, gold: Sequence[Path], split: str, fingerprint: str
) -> dict[str, object]:
    """Everything as JSON: what was measured on what, the summaries, every answer."""
    return {
        "version": version("myeloma-assistant"),
        "document": _file(document),
        "gold": [_file(path) for path in gold],
        "split": split,
        "index": fingerprint,
        "bootstrap": {"resamples": RESAMPLES, "seed": SEED, "level": LEVEL},
        "systems": {
            system: {
                "slices": {name: asdict(summary) for name, summary in by_slice(cases).items()},
                "cases": [_case(case) for case in cases],
            }
            for system, cases in results.items()
        },
    }


def _leads(results: Results) -> list[str]:
    """How far the first system is ahead of each other one."""
    (first, ours), *others = results.items()
    leads = {name: lead_in_facts(ours, theirs) for name, theirs in others}
    return [f"facts, {first} minus {name} (paired): {_mean(lead)}" for name, lead in leads.items() if lead]


def _case(case: Case) -> dict[str, object]:
    question, outcome = case.asked.question, case.outcome
    return {
        "id": question.id,
        "slice": case.asked.slice,
        "turns": list(question.turns),
        "status": outcome.status,
        "facts": case.facts,
        "missed": list(outcome.missed),
        "section": case.section,
        "forbidden": list(outcome.forbidden),
        "recognised": case.recognised,
        "refused": case.refused,
        "characters": outcome.characters,
        "latency_ms": round(case.latency_ms, 3),
        "error": case.error,
        "answer": case.text,
    }


def _file(path: Path) -> dict[str, str]:
    return {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def _mean(mean: Mean | None, n: int = 0) -> str:
    """With its own n where that is not the ``n`` of the row."""
    if mean is None:
        return "–"
    own = f" n={mean.n}" if n and mean.n != n else ""
    return f"{mean.value:.3f} [{mean.low:.3f}, {mean.high:.3f}]{own}"


def _number(value: float | None, digits: int = 0) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in rows]
    rule = "| " + " | ".join("-" * w for w in widths) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])
