"""What evals found, as tables of HTML; the titles of measures and columns are those of its report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.metrics.register import metrics
from evals.reporting.comparison import row_numbers
from evals.reporting.html import interval_text
from evals.reporting.words import number, words
from evals.results.by_slice import Cell, Results, Slice
from evals.results.comparing import Comparison
from ui.safe_html import Html, element
from ui.strings import Texts
from ui.tools.staging_html import scrolled

_COUNTED = ("value", "n", "failed", "abstained")


def table_html(head: Sequence[str], rows: Iterable[Sequence[str]], label: str, texts: Texts) -> Html:
    """A table whose rows are named by their first cell; ``label`` names it to those who do not see it."""
    heads = [element("th", text, scope="col") for text in head]
    lines = [
        element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in rest))
        for first, *rest in rows
    ]
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *lines))
    return scrolled(label, table, texts=texts, kind=" mm-scores")


def scores_html(group: Slice, texts: Texts) -> Html:
    """Every measure of one slice with its interval, and what is in it."""
    told, language = words(texts.language), texts.language
    head = (told["measure"], *(told[name] for name in _COUNTED), told["means"])
    rows = [
        (metric.title[language], *_counted(group.cells[name], name), metric.means[language])
        for name, metric in metrics().items()
        if name in group.cells
    ]
    return table_html(head, rows, slice_name(group.name, texts), texts)


def across_html(found: Results, metric: str, texts: Texts) -> Html:
    """One measure in every slice to which it applies."""
    told = words(texts.language)
    head = (told["slice"], *(told[name] for name in _COUNTED))
    rows = [
        (slice_name(group.name, texts), *_counted(group.cells[metric], metric))
        for group in found.slices
        if metric in group.cells
    ]
    return table_html(head, rows, metrics()[metric].title[texts.language], texts)


def others_html(found: Results, texts: Texts) -> Html:
    """Dangerous statements with the bound of their rate, refusals, latency, and Chinese beside English."""
    told, a = words(texts.language), found.abstention
    rows = [
        (told["dangerous"], f"{found.dangerous} ({told['bound']}: {found.dangerous_bound:.1%})"),
        (told["precision"], number(a.precision)), (told["recall"], number(a.recall)),
        (told["false_refusals"], number(a.false_refusals)), (told["auroc"], number(a.auroc)),
    ]  # fmt: skip
    if found.latency:
        rows.append((f"{told['latency']} p50 / p90 / p99", " / ".join(f"{ms:.1f}" for ms in found.latency)))
    if found.parity:
        rows += [
            (f"{told['parity']}: {told['pairs']}", str(found.parity.pairs)),
            (told["same_status"], number(found.parity.same_status)),
        ]
    return table_html((told["measure"], told["value"]), rows, texts("eval_others"), texts)


def comparison_html(found: Comparison, texts: Texts) -> Html:
    """Every measure of both runs; a regression is named in the last column."""
    told = words(texts.language)
    head = (told["measure"], told["n"], "A", "B", told["difference"], told["p"], told["detectable"],
            texts("eval_margin"), texts("eval_regression"))  # fmt: skip
    rows = [
        (metrics()[row.metric].title[texts.language], *row_numbers(row), row.regression or told["none"])
        for row in found.rows
    ]
    return table_html(head, rows, told["compared"], texts)


def slice_name(name: str, texts: Texts) -> str:
    """The slice of all questions has a word; the others are named by what they share."""
    return words(texts.language)["all"] if name == "all" else name


def _counted(cell: Cell, metric: str) -> tuple[str, ...]:
    mean = interval_text(cell.mean, metrics()[metric])
    return mean, str(cell.mean.n), str(cell.failed), str(cell.abstained)
