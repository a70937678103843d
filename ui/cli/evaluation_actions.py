"""What each action of ``myeloma eval`` does: call the suite, which is imported when needed, and print."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Any

from ui.cli.progress import Progress


class Misuse(Exception):
    """Something on the command line cannot be used; the message has the next step."""


def _questions(args: argparse.Namespace) -> tuple[list[Path], list[Any]]:
    from evals.gold.suites import read_suite, shipped_gold, spread

    gold = args.gold or shipped_gold()
    everything = read_suite(gold)
    if not everything:
        raise Misuse(f"{', '.join(map(str, gold))}: no question in it; `myeloma eval init` drafts some")
    kinds = sorted({q.kind for q in everything})
    if args.kind not in (None, *kinds):
        raise Misuse(f"no question of kind {args.kind!r}; there are {', '.join(kinds)}")
    questions = [q for q in everything if args.split in ("all", q.split) and args.kind in (None, q.kind)]
    questions = spread(questions, args.limit or 0)
    if not questions:
        of = f" and kind {args.kind!r}" if args.kind else ""
        raise Misuse(f"no question of split {args.split!r}{of}; try --split all")
    if drafts := sum("draft" in q.tags for q in questions):
        print(f"{drafts} of {len(questions)} questions are drafts that nobody has rewritten", file=sys.stderr)
    return gold, questions


def run(args: argparse.Namespace) -> int:
    from evals.systems.spec import parse_system

    gold, questions = _questions(args)
    spec = parse_system(args.system, args.index)
    return _none_came(_ask_and_report(spec, gold, questions, args, args.out, not args.no_twins))


def _none_came(reported: Any) -> int:
    """1, and a line, where a system failed at every question: its report measures nothing."""
    whole = reported.results.slices[0]
    if whole.failed < whole.asked:
        return 0
    print(f"{reported.results.system}: every question failed; there is nothing to measure", file=sys.stderr)
    return 1


def _ask_and_report(
    spec: Any,
    gold: list[Path],
    questions: list[Any],
    args: argparse.Namespace,
    out: Path,
    twins: bool,
    reuse: bool = False,
) -> Any:
    from evals.metrics.twins import with_twins
    from evals.reporting.run_report import judge_directory, write_reports
    from evals.reporting.text import as_table
    from evals.runs.asking import ask_all

    # Only a system that writes for two readers has twins.
    asked = with_twins(questions) if twins and spec.kind == "assistant" else questions
    with Progress() as progress:
        ask_all(partial(spec.open), asked, out, gold, args.split, args.workers, progress, reuse)
    reported = judge_directory(out, workers=args.workers)
    paths = write_reports(out, reported, args.lang)
    print(as_table([reported.results]))
    print(f"\n{paths[0]}")
    for judged in reported.judged:
        if judged.failed:
            print(f"failed: {judged.question.id}: {judged.answer.error}", file=sys.stderr)
    return reported


def report(args: argparse.Namespace) -> int:
    from evals.reporting.run_report import judge_directory, write_reports
    from evals.reporting.text import as_table

    reported = judge_directory(args.directory, args.gold, args.workers)
    paths = write_reports(args.directory, reported, args.lang)
    print(as_table([reported.results]))
    print(f"\n{paths[0]}")
    return 0


def compare(args: argparse.Namespace) -> int:
    from evals.reporting.comparison import comparison_html, comparison_text
    from evals.reporting.run_report import judge_directory
    from evals.results.comparing import compare as compared

    a = judge_directory(args.before, args.gold, args.workers)
    b = judge_directory(args.after, args.gold, args.workers)
    found = compared(a.judged, b.judged, args.margin)
    if not found.rows:
        raise Misuse(f"{args.before} and {args.after} have no question in common; compare runs of one suite")
    if args.html:
        args.html.write_text(comparison_html(found, a, b, args.lang), "utf-8", errors="backslashreplace")
    print(
        comparison_text(
            found, (f"{args.before} ({a.manifest.system})", f"{args.after} ({b.manifest.system})")
        )
    )
    return 1 if found.regressions else 0


def matrix(args: argparse.Namespace) -> int:
    from evals.reporting.text import as_table
    from evals.systems.spec import parse_system

    gold, questions = _questions(args)
    specs = [parse_system(text, args.index) for text in args.system]
    results, code = [], 0
    for number, spec in enumerate(specs, 1):
        out = args.out / f"{number}-{spec.kind}"
        # A matrix that was interrupted goes on behind the systems that it has finished.
        reported = _ask_and_report(spec, gold, questions, args, out, twins=False, reuse=True)
        code = max(code, _none_came(reported))
        results.append(reported.results)
    text = as_table(results)
    (args.out / "matrix.md").write_text(f"{text}\n", "utf-8")
    print(f"\n{text}")
    return code


def gate(args: argparse.Namespace) -> int:
    import tempfile

    from evals.gate.thresholds import failures, read_gate
    from evals.reporting.run_report import judge_directory
    from evals.runs.asking import ask_all
    from evals.systems.spec import parse_system

    gate = read_gate(args.thresholds)
    spec = parse_system(args.system, args.index)
    with tempfile.TemporaryDirectory(prefix="myeloma-gate-") as scratch, Progress() as progress:
        out = args.keep or Path(scratch) / "run"
        ask_all(partial(spec.open), gate.questions, out, gate.gold, progress=progress)
        reported = judge_directory(out)
    missed = failures(gate, reported.results)
    for line in missed:
        print(f"gate: {line}")
    if not missed:
        thresholds = len(gate.at_least) + len(gate.at_most)
        print(f"gate: {len(gate.questions)} questions, {thresholds} thresholds, all met")
    return 1 if missed else 0


def validate(args: argparse.Namespace) -> int:
    from evals.gold.corpus import corpus_of, shipped_corpus
    from evals.gold.suites import read_suite, shipped_gold
    from evals.gold.validation import complaints, hints
    from index import Index

    corpus = corpus_of(Index.open(Path(args.index)).sources.values()) if args.index else shipped_corpus()
    questions = read_suite(args.gold or shipped_gold())
    if not questions:
        raise Misuse(f"{', '.join(map(str, args.gold))}: no question in it; `myeloma eval init` drafts some")
    wrong = list(complaints(questions, corpus))
    for complaint in wrong:
        print(f"{complaint.id}: {complaint.says}")
    for hint in hints(questions, corpus) if args.hints else ():
        print(f"hint: {hint.id}: {hint.says}")
    print(f"{len(questions)} questions, {len(wrong)} complaints", file=sys.stderr)
    return 1 if wrong else 0


def init(args: argparse.Namespace) -> int:
    import datetime
    import json

    from evals.formats.gold_rows import gold_rows
    from evals.gold.drafting import draft
    from ingest.load import load_source

    if args.out.exists():
        raise Misuse(f"{args.out}: is already there; name another file")
    rows = gold_rows(args.document)
    if rows is None:
        rows = list(draft(load_source(args.document), datetime.date.today().isoformat()))
    args.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    print(f"{args.out}: {len(rows)} drafts; rewrite each question in a user's words and drop the tag 'draft'")
    return 0


def sheet(args: argparse.Namespace) -> int:
    import json
    from dataclasses import asdict

    from evals.raters.sheet import agreement, read_sheet, sheet_csv, sheet_html
    from evals.reporting.run_report import judge_directory

    if not args.out and not args.filled:
        raise Misuse("nothing to do; give --out SHEET.csv for an empty sheet or --filled with rated ones")
    judged = judge_directory(args.directory, args.gold).judged
    if args.out:
        text = sheet_html(judged, args.lang) if args.out.suffix == ".html" else sheet_csv(judged)
        args.out.write_text(text, "utf-8", errors="backslashreplace")
        print(args.out)
    if args.filled:
        found = agreement(judged, [read_sheet(path) for path in args.filled])
        if not found.scores:
            raise Misuse("no score for this run in the sheets; fill in the last column of its own sheet")
        text = json.dumps(asdict(found), indent=1)
        (args.directory / "raters.json").write_text(f"{text}\n", "utf-8")
        print(text)
    return 0


def judge(args: argparse.Namespace) -> int:
    import json
    from dataclasses import asdict

    from evals.raters.model_judge import judge_sentences
    from evals.reporting.run_report import judge_directory
    from evals.systems.spec import chat_endpoint

    judged = judge_directory(args.directory, args.gold).judged
    found = judge_sentences(judged, chat_endpoint(args.model).complete, args.limit)
    if found.failed == found.asked:
        raise Misuse(f"{args.model}: none of {found.asked} requests was answered; check the address")
    text = json.dumps(asdict(found), indent=1)
    (args.directory / "judge.json").write_text(f"{text}\n", "utf-8")
    print(text)
    return 0


def ragas(args: argparse.Namespace) -> int:
    import json
    from dataclasses import asdict

    from evals.raters.model_judge import Ask
    from evals.raters.with_ragas.agreement import agreements, configured_model
    from evals.raters.with_ragas.door import version
    from evals.reporting.run_report import judge_directory
    from evals.systems.spec import chat_endpoint

    found: dict[str, Any] = {"ragas": version(), "model": args.model or ""}
    ask: Ask | None = chat_endpoint(args.model).complete if args.model else None
    if args.configured:
        found["model"], ask = "MYELOMA_LLM", configured_model()
    judged = judge_directory(args.directory, args.gold).judged
    found["measures"] = [asdict(agreement) for agreement in agreements(judged, ask, args.limit)]
    text = json.dumps(found, indent=1)
    (args.directory / "ragas.json").write_text(f"{text}\n", "utf-8")
    print(text)
    return 0


def convert(args: argparse.Namespace) -> int:
    from evals.reporting.exporting import FORMATS
    from evals.reporting.exporting import convert as converted
    from evals.reporting.run_report import judge_directory
    from evals.runs.directory import read_run

    if args.to not in FORMATS:
        raise Misuse(f"format {args.to!r} is unknown; use one of {', '.join(FORMATS)}")
    converted(judge_directory(args.directory, args.gold), read_run(args.directory).corpus, args.to, args.out)
    print(args.out)
    return 0


def expected() -> tuple[type[Exception], ...]:
    """What may go wrong without being our mistake: one clean line."""
    from evals.problems import EXPECTED

    return (Misuse, *EXPECTED)


def main(args: argparse.Namespace, action: Any) -> int:
    """Run an action; one line on stderr and 2 for what is expected to go wrong."""
    try:
        code: int = action(args)
    except expected() as problem:
        print(f"myeloma: {problem}", file=sys.stderr)
        return 2
    return code
