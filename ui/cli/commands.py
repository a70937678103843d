"""What each subcommand does."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from dataclasses import asdict
from pathlib import Path

from assistant import Assistant
from assistant.language_model.configured import configured_writer
from assistant.language_model.next_step import next_step
from assistant.language_model.problems import SettingsProblem
from assistant.library import default_index_directory, open_default_index
from assistant.messages import message
from assistant.record import to_record
from assistant.types import Answer, Turn
from index import IndexMissing, IndexProblem, build_index, describe_index, verify_index
from index.generations import current_generation
from ingest.corpus import monograph_sources
from ingest.errors import IngestError, UnreadableSource
from ingest.readers import find_sources
from ingest.types import Source
from ui.cli.batch import BadQuestion, answer_lines, read_questions
from ui.cli.progress import Progress
from ui.cli.report import index_report, ingest_report
from ui.cli.trace import trace_lines

_FAINT = "\033[2m{}\033[0m" if sys.stderr.isatty() else "{}"
EXPECTED = (IngestError, IndexProblem, BadQuestion, SettingsProblem, OSError)


def _assistant(directory: str | None) -> Assistant:
    writer = configured_writer()
    if directory:
        return Assistant.open(directory, writer)
    with Progress() as progress:
        return Assistant(open_default_index(progress=progress), writer)


def ask(args: argparse.Namespace) -> int:
    """Answer one question; 1 when nothing was found."""
    question = _read("-") if args.question == "-" else args.question
    # A hundred thousand objects are made that all stay to the end: looking for garbage among them is a
    # tenth of the time of a process that answers once.
    gc.disable()
    try:
        answer = _assistant(args.index).ask(question, args.audience or "clinician", args.lang)
    finally:
        gc.enable()
    if args.trace:
        print("\n".join(trace_lines(answer)), file=sys.stderr)
    _tell_next_step(answer)
    print(json.dumps(to_record(answer), ensure_ascii=False) if args.json else _for_terminal(answer))
    return 1 if answer.status == "not_in_source" else 0


def _tell_next_step(answer: Answer) -> None:
    """What can be done about a language model that gave no answer."""
    if answer.model and (step := next_step(answer.model)):
        print(f"myeloma: {step}", file=sys.stderr)


def chat(args: argparse.Namespace) -> int:
    """Ask turn by turn until an empty line or the end of input."""
    assistant = _assistant(args.index)
    history: list[Turn] = []
    print("myeloma: 请输入问题，空行结束。Type a question; an empty line ends.", file=sys.stderr)
    while True:
        print("> ", end="", file=sys.stderr, flush=True)
        question = sys.stdin.readline().strip()
        if not question:
            return 0
        answer = assistant.ask(question, args.audience or "clinician", args.lang, history)
        history.append(answer.as_turn())
        if answer.standalone:
            understood = message(answer.language, "understood", what=answer.standalone)
            print(_FAINT.format(understood), file=sys.stderr)
        print(_for_terminal(answer), flush=True)
        _tell_next_step(answer)


def answer(args: argparse.Namespace) -> int:
    """Answer a file of questions, one conversation a line."""
    conversations = read_questions(_read(args.questions), args.questions)
    out = Path(args.out)
    if args.out != "-" and (out.is_dir() or not out.parent.is_dir()):
        # Said before the questions are answered, not after.
        raise BadQuestion(f"{out}: this is no file in an existing folder; name one with --out")
    assistant = _assistant(args.index)
    with Progress() as progress:
        lines = list(answer_lines(assistant, conversations, args.audience, args.lang, progress))
    if args.out == "-":
        sys.stdout.writelines(lines)
        return 0
    # Written beside and moved, so that an interrupted run leaves no half file behind.
    partial = Path(f"{out}.partial")
    partial.write_text("".join(lines), "utf-8", errors="backslashreplace")
    partial.replace(out)
    return 0


def ingest(args: argparse.Namespace) -> int:
    """Add files to an index; 1 when some of them could not be read."""
    from ingest.load import load_source  # only this command reads documents; the others start sooner

    directory = Path(args.index) if args.index else default_index_directory()
    sources: dict[str, Source] = {}
    files: dict[str, Path] = {}
    problems = []
    for path in find_sources([Path(name) for name in args.sources]):
        try:
            source = load_source(path)
            first = files.setdefault(source.id, path)
            if first.resolve() != path.resolve():
                raise UnreadableSource(f"{path}: {first} has the same name and stays; rename one of them")
            sources[source.id] = source
        except UnreadableSource as error:
            problems.append(error)
            print(f"myeloma: {error}", file=sys.stderr)
    if not sources:
        print("myeloma: nothing was ingested; the index is as it was", file=sys.stderr)
        return 2
    shipped = monograph_sources() if not args.index else ()
    with Progress() as progress:
        report = build_index(
            directory,
            (*shipped, *sources.values()),
            embedder=args.embedder,
            progress=progress,
            refit=args.refit,
        )
    print(ingest_report([*sources.values()], report, directory))
    return 1 if problems else 0


def index(args: argparse.Namespace) -> int:
    """Describe or check an index; 1 when the check found something."""
    directory = Path(args.index) if args.index else default_index_directory()
    if args.action == "info":
        print(index_report(describe_index(directory)))
        return 0
    problems = verify_index(directory)
    if not directory.is_dir():
        raise IndexMissing(problems[0])
    for problem in problems:
        print(problem)
    if not problems:
        print(f"{directory}: every file is as the manifest says")
    return 1 if problems else 0


def config(args: argparse.Namespace) -> int:
    """Show the settings of the language model, secrets masked, and where each comes from."""
    # Only this command needs them at once.
    from assistant.language_model.provider import check_installed
    from assistant.language_model.settings import read_settings, shown_settings

    rows = shown_settings()
    if args.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row.name}={row.value}")
        print(f"    {row.origin}; {row.says}")
    if (settings := read_settings()).llm:
        check_installed(settings)
    return 0


def ui(args: argparse.Namespace) -> int:
    """Serve the app."""
    from ui.launch import run

    if not args.index:
        return run(args.port, None)
    # As for every other command, an index that is named here has to be there; said before anything starts.
    current_generation(Path(args.index))
    return run(args.port, Path(args.index))


def _read(name: str) -> str:
    """A file, or "-" for standard input, as text.

    Raises:
        BadQuestion: it is not UTF-8.
    """
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadQuestion(f"{name}: byte {error.start} is not UTF-8; save the text as UTF-8") from error


def _for_terminal(answer: Answer) -> str:
    """The answer, where each marker comes from, and each reference once."""
    places: dict[str, list[int]] = {}
    for citation in answer.citations:
        where = f"{citation.title} · {' / '.join(citation.section_path)}"
        places.setdefault(where, []).append(citation.marker)
    lines = [answer.text]
    if places:
        lines.append("")
        lines += ["".join(f"[{m}]" for m in markers) + f" {where}" for where, markers in places.items()]
    lines += [f"    {text}" for text in dict.fromkeys(r.text for c in answer.citations for r in c.references)]
    return "\n".join(lines)
