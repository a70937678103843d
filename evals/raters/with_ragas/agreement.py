"""ragas' measures of a run, and how often they say the same as the offline checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from assistant.language_model.client import ChatModel
from assistant.language_model.exchange import Deadline, Message, ModelFailed, Reply
from assistant.language_model.settings import read_settings
from evals.raters.model_judge import Ask
from evals.raters.sheet import kappa
from evals.raters.with_ragas import door
from evals.raters.with_ragas.samples import sample_of
from evals.results.verdicts import Judged
from evals.systems.base import Unavailable

_ALL = 0.999  # ragas adds 1e-10 to a denominator
# ragas' measure → ours of the same thing, and from where on each counts as a yes.
COMPARED: dict[str, tuple[str, float]] = {
    "non_llm_context_recall": ("recall_10", _ALL),
    "non_llm_context_precision": ("mrr_10", 0.5),
    "id_based_context_recall": ("recall_10", _ALL),
    "id_based_context_precision": ("mrr_10", 0.0),
    "faithfulness": ("claim_support", _ALL),
    "context_recall": ("recall_10", _ALL),
    "factual_correctness": ("nuggets_vital", 0.5),
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """One measure of ragas beside ours of the same thing, over the ``n`` answers that have both.

    ``failed``: lost replies of the model, in no mean. ``same``: share of answers of which both say yes
    (reaching ``at``, or being above 0 where it is 0) or both no; ``kappa`` beyond chance, None where both
    only ever said one thing.
    """

    ragas: str
    ours: str
    at: float
    n: int
    failed: int
    mean_ragas: float | None
    mean_ours: float | None
    same: float | None
    kappa: float | None


def configured_model() -> Ask:
    """The chat model of the settings (``MYELOMA_LLM``).

    Raises:
        evals.systems.base.Unavailable: none is set.
        assistant.language_model.problems.SettingsProblem: what is set cannot be used.
    """
    settings = read_settings()
    if not settings.llm:
        raise Unavailable("no language model is configured; set MYELOMA_LLM or name one with --model")
    chat = ChatModel(settings)

    def ask(messages: Sequence[dict[str, str]]) -> str:
        told = [Message("user", message["content"]) for message in messages]
        try:
            return "".join(chat.stream(told, Deadline(settings.llm_deadline), Reply()))
        except ModelFailed as failed:
            raise OSError(str(failed)) from failed

    return ask


def agreements(judged: Sequence[Judged], ask: Ask | None, limit: int) -> Iterable[Agreement]:
    """The measures without a model over all answers whose gold has spans and that retrieved something;
    with ``ask`` also the others, over at most ``limit`` answers, spread over the run.

    Raises:
        RagasUnavailable: it is not installed.
    """
    yield from (_compared(name, [j for j in judged if _retrieval(j)], None) for name in door.OFFLINE)
    if ask is None:
        return
    for name in door.WITH_MODEL:
        ours = COMPARED[name][0]
        cases = [j for j in judged if _retrieval(j) and ours in j.scores and not j.answer.abstained]
        chosen = [cases[i * len(cases) // limit] for i in range(limit)] if len(cases) > limit else cases
        yield _compared(name, chosen, ask)


def _retrieval(judged: Judged) -> bool:
    return "recall_10" in judged.scores


def _compared(name: str, judged: Sequence[Judged], ask: Ask | None) -> Agreement:
    measured = door.measure(name, [sample_of(j) for j in judged], ask)
    ours, at = COMPARED[name]
    both = [(r, j.scores[ours]) for r, j in zip(measured.values, judged, strict=True) if r is not None]
    yes = [[(v >= at if at else v > 0) for v in pair] for pair in both]
    theirs, own = [a for a, _ in yes], [b for _, b in yes]
    return Agreement(
        name,
        ours,
        at,
        len(both),
        measured.failed,
        fmean(r for r, _ in both) if both else None,
        fmean(o for _, o in both) if both else None,
        fmean(a == b for a, b in yes) if both else None,
        kappa(theirs, own) if both else None,
    )
