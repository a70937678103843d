"""Asking a system every question of a suite, into a run directory; an interrupted run goes on."""

from __future__ import annotations

import json
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from evals.answers.stored import StoredAnswer, Timed, from_json, to_json, write_answers
from evals.gold.corpus import write_corpus
from evals.gold.questions import GoldQuestion
from evals.runs.directory import (
    ANSWERS,
    CORPUS,
    TIMINGS,
    BadRun,
    Manifest,
    manifest_of,
    read_manifest,
    write_manifest,
    write_timings,
)
from evals.systems.base import SystemUnderTest

Progress = Callable[[str, int, int], None]
Opener = Callable[[], SystemUnderTest]
_SO_FAR = "answers.so-far.jsonl"
_opened: list[SystemUnderTest] = []  # in a worker process: the system that it asks


def ask_all(
    opener: Opener,
    questions: Sequence[GoldQuestion],
    directory: Path,
    gold: Sequence[Path],
    split: str = "all",
    workers: int = 1,
    progress: Progress | None = None,
    reuse: bool = False,
) -> Manifest:
    """Ask every question and leave a run directory.

    ``opener`` makes the system; with several ``workers`` and a system that takes one question at a
    time it is called in every worker process, so it must be picklable. What was already answered in
    ``directory`` by the same system to the same questions is not asked again, what failed is.
    Latencies of parallel workers on few cores are too high. With ``reuse`` a finished run of the same system
    on the same questions is taken as it is.

    Raises:
        BadRun: the directory holds another run.
    """
    system = opener()
    ids = [question.id for question in questions]
    manifest = manifest_of(system.name, system.describe(), gold, split, ids)
    directory.mkdir(parents=True, exist_ok=True)
    if reuse and (directory / ANSWERS).is_file() and read_manifest(directory) == manifest:
        return manifest
    _refuse_another_run(directory, manifest)
    write_manifest(directory, manifest)
    if system.corpus:
        write_corpus(directory / CORPUS, system.corpus)
    so_far = directory / _SO_FAR
    answered = _read_so_far(so_far)
    left = [question for question in questions if question.id not in answered]
    if left and workers == 1:
        _answer(system, left[0])  # not counted: it pays for what is loaded on first use
    with so_far.open("w", encoding="utf-8") as out:
        # Written anew: the last line of an interrupted run may be half a line.
        out.writelines(_line(answer, ms) for answer, ms in answered.values())
        for answer, milliseconds in _answers(opener, system, left, workers):
            out.write(_line(answer, milliseconds))
            out.flush()
            answered[answer.id] = answer, milliseconds
            if progress:
                progress(system.name, len(answered), len(questions))
    write_timings(directory / TIMINGS, [Timed(i, answered[i][1]) for i in ids if not answered[i][0].error])
    write_answers(directory / ANSWERS, [answered[i][0] for i in ids])
    so_far.unlink()
    return manifest


def _refuse_another_run(directory: Path, manifest: Manifest) -> None:
    try:
        there = read_manifest(directory)
    except BadRun:
        return
    if (directory / ANSWERS).is_file():
        raise BadRun(f"{directory}: already holds a finished run; name another directory with --out")
    if there != manifest:
        raise BadRun(f"{directory}: holds another run, interrupted; name another directory with --out")


def _line(answer: StoredAnswer, milliseconds: float) -> str:
    row = {"ms": milliseconds, "answer": json.loads(to_json(answer))}
    return json.dumps(row, ensure_ascii=False) + "\n"


def _read_so_far(path: Path) -> dict[str, tuple[StoredAnswer, float]]:
    found = {}
    if path.is_file():
        for line in path.read_text("utf-8").split("\n"):
            try:
                row = json.loads(line)
            except ValueError:
                continue  # the line that was being written when the run was interrupted
            answer = from_json(row["answer"])
            if not answer.error:
                found[answer.id] = answer, float(row["ms"])
    return found


def _answers(
    opener: Opener, system: SystemUnderTest, questions: Sequence[GoldQuestion], workers: int
) -> Iterator[tuple[StoredAnswer, float]]:
    if workers == 1 or len(questions) < 2:
        yield from (_answer(system, question) for question in questions)
    elif system.concurrent:
        with ThreadPoolExecutor(workers) as threads:
            yield from threads.map(lambda question: _answer(system, question), questions)
    else:
        # Spawned, not forked: FAISS and the segmenter keep threads of their own.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            workers, context, initializer=_open, initargs=(opener, questions[0])
        ) as processes:
            with _interrupts_ignored():
                found = processes.map(_answer_in_worker, questions, chunksize=4)
            yield from found


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Processes that are started meanwhile do not hear Ctrl-C; stopping them is ours."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _open(opener: Opener, first: GoldQuestion) -> None:
    _opened[:] = [opener()]
    _answer(_opened[0], first)  # not counted: it pays for what is loaded on first use


def _answer_in_worker(question: GoldQuestion) -> tuple[StoredAnswer, float]:
    return _answer(_opened[0], question)


def _answer(system: SystemUnderTest, question: GoldQuestion) -> tuple[StoredAnswer, float]:
    started = time.perf_counter()
    try:
        answer = system.answer(question)
    # Whatever a system throws, the other questions are still asked, and the report counts it.
    except Exception as problem:
        answer = StoredAnswer(question.id, "failed", "", error=f"{type(problem).__name__}: {problem}")
    return answer, (time.perf_counter() - started) * 1000
