"""Two runs side by side: as text, and as one HTML file with every question that changed."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from evals.metrics.register import metrics
from evals.reporting.drill import body
from evals.reporting.run_report import Reported
from evals.reporting.words import Language, cell, number, page, table, words
from evals.results.comparing import Comparison, Row
from evals.results.verdicts import Judged

_LISTED = 12  # questions named per measure and verdict on a terminal


def comparison_text(found: Comparison, names: tuple[str, str]) -> str:
    """The table, then what was fixed and broken by measure, then the verdict."""
    lines = [
        f"A = {names[0]}, B = {names[1]}",
        "",
        "| measure | n | A | B | B - A [95 %] | p (Holm) | least detectable | margin |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in found.rows:
        lines.append("| " + " | ".join([metrics()[row.metric].title["en"], *row_numbers(row)]) + " |")
    for name in metrics():
        for verdict in ("fixed", "broken", "changed"):
            ids = [c.id for c in found.changes if c.metric == name and c.verdict == verdict]
            if ids:
                more = f" and {len(ids) - _LISTED} more" if len(ids) > _LISTED else ""
                lines.append(f"{name}: {verdict} {len(ids)}: {', '.join(ids[:_LISTED])}{more}")
    for missing, where in ((found.only_before, "A"), (found.only_after, "B")):
        if missing:
            lines.append(f"only in {where}, not compared: {len(missing)}")
    lines += [f"REGRESSION {r.metric}: {r.regression}" for r in found.regressions] or ["no regression"]
    return "\n".join(lines)


def row_numbers(row: Row) -> list[str]:
    """n, A, B, their difference with its interval, p, the least difference that would be seen, the margin."""
    metric, mean = metrics()[row.metric], row.difference.mean
    unit, detectable = metric.unit, row.difference.detectable
    return [
        str(mean.n), number(row.before, unit), number(row.after, unit),
        f"{mean.value:+.3f} [{mean.low:+.3f}, {mean.high:+.3f}]", f"{row.p:.3f}",
        # Where all differ by the same, nothing is known of how much they vary.
        number(detectable or None, unit), f"{row.margin:g}" if metric.better else "–",
    ]  # fmt: skip


def comparison_html(found: Comparison, a: Reported, b: Reported, language: Language) -> str:
    """The table, and both answers to every question that changed."""
    told = words(language)
    names = f"A = {a.manifest.system}, B = {b.manifest.system}"
    title = f"{told['compared']}: {names}"
    rows = [
        f'<th scope="row">{escape(metrics()[r.metric].title[language])}'
        f'<small class="bad">{escape(_refused(r, language))}</small></th>'
        + "".join(cell(text, "num") for text in row_numbers(r))
        for r in found.rows
    ]
    head = (
        told["measure"], told["n"], "A", "B", told["difference"], told["p"], told["detectable"],
        told["margin"],
    )  # fmt: skip
    old = {j.question.id: j for j in a.judged}
    new = {j.question.id: j for j in b.judged}
    parts = [
        f"<main><h1>{escape(title)}</h1>",
        f'<p class="soft">{escape(told["denominator"])}</p>',
        *(f"<p>{name}: {escape(_counted(run, language))}</p>" for name, run in (("A", a), ("B", b))),
        table(head, rows, frozenset(range(1, 8)), "scores compared"),
        f"<h2>{escape(told['items'])}</h2>",
        *(_both(id_, found, old, new, language) for id_ in dict.fromkeys(c.id for c in found.changes)),
        "</main>",
    ]
    return page(language, title, "\n".join(parts))


def _refused(row: Row, language: Language) -> str:
    return row.regression if language == "en" or not row.regression else words(language)["regressed"]


def _counted(run: Reported, language: Language) -> str:
    told, whole = words(language), run.results.slices[0]
    return (
        f"{run.manifest.system} · {told['questions']} {whole.asked} · {told['failed']} {whole.failed} ·"
        f" {told['abstained']} {whole.abstained}"
    )


def _both(
    id_: str, found: Comparison, old: Mapping[str, Judged], new: Mapping[str, Judged], language: Language
) -> str:
    told = words(language)
    marks = ", ".join(
        f"{metrics()[c.metric].title[language]} {number(c.before)} → {number(c.after)} ({told[c.verdict]})"
        for c in found.changes
        if c.id == id_
    )
    kind = "bad" if any(c.id == id_ and c.verdict == "broken" for c in found.changes) else "soft"
    return (
        f"<details><summary><code>{escape(id_)}</code> {escape(new[id_].question.turns[-1])}"
        f' <span class="{kind}">{escape(marks)}</span></summary>\n<div class="two">'
        f"<div><h3>A</h3>{body(old[id_], language)}</div><div><h3>B</h3>{body(new[id_], language)}</div>"
        "</div></details>"
    )
