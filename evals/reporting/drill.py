"""One question of the report: what was asked and said, and the verdict on each sentence and nugget."""

from __future__ import annotations

from html import escape

from evals.metrics.register import metrics
from evals.reporting.words import Language, cell, number, table, words
from evals.results.verdicts import Judged


def item(judged: Judged, language: Language) -> str:
    """A folded block; what went wrong is named in its summary."""
    told = words(language)
    wrong = troubles(judged, language)
    kind, text = ("bad", f"✗ {', '.join(wrong)}") if wrong else ("good", "✓")
    mark = f'<span class="{kind}">{escape(text)}</span>'
    question = escape(judged.question.turns[-1])
    return (
        f'<details id="q-{escape(judged.question.id)}"><summary><code>{escape(judged.question.id)}</code>'
        f" {question} {mark}</summary>\n{body(judged, language)}</details>"
    ).replace("<summary><code>", f'<summary title="{escape(told["question"])}"><code>', 1)


def body(judged: Judged, language: Language) -> str:
    """Everything about one answer."""
    told, answer = words(language), judged.answer
    parts = [f"<p>{escape(turn)}</p>" for turn in judged.question.turns]
    parts.append(f'<p class="soft">{escape(told["status"])}: {escape(answer.status)}</p>')
    if answer.error:
        parts.append(f'<p class="bad">{escape(told["error"])}: {escape(answer.error)}</p>')
    if answer.text:
        parts.append(f'<div class="answer">{escape(answer.text)}</div>')
    if judged.nuggets:
        rows = [
            cell(n.note) + cell(told[n.importance]) + _found(n.found, language) + cell(n.where)
            for n in judged.nuggets
        ]
        parts.append(table((told["nuggets"], told["importance"], told["verdict"], told["where"]), rows))
    if judged.sentences:
        parts.append(_sentences(judged, language))
    shown = [
        f"{metrics()[name].title[language]} {number(value, metrics()[name].unit)}"
        for name, value in judged.scores.items()
    ]
    parts.append(f'<p class="soft">{escape(" · ".join(shown))}</p>')
    return "\n".join(parts)


def _found(found: bool, language: Language) -> str:
    return cell(words(language)["found" if found else "missing"], "good" if found else "bad")


def _sentences(judged: Judged, language: Language) -> str:
    told, cited = words(language), judged.answer.cited
    rows = []
    for verdict in judged.sentences:
        quotes = "<br>".join(
            f"[{n}] <q>{escape(cited[n].quote)}</q>"
            f' <span class="soft">{escape(" / ".join(cited[n].section_path))}</span>'
            if n in cited
            else f"[{n}]"
            for n in verdict.citations
        )
        word, kind = ("supported", "good") if verdict.supported else ("unsupported", "bad")
        rows.append(f"{cell(verdict.text)}<td>{quotes}</td>{cell(told[word], kind)}{cell(verdict.reason)}")
    return table((told["sentence"], told["cited"], told["verdict"], told["reason"]), rows)


def troubles(judged: Judged, language: Language) -> list[str]:
    """Titles of the measures in which an answer fell short of what is right."""
    wrong = [words(language)["failed"]] if judged.failed else []
    for name, value in judged.scores.items():
        metric = metrics()[name]
        if metric.unit or not metric.better or metric.group == "retrieval":
            continue
        if value < 1.0 if metric.better > 0 else value > 0.0:
            wrong.append(metric.title[language])
    return wrong
