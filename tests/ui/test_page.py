"""The page as a reader meets it, drawn without a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from index import EmbedderUnavailable, IndexBusy, IndexMismatch, IndexMissing, Progress
from ingest.types import Source
from tests.ui.fakes import HOSTILE, FakeAssistant, FakeLibrary, ask, page_with, passage_with, read
from ui.chat import answering
from ui.chat.answer_html import answer_html
from ui.strings import texts_in


def bodies(page: AppTest) -> list[str]:
    """HTML on the page, without the style sheet and the script."""
    assert not page.exception
    return [h.body for h in page.html if not h.body.startswith(("<style>", "<script>"))]


def the(page: AppTest, css_class: str) -> str:
    """The first piece of HTML with a class."""
    return next(body for body in bodies(page) if f'class="{css_class}' in body)


def has_pane(page: AppTest) -> bool:
    return any('class="mm-pane"' in body for body in bodies(page))


def test_a_first_visit_offers_questions_for_the_audience(page: AppTest, assistant: FakeAssistant) -> None:
    assert page.button("example-clinician-0").label == texts_in("zh").lists["examples_clinician"][0]
    page.segmented_control("audience").set_value("patient").run()
    page.button("example-patient-1").click().run()
    assert assistant.asked == [(texts_in("zh").lists["examples_patient"][1], "patient", ())]
    assert "example-patient-1" not in [b.key for b in page.button]


def test_a_question_is_answered_with_its_status_and_markers(page: AppTest) -> None:
    ask(page, "血清和I期？")
    answer = read(the(page, "mm-answer"))
    assert "血清见原文[1]" in answer.text
    assert [a["href"] for a in answer.attributes if a.get("class") == "mm-cite"] == ["#cite-1-1", "#cite-1-2"]
    assert [b.label for b in page.button if str(b.key).startswith("cite-")] == ["引文 1", "引文 2"]
    assert any("已回答" in m.value for m in page.markdown)
    assert "2句，均与引文核对一致" in the(page, "mm-quiet mm-standing")


def test_an_emergency_is_an_alert_that_stands_before_the_answer(page: AppTest) -> None:
    ask(page, "救命")
    drawn = [body for body in bodies(page) if "mm-" in body]
    alert = next(n for n, body in enumerate(drawn) if "mm-urgent" in body)
    assert 'role="alert"' in drawn[alert]
    assert "现在就拨打120" in drawn[alert]
    assert "<script>" not in drawn[alert]
    rest = next(n for n, body in enumerate(drawn) if "资料中没有可引用的内容" in body)
    standing = next(n for n, body in enumerate(drawn) if "mm-standing" in body)
    assert alert < standing < rest  # nothing, not even the status, stands before it
    assert any("请立即就医" in m.value for m in page.markdown)


def test_a_marker_opens_its_source_with_exactly_the_quotation_marked(page: AppTest, source: Source) -> None:
    ask(page, "血清和I期？")
    assert not has_pane(page)
    page.button("cite-1-1").click().run()
    pane = read(the(page, "mm-pane"))
    assert pane.marks == (passage_with(source, "血清").text,)
    assert "新说法" in pane.text
    assert "旧说法" in pane.text
    assert "2024-08" in pane.text
    assert "https://pubmed.ncbi.nlm.nih.gov/15809451/" in [a.get("href") for a in pane.attributes]


def test_next_and_previous_step_through_the_citations(page: AppTest) -> None:
    ask(page, "血清和I期？")
    page.button("cite-1-1").click().run()
    assert page.button("pane-previous").disabled
    page.button("pane-next").click().run()
    assert read(the(page, "mm-pane")).marks == ("I期", "β2微球蛋白<3.5 mg/L")
    assert page.button("pane-next").disabled
    page.button("pane-close").click().run()
    assert not has_pane(page)


def test_a_new_question_closes_the_source_and_brings_the_conversation_along(
    page: AppTest, assistant: FakeAssistant
) -> None:
    ask(page, "血清？")
    page.button("cite-1-1").click().run()
    ask(page, "肾功能？")
    assert not has_pane(page)
    assert [turn.question for turn in assistant.asked[1][2]] == ["血清？"]
    page.button("cite-1-1").click().run()
    assert has_pane(page)


def test_a_new_conversation_starts_empty_and_shares_no_button_with_the_old(
    page: AppTest, assistant: FakeAssistant
) -> None:
    ask(page, "血清？")
    page.button("new-conversation").click().run()
    assert page.button("example-clinician-0")
    ask(page, "肾功能？")
    assert assistant.asked[1][2] == ()
    assert [b.key for b in page.button if str(b.key).startswith("cite-")] == ["cite-2-1"]


def test_the_language_switch_changes_the_interface_and_stays(page: AppTest) -> None:
    page.segmented_control("language").set_value("en").run()
    ask(page, "血清？")
    assert page.chat_input[0].placeholder == texts_in("en")("input_placeholder")
    assert any("Answered" in m.value for m in page.markdown)
    assert page.button("cite-1-1").label == "Source 1"
    page.button("cite-1-1").click().run()
    assert texts_in("en")("source_heading") in read(the(page, "mm-pane")).text


def test_nothing_that_is_asked_answered_or_weighed_becomes_markup(page: AppTest) -> None:
    ask(page, HOSTILE)
    assert read(the(page, "mm-question")).tags == ("div",)
    assert read(the(page, "mm-question")).text == HOSTILE
    for body in bodies(page):
        found = read(body)
        assert not {"img", "script", "iframe"} & set(found.tags)
        assert not any(name.startswith("on") for a in found.attributes for name in a)
    assert not any(HOSTILE in m.value for m in page.markdown)


def test_identifiers_are_neither_shown_nor_kept(page: AppTest, assistant: FakeAssistant) -> None:
    ask(page, "我叫刘洋，电话13800138000，血清？")
    assert read(the(page, "mm-question")).text == "我叫［姓名］，电话［手机号］，血清？"
    assert any(texts_in("zh")("identifiers_hidden") in body for body in bodies(page))
    ask(page, "I期？")
    assert [turn.question for turn in assistant.asked[1][2]] == ["我叫［姓名］，电话［手机号］，血清？"]
    assert "13800138000" not in repr(page.session_state["conversation"])
    assert "13800138000" not in repr(assistant.asked)


def test_an_error_is_told_in_words_and_the_question_can_be_asked_again(
    page: AppTest, assistant: FakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    ask(page, "故障？")
    error = the(page, "mm-error")
    assert texts_in("zh")("error_ask") in error
    assert "details" not in error
    assert "a fault with" in caplog.text
    page.button("retry-1").click().run()
    assert [question for question, _, _ in assistant.asked] == ["故障？", "故障？"]
    assert len(page.chat_message) == 2


@pytest.mark.parametrize(
    ("problem", "key"),
    [
        (IndexMissing("/x: no index here"), "error_missing"),
        (IndexMismatch("/x: schema 0, not 1"), "error_mismatch"),
        (IndexBusy("/x: process 1"), "error_busy"),
        (EmbedderUnavailable("BAAI/x"), "error_index"),
        (OSError("disk <b>gone</b>"), "error_index"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_an_index_that_does_not_open_is_one_message_with_the_next_step(problem: Exception, key: str) -> None:
    def opener(progress: Progress) -> FakeAssistant:
        raise problem

    page = page_with(opener)
    (error,) = (read(body) for body in bodies(page) if "mm-error" in body)
    assert texts_in("zh")(key) in error.text
    assert texts_in("zh")(f"{key}_next") in error.text
    assert str(problem) in error.text
    assert len(page.chat_input) == 0


def test_building_an_index_shows_its_progress(assistant: FakeAssistant) -> None:
    seen: list[str] = []

    def opener(progress: Progress) -> FakeAssistant:
        for step in ("fit", "embed", "swap", "unheard of"):
            progress(step, 1, 2)
            seen.append(step)
        progress("embed", 0, 0)
        return assistant

    page = page_with(opener)
    assert seen
    assert not page.exception
    assert page.chat_input


def test_a_source_that_changed_or_went_is_not_marked_at_the_old_place(source: Source) -> None:
    assistant = FakeAssistant(FakeLibrary({source.id: source}))
    page = ask(page_with(lambda progress: assistant), "肾功能？")
    page.button("cite-1-1").click().run()
    changed = replace(source, text="新" + source.text)
    for sources, key in (({source.id: changed}, "source_changed"), ({}, "source_gone")):
        assistant.index.sources = sources
        pane = read(the(page.run(), "mm-pane"))
        assert texts_in("zh")(key) in pane.text
        assert "肾功能" in pane.text
        assert pane.marks == ()


def test_why_shows_the_weighed_passages_with_their_scores(page: AppTest) -> None:
    ask(page, "血清？")
    why = read(the(page, "mm-why"))
    assert "1.25" in why.text
    assert HOSTILE in why.text


def test_a_follow_up_shows_how_it_was_understood_folded_away(page: AppTest) -> None:
    ask(page, "血清查什么？")
    heading = texts_in("zh")("understood_heading")
    assert heading not in [fold.label for fold in page.expander]
    ask(page, "肾功能呢")
    (fold,) = [fold for fold in page.expander if fold.label == heading]
    assert "血清查什么？&lt;b&gt;肾功能呢" in fold.get("html")[0].proto.body


def test_a_language_models_sentences_are_shown_as_they_come(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def noted(markdown: str, *others: object) -> str:
        drawn.append(answer_html(markdown, *others))  # type: ignore[arg-type]
        return drawn[-1]

    monkeypatch.setattr(answering, "answer_html", noted)
    page = ask(page_with(lambda progress: assistant), "肾功能？")
    assert not drawn, "what is taken from the text comes at once"
    assistant.writer = object()
    ask(page, "血清？")
    assert [read(body).text.count("预览") for body in drawn] == [1, 2]
    assert "img" not in read(drawn[0]).tags
    assert "mm-cite" not in drawn[0], "there is no citation to open yet"
    text = "\n".join(h.body for h in page.html)
    assert "血清见原文" in text
    assert "预览" not in text
    assert len(assistant.asked) == 2
    ask(page, "故障")
    assert texts_in("zh")("error_ask") in "".join(h.body for h in page.html)
