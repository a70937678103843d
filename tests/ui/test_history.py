"""Conversations on disk: whose they are, what is found, and that deleting deletes."""

from __future__ import annotations

import sqlite3
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.types import Answer
from ingest.types import Source
from tests.ui.fakes import FakeAssistant, FakeLibrary
from ui.history import History, HistoryProblem, Rating, SavedExchange
from ui.history.schema import migrations

ME, OTHER = "owner-one", "owner-two"


@pytest.fixture
def history(tmp_path: Path) -> History:
    ticks = iter(range(1_000_000))
    return History(tmp_path / "folder" / "history.sqlite3", clock=lambda: float(next(ticks)))


def said(key: str, question: str, answer: str = "有一句回答。") -> SavedExchange:
    return SavedExchange(key, question, "clinician", Answer(question, "answered", "zh", "clinician", answer))


def bytes_on_disk(history: History) -> bytes:
    return b"".join(p.read_bytes() for p in history.path.parent.iterdir())


def titles(history: History, owner: str, words: str = "") -> list[str]:
    return [c.title for c in history.listed(owner, words).conversations]


def test_a_conversation_comes_back_with_everything_in_its_answers(history: History, source: Source) -> None:
    answer = FakeAssistant(FakeLibrary({source.id: source})).ask("血清和I期？")
    id_ = history.add(ME, "", SavedExchange("a", "血清和I期？", "patient", answer))
    assert history.add(ME, id_, SavedExchange("b", "故障？", "clinician", None)) == id_
    saved = history.load(ME, id_)
    assert saved is not None
    assert [(e.question, e.audience, e.answer) for e in saved.exchanges] == [
        ("血清和I期？", "patient", answer), ("故障？", "clinician", None),
    ]
    assert history.listed(ME).conversations[0].questions == 2


def test_no_owner_reaches_anothers_conversation_by_any_way(history: History) -> None:
    id_ = history.add(ME, "", said("a", "贫血怎么办？"))
    assert history.load(OTHER, id_) is None
    assert history.listed(OTHER).total == 0
    history.rename(OTHER, id_, "taken")
    history.rate(OTHER, "a", Rating(False))
    history.drop(OTHER, "a")
    history.delete(OTHER, id_)
    history.delete_all(OTHER)
    assert history.add(OTHER, id_, said("b", "我的")) != id_
    saved = history.load(ME, id_)
    assert saved is not None
    assert (saved.title, len(saved.exchanges), saved.exchanges[0].rating) == ("贫血怎么办？", 1, None)


def test_words_are_found_in_questions_answers_and_titles(history: History) -> None:
    history.add(ME, "", said("a", "贫血怎么办？", "可用红细胞生成素。"))
    second = history.add(ME, "", said("b", "How is Lenalidomide dosed?", "10% in 100_000"))
    history.rename(ME, second, "门诊 Friday")
    history.add(OTHER, "", said("c", "贫血"))
    expected = {
        "": 2, "贫血": 1, "貧血": 1, "血": 1, "生成素": 1, "lenalidomide": 1, "LENA dosed": 1, "friday": 1,
        "10%": 1, "100_0": 1, "%": 1, "_": 1, "100x0": 0, "贫血 lenalidomide": 0, "无此": 0, "'; --": 0,
    }
    found = {words: len(titles(history, ME, words)) for words in expected}
    assert found == expected
    assert titles(history, ME) == ["门诊 Friday", "贫血怎么办？"]


def test_identifiers_are_masked_before_anything_is_written(history: History) -> None:
    id_ = history.add(ME, "", said("a", "我叫刘洋，电话13800138000，贫血？"))
    history.rename(ME, id_, "刘洋的电话13800138001")
    history.rate(ME, "a", Rating(False, "other", "请打13800138002"))
    found = bytes_on_disk(history).decode("utf-8", "replace")
    assert "贫血" in found
    assert not [word for word in ("我叫刘洋", "13800138000", "13800138001", "13800138002") if word in found]


