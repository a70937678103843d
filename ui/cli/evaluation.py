"""The command line of ``myeloma eval``; what each action does is in ``ui.cli.evaluation_actions``.

Exit 0 done; 1 a finding (a regression, a failed gate, gold that needs work); 2 misuse or broken input.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from ui.cli import evaluation_actions as actions

_EXAMPLES = """examples:
  myeloma eval run --out runs/today
  myeloma eval run my-gold.jsonl --system openai:qwen3@http://127.0.0.1:11434/v1 --out runs/qwen --workers 4
  myeloma eval compare runs/yesterday runs/today
  myeloma eval matrix --system assistant --system langchain-bm25 --out runs/side-by-side"""


def add_parsers(subcommands: argparse._SubParsersAction[Any]) -> None:
    """Add ``eval`` and what is under it."""
    parser = subcommands.add_parser(
        "eval",
        help="measure this assistant, another one, or two against each other",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION", help="what to do")

    run = commands.add_parser("run", help="ask a system every gold question, judge, and write a report")
    _suite(run)
    run.add_argument("--system", default="assistant", metavar="SYSTEM", help=_systems())
    run.add_argument("--no-twins", action="store_true", help="ask patients' questions only once")
    _running(run)
    run.set_defaults(run=partial(actions.main, action=actions.run))

    report = commands.add_parser("report", help="judge a run again and write its report")
    report.add_argument("directory", type=Path, metavar="RUN")
    report.add_argument("--gold", type=Path, nargs="+", default=[], metavar="GOLD.jsonl")
    report.add_argument("--lang", choices=("zh", "en"), default="en", help="language of the report")
    report.add_argument("--workers", type=_count, default=1, metavar="N", help="processes that judge")
    report.set_defaults(run=partial(actions.main, action=actions.report))

    compared = commands.add_parser("compare", help="two runs of the same questions; 1 on a regression")
    compared.add_argument("before", type=Path, metavar="A")
    compared.add_argument("after", type=Path, metavar="B")
    compared.add_argument("--gold", type=Path, nargs="+", default=[], metavar="GOLD.jsonl")
    compared.add_argument("--margin", type=float, help="loss that is tolerated (default: by measure, 0.02)")
    compared.add_argument("--html", type=Path, metavar="FILE", help="write both side by side")
    compared.add_argument("--lang", choices=("zh", "en"), default="en", help="language of the page")
    compared.add_argument("--workers", type=_count, default=1, metavar="N", help="processes that judge")
    compared.set_defaults(run=partial(actions.main, action=actions.compare))

    matrix = commands.add_parser("matrix", help="several systems on the same questions, side by side")
    _suite(matrix)
    matrix.add_argument("--system", action="append", required=True, metavar="SYSTEM", help=_systems())
    _running(matrix)
    matrix.set_defaults(run=partial(actions.main, action=actions.matrix))

    gate = commands.add_parser("gate", help="a fast slice against thresholds; 1 when one is missed")
    gate.add_argument("--thresholds", type=Path, metavar="FILE.toml", help="default: the shipped gate")
    gate.add_argument("--system", default="assistant", metavar="SYSTEM", help=_systems())
    gate.add_argument("--index", default="", metavar="DIR", help="index (default: the default index)")
    gate.add_argument("--keep", type=Path, metavar="DIR", help="keep the run here")
    gate.set_defaults(run=partial(actions.main, action=actions.gate))

    validate = commands.add_parser("validate", help="check gold files; 1 when they need work")
    validate.add_argument("gold", nargs="*", type=Path, metavar="GOLD.jsonl")
    validate.add_argument(
        "--index", default="", metavar="DIR", help="whose documents (default: the monograph)"
    )
    validate.add_argument("--hints", action="store_true", help="also what is only worth a look")
    validate.set_defaults(run=partial(actions.main, action=actions.validate))

    init = commands.add_parser("init", help="draft a gold file from your document, for you to edit")
    init.add_argument(
        "document", type=Path, metavar="DOCUMENT", help="or a promptfoo configuration, or a BEIR folder"
    )
    init.add_argument("--out", type=Path, required=True, metavar="GOLD.jsonl")
    init.set_defaults(run=partial(actions.main, action=actions.init))

    sheet = commands.add_parser("sheet", help="a sheet for human raters, or their agreement with the checks")
    sheet.add_argument("directory", type=Path, metavar="RUN")
    sheet.add_argument("--gold", type=Path, nargs="+", default=[], metavar="GOLD.jsonl")
    sheet.add_argument("--out", type=Path, metavar="SHEET.csv", help="write an empty sheet (.csv or .html)")
    sheet.add_argument("--filled", type=Path, nargs="+", default=[], metavar="CSV", help="one file a rater")
    sheet.add_argument("--lang", choices=("zh", "en"), default="en", help="language of the page")
    sheet.set_defaults(run=partial(actions.main, action=actions.sheet))

    judge = commands.add_parser(
        "judge", help="ask a language model about each sentence; its agreement with us"
    )
    judge.add_argument("directory", type=Path, metavar="RUN")
    judge.add_argument("--gold", type=Path, nargs="+", default=[], metavar="GOLD.jsonl")
    judge.add_argument("--model", required=True, metavar="MODEL@URL", help="an OpenAI-compatible endpoint")
    judge.add_argument("--limit", type=_count, default=200, metavar="N", help="sentences (default: 200)")
    judge.set_defaults(run=partial(actions.main, action=actions.judge))

    ragas = commands.add_parser("ragas", help="ragas' measures of a run; their agreement with ours")
    ragas.add_argument("directory", type=Path, metavar="RUN")
    ragas.add_argument("--gold", type=Path, nargs="+", default=[], metavar="GOLD.jsonl")
    asked = ragas.add_mutually_exclusive_group()
    asked.add_argument("--model", metavar="MODEL@URL", help="also those that ask a model: this endpoint")
    asked.add_argument("--configured", action="store_true", help="the same with the model of MYELOMA_LLM")
    ragas.add_argument("--limit", type=int, default=50, metavar="N", help="answers for it (default: 50)")
    ragas.set_defaults(run=partial(actions.main, action=actions.ragas))

    convert = commands.add_parser("convert", help="a run in the format of another tool")
    convert.add_argument("directory", type=Path, metavar="RUN")
    convert.add_argument("--gold", type=Path, nargs="+", default=[], metavar="GOLD.jsonl")
    convert.add_argument("--to", required=True, metavar="FORMAT", help=_formats())
    convert.add_argument("--out", type=Path, required=True, metavar="FILE", help="a folder for beir")
    convert.set_defaults(run=partial(actions.main, action=actions.convert))


def _formats() -> str:
    return "record, ragas, openai-chat, ragchecker, trec-run, trec-qrels, beir or promptfoo"


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not 1 or more")
    return number


def _suite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "gold", nargs="*", type=Path, metavar="GOLD.jsonl",
        help="gold files (default: those on the shipped monograph)",
    )  # fmt: skip
    parser.add_argument("--split", choices=("dev", "held", "all"), default="all", help="default: all")
    parser.add_argument("--kind", metavar="KIND", help="only questions of this kind")
    parser.add_argument("--limit", type=_count, metavar="N", help="only N questions, spread over the files")


def _running(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", default="", metavar="DIR", help="index (default: the default index)")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="run directory; an interrupted run goes on"
    )
    parser.add_argument("--workers", type=_count, default=1, metavar="N", help="questions at once")
    parser.add_argument("--lang", choices=("zh", "en"), default="en", help="language of the report")


def _systems() -> str:
    return (
        "assistant[:INDEX], assistant-patient[:INDEX], langchain-bm25, langchain-faiss, openai:MODEL@URL,"
        " bare:MODEL@URL, answers:FILE (default: assistant)"
    )
