"""A judged answer → a sample as ragas reads it, so that both sides judge the same things."""

from __future__ import annotations

from dataclasses import dataclass

from evals.answers.stored import Retrieved
from evals.gold.questions import Span
from evals.metrics.retrieval import covers, units
from evals.results.verdicts import Judged

_DEPTH = 10  # as deep as our own measures of retrieval look


@dataclass(frozen=True, slots=True)
class Sample:
    """The fields of ragas' ``SingleTurnSample``, by its names."""

    user_input: str
    response: str
    reference: str
    retrieved_contexts: tuple[str, ...]
    reference_contexts: tuple[str, ...]
    retrieved_context_ids: tuple[str, ...]
    reference_context_ids: tuple[str, ...]


def sample_of(judged: Judged) -> Sample:
    """The sample of one answer.

    ragas wants every reference context; of gold's alternatives for a fact any is enough, so one of them
    stands for the fact: the first that was retrieved, else the first. Ids are compared by equality, spans
    by overlap: what covers a reference bears its id, and both ids where it covers two.
    """
    found = judged.answer.retrieved[:_DEPTH]
    wanted = [_one_of(spans, found) for spans in units(judged.question).values()]
    ids: list[str] = []
    for item in found:
        ids += [_id(span) for span in wanted if covers(item, span)] or [_id(item)]
    return Sample(
        user_input=judged.question.turns[-1],
        response=judged.answer.text,
        reference="；".join(fact.note for fact in judged.question.facts if fact.note),
        retrieved_contexts=tuple(item.text for item in found),
        reference_contexts=tuple(span.quote for span in wanted),
        retrieved_context_ids=tuple(dict.fromkeys(ids)),
        reference_context_ids=tuple(dict.fromkeys(map(_id, wanted))),
    )


def _one_of(spans: tuple[Span, ...], found: tuple[Retrieved, ...]) -> Span:
    return next((s for s in spans if any(covers(item, s) for item in found)), spans[0])


def _id(place: Span | Retrieved) -> str:
    if isinstance(place, Retrieved) and not place.source_id:
        return place.text
    return f"{place.source_id}:{place.start}-{place.end}"
