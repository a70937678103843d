"""Refits which of the passages that were found a patient is told (``assistant/plain/data/worth.toml``).

python -m evals.studies.worth --source PAGE --date DATE evals/gold/page-*.jsonl evals/gold/monograph-*.jsonl

Every patient's question of the dev split that has facts is looked up, those about PAGE in it and in the
monograph, the others in the monograph; the weights are those that best tell the groups of passages that tell
a fact that no group found before them told from those that do not. The thresholds of the file stay. The
held-out questions are not looked at.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from importlib.resources import files
from pathlib import Path

import numpy as np

from assistant.evidence import weigh
from assistant.extractive import answering
from assistant.plain.worth import Signs, signs_of
from assistant.presentation import present
from assistant.question import analyse
from assistant.selection import select
from assistant.sufficiency import judge
from evals.gold.questions import BadGold, GoldQuestion
from evals.statistics.means import auc
from evals.studies.benchmark.cases import read_questions
from evals.studies.benchmark.responders import temporary_index
from evals.studies.benchmark.scoring import score
from evals.studies.calibration.logistic import Fit, Settings, logistic, with_weights
from index import Index, IndexProblem, build_index
from ingest.corpus import monograph_sources
from ingest.errors import IngestError

EXPECTED = (BadGold, IndexProblem, IngestError, OSError, ValueError)
NAMES = tuple(field.name for field in fields(Signs))
Row = tuple[tuple[float, ...], bool]
"""The signs of a group, and whether it tells a fact that none before it told."""


def rows(index: Index, questions: Sequence[GoldQuestion]) -> Iterator[Row]:
    """The groups found for single-turn questions that are answered."""
    for gold in questions:
        question = analyse(gold.turns[0])
        evidence = weigh(index, question)
        groups = select(index, evidence)
        judged = judge(index, evidence, groups)
        if judged.verdict == "not_in_source":
            continue
        groups = answering(evidence, groups, judged.open_clauses) or groups
        open_ = set(score(gold, "", "answered", ()).missed)
        found: list[Row] = []
        for group, signs in zip(groups, signs_of(index, evidence, groups), strict=True):
            missed = score(gold, present((group,), question, "patient").text, "answered", ()).missed
            found.append((astuple(signs), not open_ <= set(missed)))
            open_ &= set(missed)
        if any(new for _, new in found):  # else nothing is to be told apart, or gold words it otherwise
            yield from found


def fitted(data: Sequence[Row]) -> Fit:
    """The weights, each mistake at the same cost.

    Raises:
        ValueError: all groups tell something new, or none does.
    """
    new = np.array([row[1] for row in data], dtype=bool)
    if not len(data) or new.all() or not new.any():
        raise ValueError("gold must have facts that some passages tell and others do not")
    return logistic(np.array([row[0] for row in data]), new, Settings(strength=1.0, negative=1.0))


def build_parser() -> argparse.ArgumentParser:
    """The command line, as ``--help`` shows it."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.studies.worth",
        description="Fit assistant/plain/data/worth.toml to the dev split.",
    )
    add = parser.add_argument
    add("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="gold questions")
    add("--source", required=True, type=Path, metavar="PAGE", help="the document that is no monograph")
    add("--date", required=True, metavar="YYYY-MM-DD", help="date for the provenance note in the file")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Fit and write; 0 done, 2 misuse or broken input."""
    args = build_parser().parse_args(argv)
    shipped = Path(str(files("assistant.plain") / "data" / "worth.toml"))
    try:
        asked = [a.question for a in read_questions(args.gold, "dev")]
        used = [q for q in asked if q.audience == "patient" and q.facts and len(q.turns) == 1]
        with temporary_index(args.source) as page, tempfile.TemporaryDirectory() as folder:
            build_index(Path(folder) / "index", list(monograph_sources()))
            monograph = Index.open(Path(folder) / "index")
            data = [*rows(page, [q for q in used if q.source != "monograph"])]
            data += rows(monograph, used)
        model = fitted(data)
        confidence = [float(model.logits(np.array([signs]))[0]) for signs, _ in data]
        tells = [new for _, new in data]
        provenance = textwrap.fill(
            f"Provenance: logistic regression on {len(data)} groups of passages found for {len(used)}"
            f" patients' questions of the dev split, of which {sum(tells)} tell a fact that none before them"
            f" told (AUC there {auc(confidence, tells) or 0:.3f}; {args.date}), by evals/studies/worth.py.",
            105,
            initial_indent="# ",
            subsequent_indent="# ",
        )
        shipped.write_text(with_weights(shipped.read_text("utf-8"), model, NAMES, provenance), "utf-8")
    except EXPECTED as error:
        print(f"evals.studies.worth: {error}", file=sys.stderr)
        return 2
    print(f"written: {shipped}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