def test_deleting_leaves_nothing_in_the_files(history: History) -> None:
    secrets = ["独一无二的句子甲", "独一无二的句子乙", "独一无二的句子丙"]
    first = history.add(ME, "", said("a", "问", secrets[0] * 500))
    history.add(ME, first, said("b", "问", secrets[1] * 500))
    history.rate(ME, "b", Rating(False, "wrong", secrets[2]))
    kept = history.add(ME, "", said("c", "留下的"))
    assert all(s.encode() in bytes_on_disk(history) for s in secrets)
    history.drop(ME, "b")
    assert [s for s in secrets if s.encode() in bytes_on_disk(history)] == secrets[:1]
    history.delete(ME, first)
    assert [s for s in secrets if s.encode() in bytes_on_disk(history)] == []
    assert "留下的".encode() in bytes_on_disk(history)
    history.delete_all(ME)
    assert "留下的".encode() not in bytes_on_disk(history)
    assert history.load(ME, kept) is None


def test_the_last_exchange_takes_its_conversation_along(history: History) -> None:
    history.add(ME, "", said("a", "问"))
    history.drop(ME, "a")
    assert history.listed(ME).total == 0


def test_a_rating_is_kept_changed_and_taken_back(history: History) -> None:
    id_ = history.add(ME, "", said("a", "问"))

    def rating() -> Rating | None:
        saved = history.load(ME, id_)
        assert saved is not None
        return saved.exchanges[0].rating

    for given in (Rating(True), Rating(False, "citation", "不是这一节"), None):
        history.rate(ME, "a", given)
        assert rating() == given


def test_the_file_is_its_users_alone_and_keeps_a_log(history: History) -> None:
    assert stat.S_IMODE(history.path.stat().st_mode) == 0o600
    with sqlite3.connect(history.path) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA user_version").fetchone() == (migrations()[-1][0],)
    db.close()


def test_versions_have_no_gap_and_an_older_file_is_brought_up_with_its_content(tmp_path: Path) -> None:
    assert [number for number, _ in migrations()] == list(range(1, len(migrations()) + 1))
    path = tmp_path / "old.sqlite3"
    db = sqlite3.connect(path)
    db.executescript(migrations()[0][1] + "PRAGMA user_version = 1;")
    db.execute("INSERT INTO conversation VALUES ('c', ?, '旧的', 1, 1)", (ME,))
    db.execute("INSERT INTO exchange VALUES (1, 'k', 'c', '旧问题', 'clinician', NULL, '旧问题')")
    db.commit()
    db.close()
    history = History(path)
    assert titles(history, ME, "旧问题") == ["旧的"]
    history.rate(ME, "k", Rating(True))


def test_a_newer_or_foreign_file_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    newer, foreign = tmp_path / "newer.sqlite3", tmp_path / "foreign.sqlite3"
    db = sqlite3.connect(newer)
    db.execute("PRAGMA user_version = 999")
    db.close()
    foreign.write_text("这不是数据库" * 500, "utf-8")
    for path, words in ((newer, "newer version"), (foreign, "not a database")):
        before = path.read_bytes()
        with pytest.raises(HistoryProblem, match=words):
            History(path)
        assert path.name != "foreign.sqlite3" or path.read_bytes() == before


def test_a_record_of_another_version_does_not_break_its_conversation(history: History) -> None:
    id_ = history.add(ME, "", said("a", "问"))
    db = sqlite3.connect(history.path)
    db.execute("""UPDATE exchange SET answer = '{"question": 1}'""")
    db.commit()
    db.close()
    saved = history.load(ME, id_)
    assert saved is not None
    assert saved.exchanges[0].answer is None


def test_many_threads_write_at_once(history: History) -> None:
    problems: list[Exception] = []

    def write(number: int) -> None:
        try:
            id_ = ""
            for turn in range(5):
                id_ = history.add(f"owner-{number}", id_, said(f"{number}-{turn}", f"问{turn}"))
        except Exception as problem:
            problems.append(problem)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert {history.listed(f"owner-{n}").conversations[0].questions for n in range(8)} == {5}


def test_a_question_that_was_masked_before_is_stored_as_it_was(history: History) -> None:
    masked = "我叫［姓名］，电话［手机号］，血清？"
    id_ = history.add(ME, "", replace(said("a", masked), question=masked))
    saved = history.load(ME, id_)
    assert saved is not None
    assert saved.exchanges[0].question == masked
