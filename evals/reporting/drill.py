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
        f"<details><summary><code>{escape(judged.question.id)}</code> {question} {mark}</summary>\n"
        # Inside, so that a link to it opens the block.
        f'<div id="q-{escape(judged.question.id)}">{body(judged, language)}</div></details>'
    ).replace("<summary><code>", f'<summary title="{escape(told["question"])}"><code>', 1)


def body(judged: Judged, language: Language) -> str:
    """Everything about one answer."""
    told, answer = words(language), judged.answer
    parts = [f"<p>{escape(turn)}</p>" for turn in judged.question.turns]
    right = ", ".join(sorted(judged.question.status))
    status = f"{told['status']}: {answer.status} ({told['right']}: {right})"
    parts.append(f'<p class="soft">{escape(status)}</p>')
    if answer.error:
        parts.append(f'<p class="bad">{escape(told["error"])}: {escape(answer.error)}</p>')
    if answer.text:
        parts.append(f'<div class="answer">{escape(answer.text)}</div>')
    if judged.nuggets:
        rows = [
            cell(n.note) + cell(told[n.importance]) + _found(n.found, language) + cell(n.where)
            + cell(fact.spans[0].quote if fact.spans else "–", "soft")
            for n, fact in zip(judged.nuggets, judged.question.facts, strict=True)
        ]  # fmt: skip
        head = (told["nuggets"], told["importance"], told["verdict"], told["where"], told["wanted"])
        parts.append(table(head, rows))
    if judged.sentences:
        parts.append(_sentences(judged, language))
    why = [
        f'<th scope="row">{escape(metrics()[name].title[language])}</th>'
        + cell(number(judged.scores[name], metrics()[name].unit), "num")
        + cell(judged.reasons.get(name, ""))
        for name in short_of(judged)
    ]
    if why:
        parts.append(table((told["measure"], told["number"], told["why"]), why, frozenset({1})))
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
    failed = [words(language)["failed"]] if judged.failed else []
    return [*failed, *(metrics()[name].title[language] for name in short_of(judged))]


def short_of(judged: Judged) -> list[str]:
    """The measures of one answer that are not as right as can be; those of retrieval are left out."""
    short = []
    for name, value in judged.scores.items():
        metric = metrics()[name]
        if metric.unit or not metric.better or metric.group == "retrieval":
            continue
        if value < 1.0 if metric.better > 0 else value > 0.0:
            short.append(name)
    return short
