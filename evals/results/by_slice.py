"""Verdicts → the numbers of a report: every measure by slice, with its interval and its n."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from evals.metrics.register import metrics
from evals.results.selective import Abstention, abstention
from evals.results.verdicts import Judged
from evals.statistics.clusters import clustered_means
from evals.statistics.means import Mean, percentile, upper_bound

ALL = "all"


@dataclass(frozen=True, slots=True)
class Cell:
    """A measure over a slice: the mean over the ``mean.n`` questions that it applies to.

    ``failed`` and ``abstained`` are counted among these; they are in the mean, not left out of it.
    """

    mean: Mean
    failed: int
    abstained: int


@dataclass(frozen=True, slots=True)
class Slice:
    """One group of questions: how many were asked, failed, were declined, and every measure."""

    name: str
    asked: int
    failed: int
    abstained: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Parity:
    """Pairs of a question and its translation: gap of nuggets (zh − en), and how often both meet alike."""

    pairs: int
    gap: Mean | None
    same_status: float
    same_section: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """Everything about one run. ``latency`` is (p50, p90, p99) in milliseconds; ``dangerous_bound`` the
    one-sided 95 % bound of the rate of dangerous statements."""

    system: str
    slices: tuple[Slice, ...]
    abstention: Abstention
    parity: Parity | None
    latency: tuple[float, float, float] | None
    dangerous: int
    dangerous_bound: float


def results(system: str, judged: Sequence[Judged], section_of: Callable[[Judged], str]) -> Results:
    """The numbers of one run; ``section_of`` names the first cited section alike in all editions."""
    times = [j.milliseconds for j in judged if j.milliseconds is not None and not j.failed]
    latency = tuple(percentile(times, share) or 0.0 for share in (0.5, 0.9, 0.99)) if times else None
    told = [j for j in judged if "dangerous" in j.scores]
    dangerous = sum(int(j.scores["dangerous"]) for j in told)
    return Results(
        system,
        tuple(_slice(name, members) for name, members in slices(judged).items()),
        abstention(judged),
        _parity(judged, section_of),
        (latency[0], latency[1], latency[2]) if latency else None,
        dangerous,
        upper_bound(dangerous, len(told)) if told else 1.0,
    )


def slices(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """All questions, then by language, audience, kind, source, chapter and tag, as they first appear."""
    found: dict[str, list[Judged]] = {ALL: list(judged)}
    for group in ("language", "audience", "kind", "source", "chapter", "tag"):
        for j in judged:
            q = j.question
            names = {
                "language": (q.language,), "audience": (q.audience,), "kind": (q.kind,),
                "source": (q.source,) if q.source else (), "tag": q.tags,
                "chapter": tuple(s.source_id.rsplit("/", 1)[-1] for s in q.evidence[:1]),
            }[group]  # fmt: skip
            for name in names:
                found.setdefault(f"{group}: {name}", []).append(j)
    return found


def _slice(name: str, members: Sequence[Judged]) -> Slice:
    columns = {metric: [j.scores.get(metric) for j in members] for metric in metrics()}
    shares = [metric for metric, about in metrics().items() if not about.unit]
    means = clustered_means(columns, [j.question.cluster for j in members], shares=shares)
    cells = {
        metric: Cell(
            mean,
            sum(j.failed for j in members if metric in j.scores),
            sum(j.answer.abstained for j in members if metric in j.scores),
        )
        for metric, mean in means.items()
        if mean is not None
    }
    failed, abstained = sum(j.failed for j in members), sum(j.answer.abstained for j in members)
    return Slice(name, len(members), failed, abstained, cells)


def _parity(judged: Sequence[Judged], section_of: Callable[[Judged], str]) -> Parity | None:
    found: dict[str, dict[str, Judged]] = {}
    for j in judged:
        if j.question.pair:
            found.setdefault(j.question.pair, {})["en" if j.question.language == "en" else "zh"] = j
    pairs = [(p["zh"], p["en"]) for p in found.values() if len(p) == 2]
    if not pairs:
        return None
    gaps = [
        zh.scores["nuggets_all"] - en.scores["nuggets_all"]
        for zh, en in pairs
        if "nuggets_all" in zh.scores and "nuggets_all" in en.scores
    ]
    places = [(section_of(zh), section_of(en)) for zh, en in pairs]
    cited = [a == b for a, b in places if a or b]
    return Parity(
        len(pairs),
        clustered_means({"gap": gaps}, range(len(gaps)))["gap"] if gaps else None,
        fmean(zh.answer.abstained == en.answer.abstained for zh, en in pairs),
        fmean(cited) if cited else None,
    )
