"""A sheet for human raters, and their agreement with the checks.

Each sentence of an answer is scored 100 (right and complete), 80 (right, not quite complete) or 0 (wrong or
unsupported); each citation 25 (supports it), 20 (supports it in part) or 0. The sheet is a CSV, or an HTML
page to read and print beside it; several raters fill copies, which come back with ``agreement``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import combinations
from pathlib import Path

from evals.reporting.words import Language, cell, page, table
from evals.results.verdicts import Judged

SENTENCE_SCORES, CITATION_SCORES = (100, 80, 0), (25, 20, 0)
COLUMNS = ("id", "sentence", "citation", "question", "text", "quote", "score")
_HEAD = {
    "zh": ("", "问题", "句子", "所引原文", "评分"),
    "en": ("", "question", "sentence", "citation", "score"),
}
_KEY = ("id", "sentence", "citation")


class BadSheet(Exception):
    """A filled sheet cannot be used; the message names file, line and reason."""


Key = tuple[str, int, int]  # id, number of the sentence, marker of the citation or 0 for the sentence itself


@dataclass(frozen=True, slots=True)
class Agreement:
    """How raters and checks agree.

    ``kappa`` is Cohen's between two raters, mean over pairs of raters, on the exact score; None for one
    rater. ``same`` is the share of scores on which a rater (score above 0) and the checks (supported) agree,
    ``kappa_checks`` the same beyond chance. ``mean_sentence`` is of 100, ``mean_citation`` of 25.
    """

    raters: int
    scores: int
    kappa: float | None
    same: float
    kappa_checks: float | None
    mean_sentence: float | None
    mean_citation: float | None


def rows(judged: Sequence[Judged]) -> list[tuple[str, ...]]:
    """What is to be scored, in order; ``score`` is empty."""
    found: list[tuple[str, ...]] = []
    for j in judged:
        asked = " / ".join(j.question.turns)
        for number, verdict in enumerate(j.sentences, 1):
            found.append((j.question.id, str(number), "0", asked, verdict.text, "", ""))
            for marker in verdict.citations:
                quote = j.answer.cited[marker].quote if marker in j.answer.cited else ""
                found.append((j.question.id, str(number), str(marker), asked, verdict.text, quote, ""))
    return found


def sheet_csv(judged: Sequence[Judged], scores: Mapping[Key, int] | None = None) -> str:
    """The sheet for a spreadsheet; a text that looks like a formula gets a quotation mark before it.

    It is empty but for the ``scores`` that are given.
    """
    given = scores or {}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for *row, _ in rows(judged):
        id_, number, marker = row[:3]
        row.append(str(given.get((id_, int(number), int(marker)), "")))
        writer.writerow([f"'{text}" if re.match(r"[=+@-]", text) and len(text) > 1 else text for text in row])
    return out.getvalue()


def sheet_html(judged: Sequence[Judged], language: Language) -> str:
    """The same to read and print, with boxes to tick."""
    title = "评分表" if language == "zh" else "Rating sheet"
    lines = []
    for id_, number, marker, asked, text, quote, _ in rows(judged):
        scores = SENTENCE_SCORES if marker == "0" else CITATION_SCORES
        boxes = " ".join(f"☐ {score}" for score in scores)
        lines.append(cell(f"{id_} {number}.{marker}") + cell(asked) + cell(text) + cell(quote) + cell(boxes))
    return page(language, title, f"<main><h1>{escape(title)}</h1>{table(_HEAD[language], lines)}</main>")


def read_sheet(path: Path) -> dict[Key, int]:
    """The scores of one rater; what is not scored is left out.

    Raises:
        BadSheet: it has not the columns of the sheet, or a score is none of those allowed.
    """
    scores: dict[Key, int] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if not set(_KEY) | {"score"} <= set(reader.fieldnames or ()):
            raise BadSheet(f"{path}: needs the columns {', '.join((*_KEY, 'score'))}")
        for row in reader:
            written = (row["score"] or "").strip()
            if not written:
                continue
            allowed = SENTENCE_SCORES if row["citation"] == "0" else CITATION_SCORES
            if written not in {str(score) for score in allowed}:
                raise BadSheet(f"{path}:{reader.line_num}: score {written!r} is none of {allowed}")
            scores[row["id"], int(row["sentence"]), int(row["citation"])] = int(written)
    return scores


def agreement(judged: Sequence[Judged], raters: Sequence[Mapping[Key, int]]) -> Agreement:
    """How the filled sheets agree with each other and with the checks."""
    checks = verdicts(judged)
    pairs = [
        kappa([a[key] for key in shared], [b[key] for key in shared])
        for a, b in combinations(raters, 2)
        if (shared := [key for key in a if key in b])
    ]
    given = [(key, score) for rater in raters for key, score in rater.items() if key in checks]
    human, ours = [score > 0 for _, score in given], [checks[key] for key, _ in given]
    told = [k for k in pairs if k is not None]
    sentences = [score for (_, _, marker), score in given if marker == 0]
    citations = [score for (_, _, marker), score in given if marker]
    return Agreement(
        len(raters),
        len(given),
        sum(told) / len(told) if told else None,
        sum(a == b for a, b in zip(human, ours, strict=True)) / len(given) if given else 0.0,
        kappa(human, ours) if given else None,
        sum(sentences) / len(sentences) if sentences else None,
        sum(citations) / len(citations) if citations else None,
    )


def verdicts(judged: Sequence[Judged]) -> dict[Key, bool]:
    """What the checks say about each line of the sheet."""
    found: dict[Key, bool] = {}
    for j in judged:
        for number, verdict in enumerate(j.sentences, 1):
            found[j.question.id, number, 0] = verdict.supported
            for marker, precise in zip(verdict.citations, verdict.precise, strict=False):
                found[j.question.id, number, marker] = precise
    return found


def kappa(ours: Sequence[object], theirs: Sequence[object]) -> float | None:
    """Cohen's kappa; None where both only ever gave one and the same score."""
    n = len(ours)
    observed = sum(a == b for a, b in zip(ours, theirs, strict=True)) / n
    expected = sum((list(ours).count(v) / n) * (list(theirs).count(v) / n) for v in set(ours) | set(theirs))
    return None if expected == 1 else (observed - expected) / (1 - expected)
