"""A run and its gold → a verdict on every answer. The same bytes in, the same verdicts out."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from evals.answers.stored import StoredAnswer
from evals.gold.questions import GoldQuestion
from evals.metrics.base import Exhibit, Score
from evals.metrics.nuggets import NuggetVerdict, nugget_scores, nuggets
from evals.metrics.numbers import numeric_scores
from evals.metrics.places import place_scores
from evals.metrics.refusal import refusal_scores
from evals.metrics.retrieval import retrieval_scores
from evals.metrics.safety import safety_scores
from evals.metrics.staging import staging_scores
from evals.metrics.support import SentenceVerdict, sentences, support_scores
from evals.metrics.twins import is_twin, twin_of, twin_scores
from evals.metrics.wording import wording_scores
from evals.runs.directory import BadRun, Run

_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer with everything that was found about it; ``scores`` and ``reasons`` by measure."""

    question: GoldQuestion
    answer: StoredAnswer
    scores: Mapping[str, float]
    reasons: Mapping[str, str]
    nuggets: tuple[NuggetVerdict, ...]
    sentences: tuple[SentenceVerdict, ...]
    milliseconds: float | None = None

    @property
    def failed(self) -> bool:
        """Whether the system crashed on it."""
        return bool(self.answer.error)


def judge_run(run: Run, questions: Sequence[GoldQuestion], workers: int = 1) -> list[Judged]:
    """Judge every answer of a run, in its order.

    Raises:
        BadRun: the gold lacks a question of the run.
        evals.metrics.retrieval.MeasuresUnavailable: ir-measures is not installed.
    """
    by_id = {question.id: question for question in questions}
    exhibits = []
    for id_ in run.manifest.ids:
        if is_twin(id_):
            continue
        if id_ not in by_id:
            raise BadRun(f"{run.directory}: asked {id_!r}, which is not in the gold given; name its files")
        exhibits.append(Exhibit(by_id[id_], run.answers[id_], run.corpus))
    retrieved: dict[str, list[Score]] = {}
    for id_, score in retrieval_scores(exhibits):
        retrieved.setdefault(id_, []).append(score)
    judged = []
    for exhibit, (verdicts, told, scores) in zip(exhibits, _judge_all(exhibits, workers), strict=True):
        id_ = exhibit.question.id
        scores = [*scores, *retrieved.get(id_, ())]
        if twin := run.answers.get(twin_of(id_)):
            scores += twin_scores(exhibit.answer, twin)
        judged.append(
            Judged(
                exhibit.question,
                exhibit.answer,
                {s.metric: s.value for s in scores},
                {s.metric: s.reason for s in scores if s.reason},
                verdicts,
                told,
                run.milliseconds.get(id_),
            )
        )
    return judged


Verdicts = tuple[tuple[NuggetVerdict, ...], tuple[SentenceVerdict, ...], list[Score]]


def judge(exhibit: Exhibit) -> Verdicts:
    """The verdicts on one answer alone: its nuggets, its sentences, its scores."""
    found, told = nuggets(exhibit), sentences(exhibit)
    scores = [
        *(() if exhibit.question.staging else nugget_scores(found)),
        *place_scores(exhibit),
        *support_scores(told, exhibit),
        *numeric_scores(exhibit),
        *refusal_scores(exhibit),
        *staging_scores(exhibit),
        *safety_scores(exhibit),
        *wording_scores(exhibit),
    ]
    return found, told, scores


def _judge_all(exhibits: Sequence[Exhibit], workers: int) -> list[Verdicts]:
    if workers == 1 or len(exhibits) <= _CHUNK:
        return [judge(exhibit) for exhibit in exhibits]
    context = multiprocessing.get_context("spawn")
    parts = [exhibits[i : i + _CHUNK] for i in range(0, len(exhibits), _CHUNK)]
    with ProcessPoolExecutor(workers, context) as processes:
        return [verdicts for part in processes.map(_judge_part, parts) for verdicts in part]


def _judge_part(exhibits: Sequence[Exhibit]) -> list[Verdicts]:
    return [judge(exhibit) for exhibit in exhibits]
