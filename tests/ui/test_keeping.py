"""The chat with a history, and the page that lists it, drawn without a browser."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.types import Answer
from tests.ui.fakes import FakeAssistant, ask, page_with, read, turn_to
from ui.history import History, Rating, SavedExchange
from ui.page import HISTORY_PATH
from ui.strings import texts_in

ZH = texts_in("zh")


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.sqlite3")


@pytest.fixture
def kept(assistant: FakeAssistant, history: History) -> AppTest:
    return page_with(lambda progress: assistant, history)


def owner_of(page: AppTest) -> str:
    return hashlib.sha256(f"browser {page.session_state['owner-secret']}".encode()).hexdigest()


def conversations(page: AppTest, history: History) -> list[tuple[str, list[str]]]:
    """(title, questions) of what is kept for this session, the latest first."""
    owner = owner_of(page)
    loaded = [history.load(owner, c.id) for c in history.listed(owner).conversations]
    return [(s.title, [e.question for e in s.exchanges]) for s in loaded if s]


def shown(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(read(h.body).text for h in page.html if not h.body.startswith(("<style", "<script")))


def questions(page: AppTest) -> list[str]:
    return [read(h.body).text for h in page.html if h.body.startswith('<div class="mm-question"')]


def labels(page: AppTest) -> list[str]:
    return [b.label for b in page.button]


def press(page: AppTest, start: str) -> AppTest:
    """Press the one button whose key starts like this."""
    (button,) = (b for b in page.button if str(b.key).startswith(start) and b.key != "delete-all")
    return button.click().run()


def test_a_conversation_is_kept_as_it_goes_on_and_opens_again(kept: AppTest, history: History) -> None:
    ask(kept, "我叫刘洋，血清？")
    ask(kept, "肾功能？")
    assert conversations(kept, history) == [("我叫［姓名］，血清？", ["我叫［姓名］，血清？", "肾功能？"])]
    kept.button("new-conversation").click().run()
    ask(kept, "I期？")
    assert conversations(kept, history)[0][1] == ["I期？"]
    page = turn_to(kept, HISTORY_PATH)
    assert "2个问题" in shown(page)
    page.text_input("history-words").set_value("肾功能").run()
    assert len([b for b in page.button if str(b.key).startswith("open-")]) == 1
    press(page, "open-")
    page = turn_to(page, "")
    assert questions(page) == ["我叫［姓名］，血清？", "肾功能？"]
    ask(page, "缺少结果？")
    assert [len(asked) for _, asked in conversations(page, history)] == [3, 1]
    press(page, "cite-6-1")
    assert any('class="mm-pane"' in h.body for h in page.html)


def test_two_sessions_do_not_see_each_other(
    kept: AppTest, history: History, assistant: FakeAssistant
) -> None:
    ask(kept, "血清？")
    other = page_with(lambda progress: assistant, history)
    assert owner_of(other) != owner_of(kept)
    assert not [b for b in other.button if str(b.key).startswith("recent-")]
    assert ZH("history_empty") in shown(turn_to(other, HISTORY_PATH))
    assert [b for b in kept.run().button if str(b.key).startswith("recent-")]


def test_in_private_nothing_is_kept_and_a_new_conversation_begins(kept: AppTest, history: History) -> None:
    ask(kept, "血清？")
    kept.toggle("private").set_value(True).run()
    assert kept.button("example-clinician-0")
    before = history.path.read_bytes()
    ask(kept, "只在心里的肾功能？")
    assert not [b for b in kept.button if str(b.key).startswith("rate-")]
    assert conversations(kept, history) == [("血清？", ["血清？"])]
    assert ZH("private_on") in shown(turn_to(kept, HISTORY_PATH))
    turn_to(kept, "")
    kept.toggle("private").set_value(False).run()
    assert "只在心里" not in shown(kept)
    assert history.path.read_bytes() == before


def test_rename_and_delete(kept: AppTest, history: History) -> None:
    for question in ("血清？", "肾功能？"):
        ask(kept, question)
        kept.button("new-conversation").click().run()
    page = turn_to(kept, HISTORY_PATH)
    page.text_input("history-words").set_value("血清").run()
    press(page, "rename-")
    (title,) = (t for t in page.text_input if str(t.key).startswith("title-"))
    title.set_value("门诊")
    next(b for b in page.button if b.label == ZH("save")).click().run()
    assert sorted(t for t, _ in conversations(page, history)) == ["肾功能？", "门诊"]
    press(page, "delete-")
    page.button("delete-yes").click().run()
    assert [t for t, _ in conversations(page, history)] == ["肾功能？"]
    page.text_input("history-words").set_value("").run()
    page.button("delete-all").click().run()
    page.button("delete-all-yes").click().run()
    assert conversations(page, history) == []
    assert ZH("history_empty") in shown(page)


def test_the_last_question_is_asked_again_or_changed_and_replaces_what_was_kept(
    kept: AppTest, history: History, assistant: FakeAssistant
) -> None:
    ask(kept, "血清？")
    ask(kept, "肾功能？")
    assert len([b for b in kept.button if str(b.key).startswith("retry-")]) == 1
    press(kept, "retry-")
    assert conversations(kept, history)[0][1] == ["血清？", "肾功能？"]
    assert [turn.question for turn in assistant.asked[-1][2]] == ["血清？"]
    press(kept, "edit-")
    kept.text_area[0].set_value("I期？")
    next(b for b in kept.button if b.label == ZH("edit_ask")).click().run()
    assert conversations(kept, history)[0][1] == ["血清？", "I期？"]
    assert not kept.text_area
    press(kept, "edit-")
    next(b for b in kept.button if b.label == ZH("cancel")).click().run()
    assert not kept.text_area
    assert assistant.asked[-1][0] == "I期？"


def test_an_answer_is_rated_with_a_reason_that_is_kept(kept: AppTest, history: History) -> None:
    ask(kept, "血清？")
    owner = owner_of(kept)
    id_ = history.listed(owner).conversations[0].id

    def rating() -> Rating | None:
        saved = history.load(owner, id_)
        return saved.exchanges[0].rating if saved else None

    press(kept, "rate-good-")
    assert rating() == Rating(True)
    assert ZH("rated_good") in labels(kept)
    press(kept, "rate-good-")
    assert rating() is None
    press(kept, "rate-bad-")
    (reason,) = (p for p in kept.pills if str(p.key).startswith("why-bad-"))
    reason.set_value("citation")
    (comment,) = (t for t in kept.text_input if str(t.key).startswith("comment-"))
    comment.set_value("电话13800138000")
    next(b for b in kept.button if b.label == ZH("reason_send")).click().run()
    assert rating() == Rating(False, "citation", "电话［手机号］")


def test_what_is_suggested_stands_in_the_sources_and_is_asked_as_it_stands(
    page: AppTest, assistant: FakeAssistant
) -> None:
    ask(page, "血清？")
    (suggested,) = (b for b in page.button if str(b.key).startswith("follow-up-"))
    assert suggested.label == "分期：注意"
    suggested.click().run()
    assert assistant.asked[-1][0] == "分期：注意"
    assert not [b for b in page.button if str(b.key).startswith("follow-up-")], "nothing is cited"


def test_a_long_conversation_shows_its_end_first(page: AppTest, assistant: FakeAssistant) -> None:
    talk = page.session_state["conversation"]
    for number in range(25):
        talk.add(f"第{number}问", "clinician", Answer("q", "answered", "zh", "clinician", f"第{number}答"))
    page.run()
    assert questions(page) == [f"第{n}问" for n in range(19, 25)]
    ask(page, "血清？")
    settled = questions(page)
    assert settled == [*(f"第{n}问" for n in range(20, 25)), "血清？"]
    assert questions(page.run()) == settled, "nothing moves when the page is drawn again"
    page.button("earlier").click().run()
    assert len(questions(page)) == 26


def test_an_earlier_answer_is_shown_with_all_that_goes_with_it_when_that_is_wanted(page: AppTest) -> None:
    for question in ("血清？", "肾功能？", "I期？"):
        ask(page, question)
    drawn = {key for b in page.button if (key := str(b.key)).startswith(("cite-", "unfold-"))}
    assert drawn == {"unfold-1", "cite-2-1", "cite-3-1"}
    assert "血清见原文" in shown(page)
    page.button("unfold-1").click().run()
    page.button("cite-1-1").click().run()
    assert any('data-open="cite-1-1"' in html.body for html in page.html)


def test_an_answer_is_drawn_once_and_as_every_later_run_draws_it(kept: AppTest) -> None:
    def drawn() -> list[object]:
        parts = [[h.body for h in kept.html], [b.key for b in kept.button], [m.value for m in kept.markdown]]
        return [*parts, [fold.label for fold in kept.expander], len(kept.chat_message)]

    for question in ("血清和I期？", "肾功能呢", "故障", "R"):
        ask(kept, question)
        first = drawn()
        kept.run()
        assert drawn() == first


def test_a_history_that_fails_does_not_cost_the_answer(kept: AppTest, history: History) -> None:
    ask(kept, "血清？")
    history.path.write_bytes(b"broken" * 1000)
    for beside in ("-wal", "-shm"):
        Path(f"{history.path}{beside}").unlink(missing_ok=True)
    ask(kept, "肾功能？")
    assert "肾功能见原文" in shown(kept)
    assert ZH("history_failed") in shown(kept)
    assert "history.sqlite3" in shown(turn_to(kept, HISTORY_PATH))


def test_without_a_history_the_chat_works_and_says_nothing_of_keeping(page: AppTest) -> None:
    ask(page, "血清？")
    assert not page.toggle
    assert not [b for b in page.button if str(b.key).startswith("rate-")]
    assert ZH("history_off") in shown(turn_to(page, HISTORY_PATH))


def test_nothing_of_a_stored_conversation_becomes_markup(assistant: FakeAssistant, history: History) -> None:
    page = page_with(lambda progress: assistant, history)
    question = "<img src=x onerror=alert(1)> **b** $x$"
    history.add(owner_of(page), "", SavedExchange("k", question, "clinician", None))
    page = turn_to(page, HISTORY_PATH)
    assert question in shown(page)
    assert not {"img", "b"} & {tag for h in page.html for tag in read(h.body).tags}


def test_a_question_that_is_stopped_can_be_asked_again(page: AppTest, assistant: FakeAssistant) -> None:
    talk = page.session_state["conversation"]
    talk.put("血清？")
    talk.stop()  # as the button does that is there while an answer is waited for
    page.run()
    assert assistant.asked == []
    assert ZH("stopped") in shown(page)
    page.button("retry-stopped").click().run()
    assert [question for question, _, _ in assistant.asked] == ["血清？"]
    assert ZH("stopped") not in shown(page)
