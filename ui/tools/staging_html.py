"""A staging result as HTML: outcome, criteria, survival in the cited cohorts, papers."""

from __future__ import annotations

from assistant.messages import message
from assistant.staging.messages import label
from assistant.staging.result import Criterion, StagingResult
from assistant.staging.systems import Source
from assistant.staging_text import COLUMNS, cells, column, headline, missing
from assistant.types import Audience
from ingest.types import Reference
from ui.chat.answer_html import VERDICTS
from ui.safe_html import Html, element, join, reference_links
from ui.strings import Texts


def outcome_html(result: StagingResult, audience: Audience, texts: Texts) -> Html:
    """The stage or what is left of it, then what is missing and what is wrong."""
    language = texts.language
    derived = " · ".join(
        f"{label(c.name, language)} {c.value.replace(' | ', ' / ')} {c.unit}".strip() for c in result.computed
    )
    lines = [element("p", headline(result, language), class_="mm-stage")]
    lines += [element("p", derived, class_="mm-quiet")] if derived else []
    lines += [element("p", missing(result, language))] if result.missing else []
    if audience == "patient" and result.possible:
        lines.append(element("p", message(language, "stage_patient")))
    kind = "mm-settled" if result.stage else "mm-unsettled"
    problems = [problem.text(language) for problem in result.problems]
    shown = element("div", *lines, class_=f"mm-outcome {kind}", lang=language)
    return join([shown, problems_html(problems, texts)])


def problems_html(problems: list[str], texts: Texts) -> Html:
    """What cannot be used as it stands, one line each."""
    if not problems:
        return Html()
    words = [element("p", f"⚠ {problem}") for problem in problems]
    return element("div", *words, class_="mm-error", lang=texts.language)


def criteria_html(result: StagingResult, texts: Texts) -> Html:
    """Every criterion with its value, its rule and the verdict."""
    heads = [element("th", column(name, texts.language), scope="col") for name in COLUMNS]
    rows = [_criterion(criterion, texts) for criterion in result.criteria]
    table = element(
        "table", element("caption", texts("staging_criteria"), class_="mm-caption"),
        element("thead", element("tr", *heads)), element("tbody", *rows),
    )
    notes = [element("p", note.text(texts.language), class_="mm-quiet") for note in result.notes]
    return scrolled(texts("staging_criteria"), table, *notes, kind=" mm-criteria", texts=texts)


def _criterion(criterion: Criterion, texts: Texts) -> Html:
    name, value, verdict, rule = cells(criterion, texts.language)
    kind, sign = VERDICTS[criterion.met]
    shown = element("span", sign, aria_hidden="true", class_="mm-sign")
    return element(
        "tr", element("th", name, scope="row"), element("td", value),
        element("td", shown, verdict), element("td", rule), class_=kind,
    )


def figures_html(result: StagingResult, texts: Texts) -> Html:
    """Outcomes of the stages that are left, each with its endpoint, its n and how it was checked."""
    names = ("stage", "endpoint", "result", "n", "checked")
    heads = [element("th", texts(f"staging_figure_{name}"), scope="col") for name in names]
    rows = []
    for figure in result.figures:
        unit = texts("staging_months") if figure.unit == "months" else figure.unit
        endpoint = figure.endpoint_zh if texts.language == "zh" else figure.endpoint
        row = (
            endpoint, f"{figure.value} {unit}".replace(" %", "%"),
            f"{figure.n:,}" if figure.n else "–", texts(f"staging_checked_{figure.checked}"),
        )
        stage = element("th", outcome_name(figure.stage, texts), scope="row")
        rows.append(element("tr", stage, *(element("td", cell) for cell in row)))
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *rows))
    caution = element("p", texts("staging_figures_caution", system=result.name), class_="mm-quiet")
    return scrolled(texts("staging_figures"), table, caution, texts=texts)


def scrolled(label_: str, *children: Html, texts: Texts, kind: str = "") -> Html:
    """A box with a table that scrolls sideways on a narrow screen, by the keyboard as well."""
    return element(
        "div", *children, class_=f"mm-table{kind}", lang=texts.language, tabindex=0, role="region",
        aria_label=label_,
    )


def outcome_name(stage: str, texts: Texts) -> str:
    """What a reader calls an outcome; "low" is a risk here and not a laboratory's verdict."""
    key = f"outcome_{stage}"
    return texts(key) if key in texts.texts else label(stage, texts.language)


def sources_html(result: StagingResult, texts: Texts) -> Html:
    """The papers behind the rules, with links."""
    heading = element("h2", texts("staging_sources"))
    entries = [element("li", source.text, *_links(source)) for source in result.sources]
    rule = element("p", texts("staging_by_rule"), class_="mm-quiet")
    papers = element("ul", *entries, class_="mm-references")
    return element("section", heading, papers, rule, class_="mm-papers", lang=texts.language)


def _links(source: Source) -> list[Html]:
    reference = Reference(0, source.text, source.pmid or None, source.doi or None)
    return [join([" ", link]) for link in reference_links(reference)]
