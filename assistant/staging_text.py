"""A staging result in the reader's words: what the chat writes, and the parts that other views lay out."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.messages import message
from assistant.presentation import escape
from assistant.staging.messages import label
from assistant.staging.result import Criterion, StagingResult
from assistant.types import Audience, Language

COLUMNS = ("finding", "value", "verdict", "rule")
"""The columns of the criteria, in order; see ``column`` for their names and ``cells`` for a row."""


def told(result: StagingResult, language: Language, audience: Audience) -> str:
    """The result as Markdown: the outcome first, then every criterion, what is missing, and what to know."""
    lines = [f"**{headline(result, language)}**"]
    if result.criteria:
        lines += ["", _row(column(name, language) for name in COLUMNS), "| --- " * len(COLUMNS) + "|"]
        for criterion in result.criteria:
            lines.append(_row(escape(cell).replace("|", "/") for cell in cells(criterion, language)))
    if result.missing:
        lines += ["", escape(missing(result, language))]
    lines += [f"\n{escape(p.text(language))}" for p in result.problems]
    lines += [f"\n{escape(n.text(language))}" for n in result.notes]
    if audience == "patient":
        lines += ["", message(language, "stage_patient")]
    lines += ["", escape(message(language, "stage_rule", source=result.sources[0].cited))]
    return "\n".join(lines)


def headline(result: StagingResult, language: Language) -> str:
    """The stage, the stages that are left, or that there is none."""
    if not result.applicable:
        return message(language, "stage_not_applicable", system=result.name)
    if result.stage:
        return message(language, "stage_settled", system=result.name, stage=result.stage)
    if result.possible:
        stages = " / ".join(result.possible)
        return message(language, "stage_open", system=result.name, stages=stages)
    return message(language, "stage_undetermined", system=result.name)


def column(name: str, language: Language) -> str:
    """The heading of one of ``COLUMNS``."""
    return message(language, f"stage_column_{name}")


def cells(criterion: Criterion, language: Language) -> tuple[str, str, str, str]:
    """Finding, value with unit, verdict and rule of a criterion."""
    key = {True: "stage_met", False: "stage_not_met", None: "stage_unknown"}[criterion.met]
    value = f"{label(criterion.value, language)} {criterion.unit}".strip()
    rule = criterion.rule_text(language)
    return label(criterion.name, language), value, message(language, key), rule


def missing(result: StagingResult, language: Language) -> str:
    """One line that names what is missing; empty when nothing is."""
    names = ("、" if language == "zh" else ", ").join(label(m, language) for m in result.missing)
    return message(language, "stage_missing", what=names) if names else ""


def outcomes(result: StagingResult, language: Language) -> str:
    """Survival in the cited cohort for the stages that are left, with endpoint and n; "" for none."""
    lines = []
    for figure in result.figures:
        unit = message(language, "stage_months") if figure.unit == "months" else figure.unit
        endpoint = figure.endpoint_zh if language == "zh" else figure.endpoint
        n = f"{figure.n:,}" if figure.n else "–"
        said = {"stage": figure.stage, "endpoint": endpoint, "value": f"{figure.value}{unit}", "n": n}
        lines.append(message(language, "stage_outcome", **said))
    head = message(language, "stage_outcomes", system=result.name)
    return escape("\n".join([head, *(f"- {line}" for line in lines)])) if lines else ""


def _row(texts: Iterable[str]) -> str:
    return "| " + " | ".join(texts) + " |"
