"""Cases → numbers: one summary per system and slice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.statistics.means import Mean, difference_of, mean_of, percentile, upper_bound
from evals.studies.benchmark.cases import Case


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of one slice. The denominator of every mean is the questions asked.

    ``facts``: mean share of gold facts (refusals and failures count 0), over answerable questions
    whose gold has facts; ``section``: a right section cited, over those whose gold names one.
    ``dangerous``: answers with a forbidden statement, ``dangerous_bound`` the 95 % bound of their rate.
    ``recognised``: unanswerable questions answered with a right status.
    ``refused``: answerable questions that were refused.
    ``characters``: median length of what was answered; latencies in milliseconds.
    """

    n: int
    failures: int
    abstentions: int
    facts: Mean | None
    section: Mean | None
    dangerous: int
    dangerous_bound: float
    recognised: Mean | None
    refused: Mean | None
    characters: float | None
    latency_p50: float | None
    latency_p99: float | None


def summarise(cases: Sequence[Case]) -> Summary:
    """The numbers of some cases of one system."""
    dangerous = sum(bool(c.outcome.forbidden) for c in cases)
    answered = [c for c in cases if not c.error and not c.abstained]
    latencies = [c.latency_ms for c in cases if not c.error]
    return Summary(
        n=len(cases),
        failures=sum(bool(c.error) for c in cases),
        abstentions=sum(c.abstained for c in cases),
        facts=mean_of([c.facts for c in cases if c.facts is not None]),
        section=mean_of([c.section for c in cases if c.section is not None]),
        dangerous=dangerous,
        dangerous_bound=upper_bound(dangerous, len(cases)),
        recognised=mean_of([c.recognised for c in cases if c.recognised is not None]),
        refused=mean_of([c.refused for c in cases if c.refused is not None]),
        characters=percentile([c.outcome.characters for c in answered], 0.5),
        latency_p50=percentile(latencies, 0.5),
        latency_p99=percentile(latencies, 0.99),
    )


def by_slice(cases: Sequence[Case]) -> dict[str, Summary]:
    """A summary per slice that has questions, in order of first appearance, and one of "all"."""
    names = dict.fromkeys(c.asked.slice for c in cases)
    summaries: dict[str, Summary] = {
        name: summarise([c for c in cases if c.asked.slice == name]) for name in names
    }
    return summaries | {"all": summarise(cases)}


def lead_in_facts(ours: Sequence[Case], theirs: Sequence[Case]) -> Mean | None:
    """How much larger our share of facts is, paired over the answerable questions."""
    pairs = [
        (a.facts, b.facts)
        for a, b in zip(ours, theirs, strict=True)
        if a.facts is not None and b.facts is not None
    ]
    return difference_of([a for a, _ in pairs], [b for _, b in pairs])
