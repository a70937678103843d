"""The folder of runs: what lies there, and what evals finds when it judges them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

if TYPE_CHECKING:
    from evals.raters.sheet import Key
    from evals.reporting.run_report import Reported
    from evals.reporting.words import Language
    from evals.results.comparing import Comparison

_IN_MEMORY = 4  # judged runs; a large one takes some seconds to judge again
_RATERS = "raters"


def default_runs_folder() -> Path:
    """Beside the conversations, in the user's own data directory."""
    return user_data_path("myeloma-assistant") / "runs"


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run in the folder, not yet judged.

    ``gold`` are the paths of what it was asked; ``questions`` does not count those that were only asked a
    second time for the other reader, ``ids`` has them all.
    """

    name: str
    system: str
    gold: tuple[str, ...]
    ids: tuple[str, ...]
    questions: int
    finished: bool


class Runs:
    """Every run of this machine, by the name of its directory."""

    def __init__(self, folder: Path) -> None:
        """``folder`` need not be there yet."""
        self.folder, self._lock = folder, threading.Lock()
        self._judged: OrderedDict[tuple[str, int], Reported] = OrderedDict()  # by name and time of writing
        self._compared: tuple[Reported, Reported, Comparison] | None = None  # the last two

    def listed(self) -> list[StoredRun]:
        """What is in the folder, the latest first; directories that hold no run are passed over."""
        from evals.runs.directory import BadRun

        if not self.folder.is_dir():
            return []
        found = []
        for path in sorted(self.folder.iterdir(), reverse=True):
            try:
                found.append(self.stored(path.name))
            except (BadRun, OSError, ValueError, KeyError, TypeError, AttributeError):
                continue
        return found

    def stored(self, name: str) -> StoredRun:
        """One run.

        Raises:
            evals.runs.directory.BadRun: there is none of this name.
        """
        from evals.metrics.twins import is_twin
        from evals.runs.directory import ANSWERS, read_manifest

        manifest = read_manifest(self.folder / name)
        finished = (self.folder / name / ANSWERS).is_file()
        questions = sum(not is_twin(id_) for id_ in manifest.ids)
        return StoredRun(name, manifest.system, tuple(manifest.gold), manifest.ids, questions, finished)

    def judged(self, name: str) -> Reported:
        """A run with every verdict; judged once, then remembered.

        Raises:
            evals.problems.EXPECTED: the run or its gold cannot be used.
        """
        from evals.reporting.run_report import judge_directory
        from evals.runs.directory import ANSWERS

        answers = self.folder / name / ANSWERS
        key = name, answers.stat().st_mtime_ns if answers.is_file() else 0
        with self._lock:
            if key not in self._judged:
                self._judged[key] = judge_directory(self.folder / name)
                while len(self._judged) > _IN_MEMORY:
                    self._judged.popitem(last=False)
            self._judged.move_to_end(key)
            return self._judged[key]

    def report(self, name: str, file: str, language: Language) -> bytes:
        """``report.html``, ``report.json`` or ``scores.csv`` as it stands now."""
        from evals.reporting.run_report import write_reports

        reported = self.judged(name)
        with self._lock:
            paths = write_reports(self.folder / name, reported, language)
            return next(path for path in paths if path.name == file).read_bytes()

    def compared(self, before: str, after: str) -> Comparison:
        """Two runs, question by question.

        Raises:
            evals.problems.EXPECTED: as ``judged``.
        """
        from evals.results.comparing import compare

        a, b = self.judged(before), self.judged(after)
        known = self._compared
        if known is not None and known[0] is a and known[1] is b:
            return known[2]
        found = compare(a.judged, b.judged)
        self._compared = a, b, found
        return found

    def rated(self, name: str, rater: str) -> dict[Key, int]:
        """The scores that one rater gave.

        Raises:
            evals.raters.sheet.BadSheet: the file was changed by hand and cannot be used.
        """
        from evals.raters.sheet import read_sheet

        path = self._sheet(name, rater)
        return read_sheet(path) if path.is_file() else {}

    def rate(self, name: str, rater: str, scores: Mapping[Key, int]) -> None:
        """Keep all scores of one rater, and what evals makes of those of every rater.

        Raises:
            evals.problems.EXPECTED: as ``judged`` and ``rated``.
        """
        import json
        from dataclasses import asdict

        from evals.raters.sheet import agreement, read_sheet, sheet_csv

        judged, path = self.judged(name).judged, self._sheet(name, rater)
        with self._lock:
            path.parent.mkdir(exist_ok=True)
            path.write_text(sheet_csv(judged, scores), "utf-8", errors="backslashreplace")
            found = agreement(judged, [read_sheet(sheet) for sheet in sorted(path.parent.glob("*.csv"))])
            text = json.dumps(asdict(found), indent=1)
            (self.folder / name / "raters.json").write_text(f"{text}\n", "utf-8")

    def _sheet(self, name: str, rater: str) -> Path:
        return self.folder / name / _RATERS / f"{rater}.csv"
