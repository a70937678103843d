"""Runs of the evaluation suite in the background, one at a time; the chat goes on meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from index import IndexProblem
from ui.evaluation.runs import Runs
from ui.evaluation.systems import HERE, keep_system, system_of

if TYPE_CHECKING:  # evals takes a second to load, which only those who measure something wait for
    from evals.gold.questions import GoldQuestion
    from evals.systems.base import SystemUnderTest


@dataclass(frozen=True, slots=True)
class Asking:
    """A run that is going on, or that ended last. ``step`` ``read`` is before the first answer.

    ``problem``: why it failed, in one line.
    """

    name: str
    state: Literal["running", "done", "stopped", "failed"] = "running"
    step: Literal["read", "ask", "judge"] = "read"
    done: int = 0
    total: int = 1
    problem: str = ""


class _Stopped(Exception):
    """The reader does not want to wait for the rest."""


class Bench:
    """Measures systems, for all sessions of this process."""

    def __init__(self, runs: Runs, opener: Callable[[str], SystemUnderTest]) -> None:
        """``opener`` opens a system by its name when a run begins."""
        self.runs, self._opener, self._lock = runs, opener, threading.Lock()
        self._job: Asking | None = None
        self._stopping = threading.Event()

    @property
    def job(self) -> Asking | None:
        """The run that is going on, or that ended last."""
        return self._job

    def start(self, gold: Sequence[Path], most: int, system: str = HERE) -> bool:
        """Ask ``most`` questions of gold files (0: all), judge, report; False while another run goes on."""
        stem = gold[0].stem if len(gold) == 1 else "all"
        kind = "" if system == HERE else f"-{system.partition(':')[0]}"
        name = f"{datetime.now().strftime('%Y-%m-%d-%H%M%S')}-{stem}{kind}"

        def questions() -> list[GoldQuestion]:
            from evals.gold.suites import read_suite, spread
            from evals.metrics.twins import with_twins

            found = spread(read_suite(gold), most)
            # Only a system that writes for two readers has twins.
            return with_twins(found) if system == HERE else found

        return self._start(name, gold, questions, system)

    def go_on(self, name: str) -> bool:
        """Ask the rest of a run that was interrupted; False while another run goes on."""
        stored = self.runs.stored(name)
        gold = [Path(path) for path in stored.gold]

        def questions() -> list[GoldQuestion]:
            from evals.gold.suites import read_suite
            from evals.metrics.twins import with_twins
            from evals.runs.directory import BadRun

            found = {q.id: q for q in with_twins(read_suite(gold))}
            if gone := [id_ for id_ in stored.ids if id_ not in found]:
                raise BadRun(f"{name}: {gone[0]!r} is no longer in the gold; start a new run")
            return [found[id_] for id_ in stored.ids]

        return self._start(name, gold, questions, system_of(self.runs.folder / name))

    def stop(self) -> None:
        """Stop after the question that is being asked; the answers so far are kept."""
        self._stopping.set()

    def _start(
        self, name: str, gold: Sequence[Path], questions: Callable[[], list[GoldQuestion]], system: str
    ) -> bool:
        with self._lock:
            if self._job and self._job.state == "running":
                return False
            self._stopping.clear()
            self._job = Asking(name)
        args = (name, gold, questions, system)
        threading.Thread(target=self._run, args=args, name="evaluation", daemon=True).start()
        return True

    def _run(
        self, name: str, gold: Sequence[Path], questions: Callable[[], list[GoldQuestion]], system: str
    ) -> None:
        from evals.problems import EXPECTED
        from evals.runs.asking import ask_all

        told: tuple[type[Exception], ...] = (*EXPECTED, IndexProblem, OSError, UnicodeError)
        try:
            asked = questions()
            if not asked:
                self._set(state="failed", problem=f"{', '.join(map(str, gold))}: no question")
                return
            opened = self._opener(system)
            self._set(step="ask", total=len(asked))
            folder = self.runs.folder / name
            keep_system(folder, system)
            ask_all(lambda: opened, asked, folder, gold, progress=self._progress)
            self._set(step="judge")
            self.runs.report(name, "report.html", "en")
        except _Stopped:
            self._set(state="stopped")
        except told as problem:
            self._set(state="failed", problem=str(problem))
        except Exception as problem:  # the reader gets a line, the log the traceback
            logging.getLogger(__name__).exception("the run failed")
            self._set(state="failed", problem=type(problem).__name__)
        else:
            self._set(state="done")

    def _progress(self, system: str, done: int, total: int) -> None:
        self._set(done=done, total=total)
        if self._stopping.is_set() and done < total:
            raise _Stopped

    def _set(self, **changes: object) -> None:
        if self._job is not None:
            self._job = replace(self._job, **changes)  # type: ignore[arg-type]  # fields of Asking
