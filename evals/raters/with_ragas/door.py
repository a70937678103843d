"""The only module that imports ragas (explodinggradients/ragas, Apache-2.0), and only when asked to.

Its measures without a language model compare strings by characters and ids by equality, so Chinese needs
no words; those with one ask it in ragas' own English prompts.
"""

from __future__ import annotations

import asyncio
import importlib
import math
import os
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.raters.model_judge import Ask
from evals.raters.with_ragas.samples import Sample

INSTALL = 'pip install -e ".[ragas]"'
# Our name for each → the class of ragas.metrics and its settings.
OFFLINE: dict[str, tuple[str, dict[str, str]]] = {
    "non_llm_context_recall": ("NonLLMContextRecall", {}),
    "non_llm_context_precision": ("NonLLMContextPrecisionWithReference", {}),
    "id_based_context_recall": ("IDBasedContextRecall", {}),
    "id_based_context_precision": ("IDBasedContextPrecision", {}),
}
WITH_MODEL: dict[str, tuple[str, dict[str, str]]] = {
    "faithfulness": ("Faithfulness", {}),
    "context_recall": ("ContextRecall", {}),
    # The reference is a list of facts: what an answer says besides is no mistake.
    "factual_correctness": ("FactualCorrectness", {"mode": "recall"}),
}


class RagasUnavailable(Exception):
    """ragas is not installed, or not with what it needs; the message has the command."""


@dataclass(frozen=True, slots=True)
class Measured:
    """``values`` has a number for each sample, None where ragas gave none; ``failed`` of them because a
    reply did not come or could not be read."""

    values: tuple[float | None, ...]
    failed: int


def version() -> str:
    """The version that is installed.

    Raises:
        RagasUnavailable: see there.
    """
    return str(_library("ragas").__version__)


def measure(name: str, samples: Sequence[Sample], ask: Ask | None = None) -> Measured:
    """One of ragas' measures of every sample; ``ask`` is the language model that ``WITH_MODEL`` needs.

    Raises:
        RagasUnavailable: see there.
    """
    class_name, options = (OFFLINE | WITH_MODEL)[name]
    dataset, errors = _library("ragas.dataset_schema"), _library("ragas.exceptions")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # ragas announces a new home of its measures
        metric = getattr(_library("ragas.metrics"), class_name)(**options)
        if ask is not None:
            metric.llm = _judge(ask)
        lost = (errors.RagasException, OSError, ValueError, KeyError)
        samples_ = [dataset.SingleTurnSample(**_fields(sample)) for sample in samples]
        return asyncio.run(_scores(metric, samples_, lost))


async def _scores(metric: Any, samples: Sequence[Any], lost: tuple[type[Exception], ...]) -> Measured:
    values: list[float | None] = []
    failed = 0
    for sample in samples:
        try:
            value = float(await metric.single_turn_ascore(sample))
        except lost:  # one lost reply must not lose the others
            failed += 1
            value = math.nan
        values.append(None if math.isnan(value) else value)
    return Measured(tuple(values), failed)


def _fields(sample: Sample) -> dict[str, object]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(sample).items()}


def _judge(ask: Ask) -> Any:
    """``ask`` as a language model of ragas: its class is only known when it is imported."""
    base, outputs = (
        _library("ragas.llms.base").BaseRagasLLM,
        importlib.import_module("langchain_core.outputs"),
    )

    def generate_text(self: Any, prompt: Any, n: int = 1, **_: object) -> Any:
        texts = [ask([{"role": "user", "content": prompt.to_string()}]) for _ in range(n)]
        return outputs.LLMResult(generations=[[outputs.Generation(text=text) for text in texts]])

    async def agenerate_text(self: Any, prompt: Any, n: int = 1, **_: object) -> Any:
        return await asyncio.to_thread(generate_text, self, prompt, n)

    methods = {
        "generate_text": generate_text,
        "agenerate_text": agenerate_text,
        "is_finished": lambda self, response: True,
    }
    # The endpoint tries again by itself; ten more tries of ragas would take minutes.
    once = _library("ragas.run_config").RunConfig(max_retries=1, max_wait=1)
    judge: Callable[..., Any] = type("ConfiguredModel", (base,), methods)
    return judge(run_config=once)


def _library(name: str) -> Any:
    os.environ.setdefault("RAGAS_DO_NOT_TRACK", "true")  # it would report each use to its makers
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except ImportError as error:
        raise RagasUnavailable(f"ragas cannot be imported ({error}): {INSTALL}") from error
