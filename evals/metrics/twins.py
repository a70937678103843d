"""Does the patient's answer say what the clinician's says? The same question, asked for both readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evals.answers.stored import StoredAnswer
from evals.gold.questions import GoldQuestion
from evals.metrics.base import Score

_TWIN = "@clinician"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DENIAL = re.compile(
    r"不(?!良|同|[仅僅])|[没沒]|[无無]|未|非(?!常)|勿|禁|避免|\b(?:not|no|never|without|cannot|avoid\w*)\b",
    re.IGNORECASE,
)


def with_twins(questions: Sequence[GoldQuestion]) -> list[GoldQuestion]:
    """Every question, and behind each of a patient the same as a clinician asks it."""
    asked = []
    for question in questions:
        asked.append(question)
        if question.audience == "patient":
            asked.append(replace(question, id=f"{question.id}{_TWIN}", audience="clinician"))
    return asked


def is_twin(id_: str) -> bool:
    """Whether an answer was only asked for to be compared."""
    return id_.endswith(_TWIN)


def twin_of(id_: str) -> str:
    """The id of the clinician's answer to a patient's question."""
    return f"{id_}{_TWIN}"


def twin_scores(patient: StoredAnswer, clinician: StoredAnswer) -> Iterator[Score]:
    """1 where both answer or both decline, and every span that both cite has the same numbers and denials."""
    if patient.abstained != clinician.abstained:
        yield Score("audience_equal", 0.0, f"{patient.status}, {clinician.status} for a clinician")
        return
    ours, theirs = _by_span(patient), _by_span(clinician)
    differing = [span for span in ours.keys() & theirs.keys() if fixed(ours[span]) != fixed(theirs[span])]
    reason = ours[min(differing)][:80] if differing else ""
    yield Score("audience_equal", float(not differing), reason)


def fixed(text: str) -> tuple[Counter[str], int]:
    """What must not change in a sentence: its numbers, and how many denials it has."""
    return Counter(_NUMBER.findall(text)), len(_DENIAL.findall(text))


def _by_span(answer: StoredAnswer) -> dict[tuple[str, int, int], str]:
    spans = {c.marker: (c.source_id, c.start, c.end) for c in answer.citations}
    told: dict[tuple[str, int, int], str] = {}
    for sentence in answer.sentences:
        if sentence.citations and sentence.citations[0] in spans:
            span = spans[sentence.citations[0]]
            told[span] = told.get(span, "") + sentence.text
    return told
