"""Does the gate notice when the assistant gets worse? Four regressions are planted in it, one at a time.

python -m evals.gate.planted        the shipped gate on the default index, whole and with each regression

Exit code: 0 the gate is green without and red with every one of them; 1 otherwise; 2 misuse.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant, extractive
from assistant.library import open_default_index
from assistant.sufficiency import judge
from evals.gate.thresholds import Gate, failures, read_gate
from evals.gold.questions import BadGold
from evals.reporting.run_report import judge_directory
from evals.runs.asking import ask_all
from evals.systems.assistant import AssistantUnderTest
from index import Index, IndexProblem
from index.lexical import LexicalIndex

_DIGIT = re.compile(r"(?<![\d\[])\d(?![\d\]]*\])")


def with_wrong_citations(answer: Answer) -> Answer:
    """Every marker stands for the span of the next one."""
    moved = answer.citations[1:] + answer.citations[:1]
    citations = tuple(replace(b, marker=a.marker) for a, b in zip(answer.citations, moved, strict=True))
    return replace(answer, citations=citations)


def with_swapped_numbers(answer: Answer) -> Answer:
    """The first digit of every sentence is another one."""

    def swapped(text: str) -> str:
        return _DIGIT.sub(lambda m: str((int(m[0]) + 1) % 10), text, count=1)

    text = answer.text
    for sentence in answer.sentences:
        text = text.replace(sentence.text, swapped(sentence.text))
    sentences = tuple(replace(s, text=swapped(s.text)) for s in answer.sentences)
    return replace(answer, text=text, sentences=sentences)


def _never_abstaining(*given: Any) -> Any:
    found = _JUDGE(*given)
    return replace(found, verdict="answered", missing=(), open_clauses=frozenset())


_JUDGE = judge


@contextmanager
def _stands_in(owner: Any, name: str, new: Any) -> Iterator[None]:
    old = getattr(owner, name)
    setattr(owner, name, new)
    try:
        yield
    finally:
        setattr(owner, name, old)


def _asking(changed: Any) -> Any:
    whole = Assistant.ask

    def ask(self: Assistant, *given: Any, **named: Any) -> Answer:
        answer: Answer = changed(whole(self, *given, **named))
        return answer

    return ask


# Where each is planted, under which name, and what stands there instead.
PLANTS: Mapping[str, tuple[Any, str, Any]] = {
    "lexical leg off": (LexicalIndex, "search", lambda self, *given: []),
    "wrong citation": (Assistant, "ask", _asking(with_wrong_citations)),
    "swapped number": (Assistant, "ask", _asking(with_swapped_numbers)),
    "abstention off": (extractive, "judge", _never_abstaining),
}


def missed_thresholds(index: Index, gate: Gate, plant: str = "") -> list[str]:
    """What the gate says about the assistant, as it is or with something planted in it.

    Raises:
        RuntimeError: it crashes, so that a red gate would prove nothing about what was planted.
    """
    with tempfile.TemporaryDirectory(prefix="myeloma-planted-") as name:
        directory = Path(name) / "run"

        def opener() -> AssistantUnderTest:
            return AssistantUnderTest(Assistant(index))

        if plant:
            with _stands_in(*PLANTS[plant]):
                ask_all(opener, gate.questions, directory, gate.gold)
        else:
            ask_all(opener, gate.questions, directory, gate.gold)
        reported = judge_directory(directory)
        if crashed := next((j for j in reported.judged if j.failed), None):
            raise RuntimeError(f"{plant or 'as it is'}: {crashed.question.id}: {crashed.answer.error}")
        return failures(gate, reported.results)


def main() -> int:
    """Plant and look; see the module."""
    try:
        index, gate = open_default_index(), read_gate()
    except (BadGold, IndexProblem, OSError) as error:
        print(f"evals.gate.planted: {error}", file=sys.stderr)
        return 2
    code = 0
    for plant in ("", *PLANTS):
        missed = missed_thresholds(index, gate, plant)
        print(f"{plant or 'as it is'}: {'red' if missed else 'green'}")
        for line in missed:
            print(f"  {line}")
        if bool(missed) != bool(plant):
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
