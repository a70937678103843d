"""What all sessions of a process share bears many of them at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.types import Answer, Turn
from index.embedding.sentence_model import ENVIRONMENT, sentence_model
from ui.history import History, SavedExchange

_READERS, _TURNS = 20, 10
_QUESTIONS = (
    "分期用哪项血清检查？", "那III期呢？", "β2微球蛋白 5.6 mg/L，白蛋白 32 g/L，几期？",
    "Which serum test is used for staging?", "张三，电话13800138000，肾功能？",
)  # fmt: skip



def at_once(work: Callable[[int], object]) -> None:
    """``work`` for each reader in a thread of its own, all started together."""
    failed: list[BaseException] = []
    start = threading.Barrier(_READERS)

    def run(reader: int) -> None:
        try:
            start.wait()
            work(reader)
        except BaseException as problem:
            failed.append(problem)

    threads = [threading.Thread(target=run, args=(reader,)) for reader in range(_READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed[0]


def conversation(assistant: Assistant, reader: int) -> list[Answer]:
    """What a reader is told who asks all questions in one conversation, in one of two orders."""
    order = _QUESTIONS if reader % 4 < 2 else _QUESTIONS[::-1]
    answers: list[Answer] = []
    history: tuple[Turn, ...] = ()
    for question in order:
        audience = "patient" if reader % 2 else "clinician"
        answer = assistant.ask(question, audience, history=history)  # type: ignore[arg-type]
        history = (*history, answer.as_turn())
        answers.append(replace(answer, latency_ms=0))
    return answers


def test_readers_who_ask_at_once_are_told_what_each_would_be_told_alone(index_dir: Path) -> None:
    told: dict[int, list[Answer]] = {}
    # Opened anew, so that what is loaded or remembered late is so by twenty at once.
    shared = Assistant.open(index_dir)
    at_once(lambda reader: told.update({reader: conversation(shared, reader)}))
    alone = Assistant.open(index_dir)
    for reader in range(4):  # two orders for two audiences
        expected = conversation(alone, reader)
        assert any(answer.citations for answer in expected)
        for other in range(reader, _READERS, 4):
            assert told[other] == expected


def test_the_sentence_model_gives_each_thread_its_own_question_s_vector(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, "on")
    model = sentence_model()
    if model is None:
        pytest.skip("no sentence model on this machine")
    given = {reader: model.embed([f"reader {reader} asks"], query=True) for reader in range(_READERS)}
    again: dict[int, bool] = {}
    fresh = type(model)("another")  # type: ignore[call-arg]

    def compare(reader: int) -> None:
        found = fresh.embed([f"reader {reader} asks"], query=True)
        again[reader] = bool((abs(found - given[reader]) < 1e-5).all())

    at_once(compare)
    assert again == dict.fromkeys(range(_READERS), True)


def test_readers_who_are_kept_at_once_find_their_own_conversation_and_no_other(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite3")

    def keep(reader: int) -> None:
        conversation = ""
        for turn in range(_TURNS):
            exchange = SavedExchange(f"{reader}-{turn}", f"reader-{reader}-turn-{turn}", "clinician", None)
            conversation = history.add(f"owner {reader}", conversation, exchange)
            assert [found.id for found in history.listed(f"owner {reader}").conversations] == [conversation]

    at_once(keep)
    for reader in range(_READERS):
        (summary,) = history.listed(f"owner {reader}").conversations
        saved = history.load(f"owner {reader}", summary.id)
        assert saved is not None
        assert [e.question for e in saved.exchanges] == [f"reader-{reader}-turn-{t}" for t in range(_TURNS)]
        other = f"owner {(reader + 1) % _READERS}"
        assert history.load(other, summary.id) is None
        assert history.listed(other, words=f"reader-{reader}-turn").total == 0
