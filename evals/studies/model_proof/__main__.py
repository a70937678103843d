"""What verification costs a language model that is right, and stops of one that is wrong.

python -m evals.studies.model_proof evals/studies/model_proof/answers/by-hand.jsonl [--index DIR] [--lost]

The answers were written by hand as a good model would word them, from the passages that it is given. They
are said by a scripted model; then each sentence of them is said again with one thing wrong. Exit code: 0
nothing wrong was shown; 1 something was; 2 misuse.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant import Assistant
from assistant.language_model.exchange import Deadline, Message, Reply
from assistant.language_model.settings import Settings
from assistant.language_model.trace import Dropped
from assistant.language_model.writing import ModelWriter
from assistant.library import open_default_index
from assistant.types import Answer, Audience, Language
from evals.studies.model_proof.mutations import mutated
from index import Index, IndexProblem

_CITED = re.compile(r"«(.+?)»")
_LINE = re.compile(r"\[(\d+)\] ")


@dataclass(frozen=True, slots=True)
class Said:
    """A question and what a right model answers; "«words»" cites the passage that has them."""

    language: Language
    audience: Audience
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was measured. ``sentences`` right ones were said, ``lost`` of them dropped; of ``wrong``
    sentences ``shown`` reached the reader (question, sentence). Times in milliseconds."""

    questions: int
    sentences: int
    lost: tuple[Dropped, ...]
    tokens_in: tuple[int, ...]
    tokens_out: tuple[int, ...]
    checks_ms: tuple[float, ...]
    added_ms: tuple[float, ...]
    wrong: int
    shown: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]


class ScriptedChat:
    """Says ``text``, with "«words»" as the number of the passage that has them."""

    name = "scripted:by-hand"

    def __init__(self) -> None:
        self.text = ""

    def stream(
        self, messages: Sequence[Message], deadline: Deadline, reply: Reply, tools: bool = False
    ) -> Iterator[str]:
        """The text in small pieces, as an endpoint streams it."""
        reply.attempts = 1
        lines = [line for message in messages for line in message.text.splitlines() if _LINE.match(line)]
        text = _CITED.sub(lambda match: _marker(match.group(1), lines), self.text)
        for start in range(0, len(text), 6):
            yield text[start : start + 6]


def _marker(words: str, lines: Sequence[str]) -> str:
    found = next((line for line in lines if words in line), "")
    match = _LINE.match(found)
    return f"[{match.group(1)}]" if match else "[0]"


def load_said(path: Path) -> list[Said]:
    """The answers of a file, one JSON object a line."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [Said(row["language"], row["audience"], row["question"], row["answer"]) for row in rows]


def prove(index: Index, said: Sequence[Said]) -> Proof:
    """Let the scripted model say everything, right and wrong."""
    chat = ScriptedChat()
    settings = Settings(llm=chat.name, llm_repair=False, llm_deadline=600)
    assistant, plain = Assistant(index, ModelWriter(chat, settings)), Assistant(index)
    lost: list[Dropped] = []
    tokens_in: list[int] = []
    tokens_out: list[int] = []
    checks: list[float] = []
    added: list[float] = []
    unused: list[str] = []
    shown: list[tuple[str, str]] = []
    sentences = wrong = 0
    for case in said:
        without = _timed(plain, case)[1]
        chat.text = case.answer
        answer, took = _timed(assistant, case)
        trace = answer.model
        if trace is None:
            unused.append(case.question)
            continue
        if not trace.used:
            unused.append(case.question)
        sentences += trace.kept + len(trace.dropped)
        lost += trace.dropped
        tokens_in += [call.tokens_in for call in trace.calls]
        tokens_out += [call.tokens_out for call in trace.calls]
        checks += trace.checks_ms
        added.append(took - without)
        for sentence in mutated(case.answer):
            wrong += 1
            chat.text = sentence
            trace = _timed(assistant, case)[0].model
            if trace is not None and trace.kept:
                shown.append((case.question, sentence))
    return Proof(
        len(said), sentences, tuple(lost), tuple(tokens_in), tuple(tokens_out), tuple(checks), tuple(added),
        wrong, tuple(shown), tuple(unused),
    )  # fmt: skip


def _timed(assistant: Assistant, case: Said) -> tuple[Answer, float]:
    started = time.perf_counter()
    answer = assistant.ask(case.question, case.audience, case.language)
    return answer, (time.perf_counter() - started) * 1000


def report(proof: Proof, details: bool) -> Iterator[str]:
    """The measured figures, a line each."""
    kept = proof.sentences - len(proof.lost)
    yield f"questions {proof.questions}, the model's answer not used for {len(proof.unused)}"
    yield f"right sentences shown {kept} of {proof.sentences} ({kept / max(1, proof.sentences):.1%})"
    quoted = sum(d.replaced == "source" for d in proof.lost)
    told = kept + quoted
    yield f"with the source's own words for what was lost {told} ({told / max(1, proof.sentences):.1%})"
    yield f"wrong sentences shown {len(proof.shown)} of {proof.wrong}"
    yield f"tokens a question: in {_spread(proof.tokens_in)}, out {_spread(proof.tokens_out)}"
    yield f"verification of a sentence, ms: {_spread(proof.checks_ms)}"
    yield f"added to an answer besides the model itself, ms: {_spread(proof.added_ms)}"
    if details:
        yield from (f"lost: {d.reason} {d.detail}: {d.text}" for d in proof.lost)
        yield from (f"shown: {sentence}  ({question})" for question, sentence in proof.shown)
        yield from (f"not used: {question}" for question in proof.unused)


def _spread(values: Sequence[float]) -> str:
    if not values:
        return "-"
    p50, p99 = np.quantile(np.asarray(values, dtype=np.float64), [0.5, 0.99])
    return f"p50 {p50:.1f}, p99 {p99:.1f} (n={len(values)})"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure; see the module."""
    parser = argparse.ArgumentParser(prog="evals.studies.model_proof", description=__doc__)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--index", type=Path, help="index directory (default: the default index)")
    parser.add_argument("--lost", action="store_true", help="list what was lost and what was shown")
    args = parser.parse_args(argv)
    try:
        index = Index.open(args.index) if args.index else open_default_index()
        said = load_said(args.answers)
    except (IndexProblem, OSError, ValueError, KeyError) as error:
        print(f"evals.studies.model_proof: {error}", file=sys.stderr)
        return 2
    proof = prove(index, said)
    print("\n".join(report(proof, args.lost)))
    return 1 if proof.shown else 0


if __name__ == "__main__":
    sys.exit(main())
