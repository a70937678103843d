"""A language model as judge of claim support, beside the offline checks: an optional second opinion.

Its prompt has a version, which goes into what is written, so that scores of two prompts are never mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.raters.sheet import kappa
from evals.results.verdicts import Judged

PROMPT_VERSION = "support-1"
_PROMPT = (
    "You check citations in medical text. Below are passages and one sentence, in Chinese or English. Reply"
    " with one word: SUPPORTED if the passages say everything that the sentence says (same numbers, units,"
    " negations, drugs and conditions), UNSUPPORTED otherwise.\n\nPassages:\n{passages}\n\n"
    "Sentence:\n{sentence}"
)
Ask = Callable[[Sequence[dict[str, str]]], str]


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """How often the model and the checks agree on cited sentences.

    ``unclear`` replies are neither of the two words, ``failed`` ones did not come; both are counted and in no
    share. ``kappa`` is the agreement beyond chance, None where both only ever said one thing.
    """

    prompt: str
    asked: int
    unclear: int
    failed: int
    supported_by_model: float | None
    supported_by_checks: float | None
    same: float | None
    kappa: float | None


def judge_sentences(judged: Sequence[Judged], ask: Ask, limit: int) -> SecondOpinion:
    """Ask a model about the cited sentences of a run, at most ``limit``, spread over it."""
    cases = [(j, v) for j in judged for v in j.sentences if v.citations]
    chosen = [cases[i * len(cases) // limit] for i in range(limit)] if len(cases) > limit else cases
    model: list[bool] = []
    checks: list[bool] = []
    unclear = failed = 0
    for j, verdict in chosen:
        quotes = [j.answer.cited[n].quote for n in verdict.citations if n in j.answer.cited]
        prompt = _PROMPT.format(passages="\n".join(quotes), sentence=verdict.text)
        try:
            reply = ask([{"role": "user", "content": prompt}]).strip().upper()
        # One lost reply must not lose the others; how many were lost is told.
        except (OSError, ValueError, KeyError):
            failed += 1
            continue
        if reply.startswith(("SUPPORTED", "UNSUPPORTED")):
            model.append(reply.startswith("SUPPORTED"))
            checks.append(verdict.supported)
        else:
            unclear += 1
    n = len(model)
    return SecondOpinion(
        PROMPT_VERSION,
        len(chosen),
        unclear,
        failed,
        sum(model) / n if n else None,
        sum(checks) / n if n else None,
        sum(a == b for a, b in zip(model, checks, strict=True)) / n if n else None,
        kappa(model, checks) if n else None,
    )
