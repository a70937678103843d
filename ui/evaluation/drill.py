"""One question of a run: the answer, its sentences, what they cite, and the verdict on each."""

from __future__ import annotations

from evals.metrics.register import metrics
from evals.reporting.drill import troubles
from evals.reporting.words import number, words
from evals.results.verdicts import Judged
from ui.evaluation.tables import table_html
from ui.safe_html import Html, element, join
from ui.strings import Texts


def name_of(judged: Judged, texts: Texts) -> str:
    """A line for a list: whether it fell short in anything, its id, and the question."""
    mark = "✗" if troubles(judged, texts.language) else "✓"
    return f"{mark} {judged.question.id} · {judged.question.turns[-1]}"


def drill_html(judged: Judged, texts: Texts, side: str = "") -> Html:
    """Everything about one answer; ``side`` tells two of them apart on one page."""
    told, answer = words(texts.language), judged.answer
    key = f"status_{answer.status}"
    status = texts(key) if key in texts.texts else answer.status
    lines = [
        *(element("div", turn, class_="mm-question") for turn in judged.question.turns),
        element("p", f"{told['status']}: {status}", class_="mm-quiet"),
    ]
    if answer.error:
        lines.append(element("p", f"{told['error']}: {answer.error}", class_="mm-error"))
    if wrong := troubles(judged, texts.language):
        lines.append(element("p", f"✗ {', '.join(wrong)}", class_="mm-outcome mm-unsettled"))
    if answer.text:
        lines += [element("h3", told["answer"]), element("div", answer.text, class_="mm-verbatim")]
    if judged.sentences:
        lines += [element("h3", told["sentence"]), _sentences(judged, side, texts)]
    if judged.nuggets:
        lines += [element("h3", told["nuggets"]), _nuggets(judged, side, texts)]
    scores = [
        f"{metrics()[name].title[texts.language]} {number(value, metrics()[name].unit)}"
        for name, value in judged.scores.items()
    ]
    reasons = [
        element("li", f"{metrics()[name].title[texts.language]}: {reason}")
        for name, reason in judged.reasons.items()
        if name in metrics()
    ]
    lines += [element("p", " · ".join(scores), class_="mm-quiet"), element("ul", *reasons)]
    return element("div", *lines, class_="mm-pane", lang=texts.language)


def _sentences(judged: Judged, side: str, texts: Texts) -> Html:
    told = words(texts.language)
    rows = []
    for verdict in judged.sentences:
        word = ("✓ ", "supported") if verdict.supported else ("✗ ", "unsupported")
        cited = join([_cited(judged, marker) for marker in verdict.citations])
        rows.append((verdict.text, cited, word[0] + told[word[1]], verdict.reason))
    head = (told["sentence"], told["cited"], told["verdict"], told["reason"])
    return table_html(head, rows, f"{told['sentence']} {side}".strip(), texts)


def _cited(judged: Judged, marker: int) -> Html:
    """The words that a marker stands for, and where they are in which source."""
    quoted = judged.answer.cited.get(marker)
    if quoted is None:
        return element("p", f"[{marker}]")
    place = " › ".join(quoted.section_path)
    where = f"{quoted.source_id} {quoted.start}–{quoted.end}" if quoted.source_id else ""
    about = element("small", " · ".join(part for part in (place, where) if part))
    return element("div", element("p", f"[{marker}] ", element("mark", quoted.quote)), about)


def _nuggets(judged: Judged, side: str, texts: Texts) -> Html:
    told = words(texts.language)
    rows = [
        (n.note, told[n.importance], f"✓ {told['found']}" if n.found else f"✗ {told['missing']}", n.where)
        for n in judged.nuggets
    ]
    head = (told["nuggets"], told["importance"], told["verdict"], told["where"])
    return table_html(head, rows, f"{told['nuggets']} {side}".strip(), texts)
