"""Refits the numbers that the assistant's judgement and ranking rest on, from the dev split.

python -m evals.studies.calibration --source PAGE.md --date 2026-11-22 evals/gold/page-*.jsonl
python -m evals.studies.calibration --source PAGE.md --date 2026-11-22 --tune 600 evals/gold/page-*.jsonl

The first writes ``assistant/data/sufficiency.toml`` and ``kinds.tsv`` (with ``MYELOMA_SENTENCE_MODEL=off``
``sufficiency-without-sentences.toml`` alone), the second ``assistant/data/ranking.toml`` (fit the judgement
again after it). The held-out questions are not looked at.
"""

from __future__ import annotations

import argparse
import random
import sys
import textwrap
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from importlib.resources import files
from pathlib import Path

from assistant.kinds import FILE as KINDS
from assistant.ranking import ranking
from assistant.sufficiency import WITH_SENTENCES, WITHOUT_SENTENCES
from evals.gold.questions import BadGold
from evals.studies.benchmark.cases import Asked, read_questions
from evals.studies.benchmark.responders import temporary_index
from evals.studies.calibration.kinds import fit_kinds, kinds_tsv, with_kinds_of_others
from evals.studies.calibration.logistic import Settings
from evals.studies.calibration.ranking import objective, ranking_toml, search
from evals.studies.calibration.sufficiency import (
    SETTINGS,
    area,
    confidence,
    examples,
    fit,
    out_of_writer,
    sufficiency_toml,
    threshold_table,
)
from index import Index, IndexProblem
from ingest.errors import IngestError

EXPECTED = (BadGold, IndexProblem, IngestError, OSError, ValueError)
_SPLIT = "dev"


def build_parser() -> argparse.ArgumentParser:
    """The command line, as ``--help`` shows it."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.studies.calibration",
        description="Fit assistant/data/sufficiency.toml (or, with --tune, ranking.toml) to the dev split.",
    )
    add = parser.add_argument
    add("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="gold questions about the document")
    add("--source", required=True, type=Path, metavar="PAGE", help="the document")
    add("--date", required=True, metavar="YYYY-MM-DD", help="date for the provenance note in the file")
    add("--strength", type=float, default=SETTINGS.strength, help="inverse of the penalty (default: 3)")
    add("--unanswerable", type=float, default=SETTINGS.negative, help="cost of an answer too many (1.5)")
    add("--threshold", type=float, help="confidence below which to refuse (default: as it is)")
    add("--tune", type=float, metavar="SECONDS", help="search weights of the ranking for so long")
    add("--seed", type=int, default=0, help="of the search (default: 0)")
    add("--out", type=Path, metavar="FILE", help="where to write (default: the file in assistant/data)")
    add("--kinds", type=Path, metavar="FILE", help="where to write the kinds (default: beside --out)")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Fit and write; 0 done, 2 misuse or broken input."""
    args = build_parser().parse_args(argv)
    try:
        questions = {path.stem: read_questions([path], _SPLIT) for path in args.gold}
        shipped_too = any(map(_on_monograph, questions.values()))
        with (
            temporary_index(args.source) as index,
            temporary_index(None) if shipped_too else nullcontext(index) as monograph,
        ):
            judgement = WITH_SENTENCES if index.has_sentences else WITHOUT_SENTENCES
            name = judgement if args.tune is None else "ranking.toml"
            shipped = Path(str(files("assistant") / "data" / name))
            old = shipped.read_text("utf-8")
            target = args.out or shipped
            if args.tune is None:
                texts = _fitted(index, monograph, questions, args, old, target)
            else:
                texts = {target: _tuned(index, questions, args, old)}
        for path, text in texts.items():
            path.write_text(text, "utf-8")
    except EXPECTED as error:
        print(f"evals.studies.calibration: {error}", file=sys.stderr)
        return 2
    print(f"written: {', '.join(map(str, texts))}")
    return 0


def _on_monograph(questions: Sequence[Asked]) -> bool:
    return any(asked.question.source == "monograph" for asked in questions)


def _fitted(
    index: Index,
    monograph: Index,
    written: Mapping[str, list[Asked]],
    args: argparse.Namespace,
    old: str,
    target: Path,
) -> dict[Path, str]:
    seen = [
        example
        for writer, questions in written.items()
        for example in examples(monograph if _on_monograph(questions) else index, questions, writer)
    ]
    data = with_kinds_of_others(seen)
    settings = Settings(args.strength, args.unanswerable)
    model = fit(data, settings)
    print(f"fitted on all:\n{threshold_table([confidence(model, e) for e in data], data)}")
    if len(written) > 1:
        try:
            apart = threshold_table(out_of_writer(data, settings), data)
        except ValueError:  # one file holds all the answerable questions, or all the others
            apart = "too few kinds of questions in the other files"
        print(f"each file by a model fitted without it:\n{apart}")
    unanswerable = sum(not e.answerable for e in data)
    without = sum(not len(e.clauses) for e in data)
    provenance = _provenance(
        f"logistic regression on the {_SPLIT} split of {_names(args.gold)} ({len(data)} questions,"
        f" {unanswerable} of them unanswerable, {without} without signals; AUC there"
        f" {area(model, data) or 0:.3f}; {args.date}), by evals/studies/calibration. A question is as"
        " answerable as its best clause, so the clause that speaks most for an answer stands for it in the"
        " fit; of which kind it is, a model fitted without its file says."
    )
    texts = {target: sufficiency_toml(old, model, args.threshold, provenance)}
    if index.has_sentences:
        about = _provenance(f"logistic regressions on the questions that {target.name} names ({args.date}).")
        texts[args.kinds or target.with_name(KINDS)] = kinds_tsv(fit_kinds(seen), about)
    return texts


def _tuned(index: Index, written: Mapping[str, list[Asked]], args: argparse.Namespace, old: str) -> str:
    questions = [asked for some in written.values() if not _on_monograph(some) for asked in some]
    values: list[float] = []
    steps = 0

    def keep_going() -> bool:
        nonlocal steps
        if time.monotonic() >= deadline:
            return False
        steps += 1
        return True

    def better(value: float) -> None:
        values.append(value)
        print(f"step {steps}: {value:.4f}", flush=True)

    deadline = time.monotonic() + args.tune
    with objective(index, questions) as evaluate:
        best = search(evaluate, ranking(), random.Random(args.seed), keep_going, better)
    asked = sum(bool(a.question.facts) for a in questions)
    provenance = _provenance(
        f"random search on the {_SPLIT} split of {_names(args.gold)} ({asked} questions with facts;"
        f" seed {args.seed}, {steps} steps, objective {values[0]:.4f} -> {values[-1]:.4f}; {args.date}),"
        " by evals/studies/calibration; the objective is described in evals/studies/calibration/ranking.py."
        " Held-out questions were not looked at."
    )
    return ranking_toml(old, best, provenance)


def _names(gold: Sequence[Path]) -> str:
    return ", ".join(path.stem for path in gold)


def _provenance(text: str) -> str:
    return textwrap.fill(f"Provenance: {text}", 100, initial_indent="# ", subsequent_indent="# ")


if __name__ == "__main__":
    sys.exit(main())
