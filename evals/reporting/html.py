"""The report of one run as one HTML file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from evals.metrics.register import Metric, metrics
from evals.reporting import svg
from evals.reporting.drill import item, troubles
from evals.reporting.words import Language, cell, number, page, table, words
from evals.results.by_slice import Cell, Results, Slice
from evals.results.verdicts import Judged
from evals.runs.directory import Manifest
from evals.statistics.means import Mean

# What the tables by slice show; the table of all questions shows every measure.
_BY_SLICE = (
    "nuggets_vital", "nuggets_all", "section_cited", "citation_recall", "citation_precision", "numbers_exact",
    "recall_5", "recognised", "false_refusal", "staging_exact", "red_flag", "dangerous",
)  # fmt: skip


Opinions = Mapping[str, Mapping[str, object]]


def report(
    manifest: Manifest, found: Results, judged: Sequence[Judged], language: Language, opinions: Opinions
) -> str:
    """The whole page: scores, slices, abstention, parity, latency, other opinions, and every question."""
    told = words(language)
    title = f"{told['title']}: {manifest.system}"
    parts = [
        f'<p><a href="#items">{escape(told["skip"])}</a></p><main><h1>{escape(title)}</h1>',
        _about(manifest, found, language),
        _scores(found.slices[0], language),
        f"<h2>{escape(told['slices'])}</h2>",
        _slices(found.slices, language),
        _abstention(found, language),
        _others(found, language),
        _shortfalls(judged, language),
        *(_opinion(name, values, language) for name, values in opinions.items()),
        f'<h2 id="items">{escape(told["items"])}</h2>',
        *(item(j, language) for j in judged),
        "</main>",
    ]
    return page(language, title, "\n".join(parts))


def _about(manifest: Manifest, found: Results, language: Language) -> str:
    told, whole = words(language), found.slices[0]
    facts = ", ".join(f"{name} {value[:24]}" for name, value in manifest.described.items() if value)
    gold = ", ".join(sorted(path.rsplit("/", 1)[-1] for path in manifest.gold))
    return (
        f"<p>{escape(told['questions'])} {whole.asked} · {escape(told['failed'])} {whole.failed} ·"
        f" {escape(told['abstained'])} {whole.abstained}</p>"
        f'<p class="soft">{escape(facts)}; {escape(gold)}; myeloma-assistant {escape(manifest.version)}</p>'
        f'<p class="soft">{escape(told["denominator"])} {escape(told["offline"])}</p>'
    )


def _scores(whole: Slice, language: Language) -> str:
    told = words(language)
    rows = []
    for name, metric in metrics().items():
        if (value := whole.cells.get(name)) is None:
            continue
        label = f"{metric.title[language]}: {interval_text(value.mean, metric)}"
        plot = "" if metric.unit else svg.interval(value.mean, label)
        rows.append(
            f'<th scope="row">{escape(metric.title[language])}'
            f'<small class="soft">{escape(metric.means[language])}</small></th>'
            f'<td class="num">{_interval(value.mean, metric)}</td>{_counts(value)}<td>{plot}</td>'
        )
    head = tuple(told[name] for name in ("measure", "value", "n", "failed", "abstained", "plot"))
    return table(head, rows, frozenset({1, 2, 3, 4}), "scores")


def _counts(value: Cell) -> str:
    return "".join(cell(str(n), "num") for n in (value.mean.n, value.failed, value.abstained))


def interval_text(mean: Mean, metric: Metric) -> str:
    """ "0.912 [0.880, 0.940]"."""
    low, high = number(mean.low, metric.unit), number(mean.high, metric.unit)
    return f"{number(mean.value, metric.unit)} [{low}, {high}]"


def _interval(mean: Mean, metric: Metric) -> str:
    """The same, with the interval in one piece where the line is broken."""
    value, interval = interval_text(mean, metric).split(" ", 1)
    return f"{value} <span>{interval}</span>"


def _slices(found: Sequence[Slice], language: Language) -> str:
    told = words(language)
    shown = [name for name in _BY_SLICE if name in found[0].cells]
    rows = []
    for group in found:
        cells = []
        for name in shown:
            cells.append(_small(group.cells.get(name), metrics()[name]))
        counts = "".join(cell(str(n), "num") for n in (group.asked, group.failed, group.abstained))
        by, _, value = group.name.partition(": ")
        name = f"{told[by]}: {value}" if value else told["all"]
        rows.append(f'<th scope="row">{escape(name)}</th>{counts}{"".join(cells)}')
    titles = tuple(metrics()[name].title[language] for name in shown)
    head = (told["slice"], told["questions"], told["failed"], told["abstained"], *titles)
    return table(head, rows, frozenset(range(1, len(head))), "slices")


def _small(value: Cell | None, metric: Metric) -> str:
    """A mean with its plot, and its interval and n below."""
    if value is None:
        return cell("–", "num")
    mean, interval = interval_text(value.mean, metric).split(" ", 1)
    plot = "" if metric.unit else svg.interval(value.mean, small=True)
    return f'<td class="num">{mean}{plot}<small>{interval} n={value.mean.n}</small></td>'


def _abstention(found: Results, language: Language) -> str:
    told, a = words(language), found.abstention
    values = [
        (told["precision"], a.precision), (told["recall"], a.recall), (told["f1"], a.f1),
        (told["false_refusals"], a.false_refusals), (told["auroc"], a.auroc), (told["aurc"], a.aurc),
        (told["excess_aurc"], a.excess_aurc),
        *((told["risk_at"].format(coverage=f"{c:.0%}"), risk) for c, risk in a.risks),
    ]  # fmt: skip
    rows = [f'<th scope="row">{escape(name)}</th>{cell(number(value), "num")}' for name, value in values]
    plot = svg.curve(a.curve, told["curve"], told["coverage"], told["risk"]) if a.curve else ""
    body = table((told["measure"], told["number"]), rows, frozenset({1}))
    return f'<h2>{escape(told["abstention"])}</h2><div class="two"><div>{body}</div><div>{plot}</div></div>'


def _opinion(name: str, values: Mapping[str, object], language: Language) -> str:
    """What human raters or a model judge said, and how far the checks agree."""
    rows = [f'<th scope="row">{escape(key)}</th>{cell(_told(value), "num")}' for key, value in values.items()]
    title = words(language)["raters" if name.startswith("raters") else "judge"]
    head = (words(language)["measure"], words(language)["number"])
    return f"<h2>{escape(title)}</h2>{table(head, rows, frozenset({1}))}"


def _told(value: object) -> str:
    return number(value) if isinstance(value, float) else "–" if value is None else str(value)


def _others(found: Results, language: Language) -> str:
    told = words(language)
    rows = [(told["dangerous"], str(found.dangerous)), (told["bound"], f"{found.dangerous_bound:.1%}")]
    if found.latency:
        rows.append((f"{told['latency']} p50 / p90 / p99", " / ".join(f"{ms:.1f}" for ms in found.latency)))
    if (p := found.parity) is not None:
        gap = f"{p.gap.value:+.3f} [{p.gap.low:+.3f}, {p.gap.high:+.3f}]" if p.gap else "–"
        rows += [
            (f"{told['parity']}: {told['pairs']}", str(p.pairs)), (told["gap"], gap),
            (told["same_status"], number(p.same_status)), (told["same_section"], number(p.same_section)),
        ]  # fmt: skip
    cells = [f'<th scope="row">{escape(name)}</th>{cell(value, "num")}' for name, value in rows]
    return table((told["measure"], told["number"]), cells, frozenset({1}))


def _shortfalls(judged: Sequence[Judged], language: Language) -> str:
    """What fell short of right, by measure, each with a link to the question."""
    told = words(language)
    found: dict[str, list[str]] = {}
    for j in judged:
        for title in troubles(j, language):
            found.setdefault(title, []).append(j.question.id)
    rows = [
        f'<th scope="row">{escape(title)}</th>{cell(str(len(ids)), "num")}<td>'
        + " ".join(f'<a href="#q-{escape(id_)}">{escape(id_)}</a>' for id_ in ids)
        + "</td>"
        for title, ids in found.items()
    ]
    if not rows:
        return ""
    body = table((told["measure"], told["n"], told["question"]), rows, frozenset({1}), "short")
    return f"<h2>{escape(told['short'])}</h2><details><summary>{len(rows)}</summary>{body}</details>"
