"""``myeloma``: parse, call one function, print. Data on stdout, progress and problems on stderr."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from ui.cli import commands, evaluation, staging

_EXAMPLES = """examples:
  myeloma ui
  myeloma ask "R-ISS怎么分期？"
  myeloma ask --json "Which drugs are proteasome inhibitors?"
  myeloma ingest manual-page.md --index my-index
  myeloma ask --index my-index "骨痛怎么处理？" """


def build_parser() -> argparse.ArgumentParser:
    """The command line, as ``--help`` shows it."""
    parser = argparse.ArgumentParser(
        prog="myeloma",
        description="Cited, verified answers about multiple myeloma from a reference text.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subcommands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    ask = subcommands.add_parser("ask", help="answer one question")
    ask.add_argument("question", help='the question; "-" reads it from standard input')
    _answering(ask)
    ask.add_argument("--json", action="store_true", help="print the answer record as JSON")
    ask.add_argument(
        "--trace",
        action="store_true",
        help="show up to 12 of the passages that were weighed, and what a language model did (on stderr)",
    )
    ask.set_defaults(run=commands.ask)

    chat = subcommands.add_parser("chat", help="ask turn by turn in the terminal")
    _answering(chat)
    chat.set_defaults(run=commands.chat)

    answer = subcommands.add_parser("answer", help="answer a JSONL file of questions, for evaluators")
    answer.add_argument(
        "questions", help='JSONL: {"id", "question" or "turns", "audience"} a line; "-" is stdin'
    )
    answer.add_argument("--out", required=True, help='JSONL of answer records; "-" is stdout')
    _answering(answer, audience="who reads (default: what the line says, else clinician)")
    answer.set_defaults(run=commands.answer)

    ingest = subcommands.add_parser("ingest", help="add files or folders to an index")
    ingest.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="Markdown, text or HTML files, or folders"
    )
    ingest.add_argument(
        "--index",
        metavar="DIR",
        help="index directory (default: the default index, beside the monograph's chapters)",
    )
    ingest.add_argument(
        "--embedder",
        metavar="NAME",
        help="'default' (fitted on the sources), or a sentence-transformers model by name or path;"
        " without it, an index keeps the one it has",
    )
    ingest.add_argument("--refit", action="store_true", help="fit the default embedder anew")
    ingest.set_defaults(run=commands.ingest)

    index = subcommands.add_parser("index", help="look at an index, or check it")
    index.add_argument("action", choices=("info", "verify"))
    index.add_argument("--index", metavar="DIR", help="index directory (default: the default index)")
    index.set_defaults(run=commands.index)

    config = subcommands.add_parser("config", help="show the settings of the language model")
    config.add_argument("--json", action="store_true", help="print them as JSON")
    config.set_defaults(run=commands.config)

    staging.add_parsers(subcommands)
    evaluation.add_parsers(subcommands)

    app = subcommands.add_parser("ui", help="serve the chat and the staging form on 127.0.0.1")
    app.add_argument("--port", type=int, help="port on 127.0.0.1 (default: a free one from 8501)")
    app.add_argument("--index", metavar="DIR", help="index directory (default: the default index)")
    app.set_defaults(run=commands.ui)
    return parser


def _answering(
    parser: argparse.ArgumentParser, audience: str = "who reads: so far it adds a note for patients under a"
    " stage (default: clinician)",
) -> None:
    parser.add_argument("--audience", choices=("clinician", "patient"), help=audience)
    parser.add_argument(
        "--lang",
        choices=("zh", "en"),
        help="language of the assistant's own words; quotations stay as they are (default: the question's)",
    )
    parser.add_argument(
        "--index", metavar="DIR", help="index directory (default: the default index, with the monograph)"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 done, 1 a finding, 2 misuse or broken input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Chinese and JSON are written as UTF-8 whatever the terminal's locale says.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    args = build_parser().parse_args(argv)
    try:
        result: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except commands.EXPECTED as error:
        print(f"myeloma: {_said(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nmyeloma: stopped", file=sys.stderr)
        return 2
    return result


def _said(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}; check the path"
    return str(error)


if __name__ == "__main__":
    sys.exit(main())
