"""From a run directory to its report: judge, count, write."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.gold.suites import read_suite
from evals.reporting.data import as_csv, as_json
from evals.reporting.html import report
from evals.reporting.words import Language
from evals.results.by_slice import Results, results
from evals.results.verdicts import Judged, judge_run
from evals.runs.directory import BadRun, Manifest, Run, read_run
from index.manifest import file_digest

# What raters and a model said, written by `myeloma eval sheet` and `judge`; shown beside the checks.
OPINIONS = ("raters.json", "judge.json")
FILES = ("report.html", "report.json", "scores.csv")


@dataclass(frozen=True, slots=True)
class Reported:
    """A run that has been judged."""

    manifest: Manifest
    results: Results
    judged: tuple[Judged, ...]


def judge_directory(directory: Path, gold: Sequence[Path] = (), workers: int = 1) -> Reported:
    """Judge a run by the gold that it was asked, or by other files with the same ids.

    Raises:
        BadRun: no run is there, or its gold has gone or changed.
        BadGold: a gold file cannot be used.
    """
    run = read_run(directory)
    questions = read_suite(list(gold) or _own_gold(run))
    judged = judge_run(run, questions, workers)
    return Reported(run.manifest, results(run.manifest.system, judged, _section_of(run)), tuple(judged))


def write_reports(directory: Path, reported: Reported, language: Language = "en") -> tuple[Path, ...]:
    """Write HTML, JSON and CSV beside the answers."""
    opinions = {name: _opinion(p) for name in OPINIONS if (p := directory / name).is_file()}
    texts = (
        report(reported.manifest, reported.results, reported.judged, language, opinions),
        as_json(reported.manifest, reported.results, reported.judged),
        as_csv(reported.judged),
    )
    paths = tuple(directory / name for name in FILES)
    for path, text in zip(paths, texts, strict=True):
        # Half a surrogate pair in an answer must not lose the report.
        path.write_text(text, "utf-8", errors="backslashreplace")
    return paths


def _opinion(path: Path) -> dict[str, object]:
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (TypeError, ValueError) as error:
        raise BadRun(f"{path}: is damaged ({error}); write it again or remove it") from error


def _own_gold(run: Run) -> list[Path]:
    paths = []
    for name, sha256 in run.manifest.gold.items():
        path = Path(name)
        if not path.is_file() or file_digest(path) != sha256:
            raise BadRun(f"{path}: is not there or not as it was asked; name the gold with --gold")
        paths.append(path)
    return paths


def _section_of(run: Run) -> Callable[[Judged], str]:
    def section(judged: Judged) -> str:
        for citation in judged.answer.citations:
            document = run.corpus.get(citation.source_id)
            place = document.place(citation.start) if document else None
            return place.section if place else " / ".join(citation.section_path)
        return ""

    return section
