"""Asks the gold questions about one document and prints how the answers did.

python -m evals.studies.benchmark --source PAGE.md evals/gold/page-*.jsonl --split held --baselines

Exit code: 0 measured; 1 the assistant crashed on a question or made a dangerous statement; 2 misuse.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant import Assistant
from evals.gold.questions import BadGold
from evals.studies.benchmark.cases import Case, read_questions, run
from evals.studies.benchmark.pipelines import baselines
from evals.studies.benchmark.printed import failures, record, table
from evals.studies.benchmark.responders import AssistantSystem, System, temporary_index
from evals.systems.langchain_library import BaselineUnavailable
from index import IndexProblem
from ingest.errors import IngestError

EXPECTED = (BadGold, BaselineUnavailable, IndexProblem, IngestError, OSError)


def build_parser() -> argparse.ArgumentParser:
    """The command line, as ``--help`` shows it."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.studies.benchmark",
        description="How well the gold questions about a document are answered.",
    )
    add = parser.add_argument
    add("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="gold questions about the document")
    add("--source", required=True, type=Path, metavar="PAGE", help="the document")
    add("--split", choices=("dev", "held", "all"), default="all", help="which questions (default: all)")
    add("--embedder", metavar="NAME", help="embedding model of the index (default: the fitted one)")
    add("--baselines", action="store_true", help="ask three plain retrieval pipelines the same")
    add("--out", type=Path, metavar="RESULTS.json", help="write summaries and every answer")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; see the module for exit codes."""
    args = build_parser().parse_args(argv)
    try:
        return _benchmark(args)
    except EXPECTED as error:
        print(f"evals.studies.benchmark: {error}", file=sys.stderr)
        return 2


def _benchmark(args: argparse.Namespace) -> int:
    questions = read_questions(args.gold, args.split)
    if not questions:
        message = f"no question of split {args.split!r}; try --split all"
        print(f"evals.studies.benchmark: {message}", file=sys.stderr)
        return 2
    with temporary_index(args.source, args.embedder) as index:
        ours = AssistantSystem(Assistant(index))
        systems: list[System] = [ours, *(baselines(args.source) if args.baselines else [])]
        results = {system.name: run(system, questions, _progress) for system in systems}
        fingerprint = index.fingerprint
    print(table(results))
    for line in failures(results):
        print(f"failed: {line}", file=sys.stderr)
    if args.out:
        data = record(results, args.source, args.gold, args.split, fingerprint)
        args.out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 1 if any(map(_is_finding, results[ours.name])) else 0


def _is_finding(case: Case) -> bool:
    return bool(case.error or case.outcome.forbidden)


def _progress(system: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        end = "\r\033[K" if done == of else ""
        print(f"\r\033[K{system} {done}/{of}", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
