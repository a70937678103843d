"""The staging form as a reader fills it in, drawn without a browser.

Expected stages are worked out by hand from Greipp 2005 (ISS), Palumbo 2015 (R-ISS) and D'Agostino 2022
(R2-ISS), whose limits stand in the comments.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.staging.iss import System
from assistant.staging.reading.conversation import read_findings
from assistant.staging.reading.request import asks_for_staging
from index import IndexMissing, Progress
from tests.ui.fakes import FakeAssistant, ask, page_with, read, turn_to
from ui.page import STAGING_PATH
from ui.strings import LANGUAGES, texts_in

ZH, EN = texts_in("zh"), texts_in("en")


@pytest.fixture
def form(page: AppTest) -> AppTest:
    return turn_to(page, STAGING_PATH)


LESIONS = {"del17p": "del(17p)", "t414": "t(4;14)", "t1416": "t(14;16)", "q1": "1q+"}
FIRST = ("system", "ldh_entry")  # what decides which other inputs there are


def fill(form: AppTest, **fields: str | bool) -> AppTest:
    """Set inputs by their key ("b2m_unit", "ldh"), lesions by the names in ``LESIONS``."""
    for group in ([n for n in fields if n in FIRST], [n for n in fields if n not in FIRST]):
        for name in group:
            _input(form, name).set_value(fields[name])
        if group:
            form.run()
    return form


def _input(form: AppTest, name: str) -> Any:
    if name in LESIONS:
        return form.segmented_control(f"stage-fish-{LESIONS[name]}")
    kinds = {**dict.fromkeys(FIRST, form.segmented_control), "setting": form.selectbox,
             "b2m_unit": form.selectbox, "albumin_unit": form.selectbox, "fish_not_done": form.checkbox}
    return kinds.get(name, form.text_input)("stage-" + name.replace("_", "-"))


def shown(form: AppTest, css_class: str) -> str:
    """What a reader sees of the pieces of HTML with a class; empty when there is none."""
    assert not form.exception
    return " ".join(read(h.body).text for h in form.html if f'class="{css_class}' in h.body)


def headline(form: AppTest) -> str:
    found = re.search(r'class="mm-stage">([^<]*)<', "".join(h.body for h in form.html))
    return found[1] if found else ""


def test_the_form_is_empty_at_first_and_says_what_to_enter(form: AppTest) -> None:
    assert ZH("staging_empty") in shown(form, "mm-outcome")
    assert headline(form) == ""
    assert form.button("stage-ask").disabled
    assert [field.value for field in form.text_input] == ["", "", "", ""]


def test_the_form_needs_no_index() -> None:
    def opener(progress: Progress) -> FakeAssistant:
        raise IndexMissing("none")

    form = turn_to(page_with(opener), STAGING_PATH)
    assert headline(fill(form, system="iss", b2m="2.1", albumin="41")) == "ISS I期"


@pytest.mark.parametrize(
    ("b2m", "albumin", "stage"),
    [
        ("3.49", "35", "I期"),       # I: B2M < 3.5 mg/L and albumin ≥ 35 g/L
        ("3.49", "34.9", "II期"),
        ("3.5", "35", "II期"),
        ("5.49", "20", "II期"),
        ("5.5", "45", "III期"),      # III: B2M ≥ 5.5 mg/L
    ],
)
def test_iss_at_its_limits(form: AppTest, b2m: str, albumin: str, stage: str) -> None:
    fill(form, system="iss", b2m=b2m, albumin=albumin)
    assert headline(form) == f"ISS {stage}"
    assert f"{b2m} mg/L" in shown(form, "mm-table mm-criteria")


@pytest.mark.parametrize(
    ("b2m", "unit", "stage"),
    [
        ("5.5", "µg/mL", "III期"),
        ("5500", "ng/mL", "III期"),
        ("5499", "µg/L", "II期"),
        ("466", "nmol/L", "III期"),  # printed as the limit in this unit, though 5.4985 mg/L
        ("465", "nmol/L", "II期"),
        ("466 nmol/L", "mg/L", "III期"),  # the unit typed behind the number is the one meant
        ("0.55 mg/dL", "nmol/L", "III期"),
    ],
)
def test_units_of_b2m(form: AppTest, b2m: str, unit: str, stage: str) -> None:
    assert headline(fill(form, system="iss", b2m=b2m, b2m_unit=unit, albumin="40")) == f"ISS {stage}"


def test_the_choice_of_units_is_closed_while_a_unit_is_typed(form: AppTest) -> None:
    assert form.selectbox("stage-b2m-unit").disabled is False
    assert fill(form, b2m="466 nmol/L").selectbox("stage-b2m-unit").disabled
    assert not fill(form, b2m="5.6").selectbox("stage-b2m-unit").disabled


def test_albumin_in_g_per_dl(form: AppTest) -> None:
    fill(form, system="iss", b2m="3", albumin="3.5", albumin_unit="g/dL")
    assert headline(form) == "ISS I期"
    assert headline(fill(form, albumin="3.4")) == "ISS II期"


NONE_FOUND = {"del17p": "absent", "t414": "absent", "t1416": "absent"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"b2m": "5.6", "albumin": "32", "ldh": "310", "ldh_limit": "250"}, "R-ISS III期"),
        ({"b2m": "5.6", "albumin": "32", "ldh": "250", "ldh_limit": "250"} | NONE_FOUND, "R-ISS II期"),
        ({"b2m": "5.6", "albumin": "32", "ldh_entry": "normal"}, "R-ISS：还不能确定，可能为 II / III 期"),
        ({"b2m": "5.6", "albumin": "32", "ldh_entry": "normal", "t1416": "present"}, "R-ISS III期"),
        ({"b2m": "2.1", "albumin": "41", "ldh_entry": "normal"}, "R-ISS：还不能确定，可能为 I / II 期"),
        ({"b2m": "2.1", "albumin": "41", "ldh_entry": "normal"} | NONE_FOUND, "R-ISS I期"),
        ({"b2m": "2.1", "albumin": "41", "ldh_entry": "high"}, "R-ISS II期"),
        ({"b2m": "4.0"}, "R-ISS II期"),  # ISS II settles it, whatever is missing
        ({"albumin": "30", "ldh_entry": "normal"} | NONE_FOUND, "R-ISS II期"),
        ({"ldh": "310/250"}, "R-ISS：还不能确定，可能为 II / III 期"),
    ],
)
def test_r_iss(form: AppTest, fields: dict[str, str], expected: str) -> None:
    fill(form, **fields)
    assert headline(form) == expected
    assert form.button("stage-ask").disabled == ("可能" in expected)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # ISS III 1.5, del(17p) 1, LDH 1, t(4;14) 1, 1q 0.5 = 5
        (
            {"b2m": "6", "albumin": "30", "ldh_entry": "high", "del17p": "present", "t414": "present",
             "q1": "present"}, "R2-ISS IV期",
        ),
        # ISS II 1, 1q 0.5 = 1.5
        ({"b2m": "4", "ldh_entry": "normal", "del17p": "absent", "t414": "absent", "q1": "present"},
         "R2-ISS III期"),
        # ISS I 0 and an unknown 1q: 0 or 0.5
        ({"b2m": "2", "albumin": "40", "ldh_entry": "normal", "del17p": "absent", "t414": "absent"},
         "R2-ISS：还不能确定，可能为 I / II 期"),
    ],
)
def test_r2_iss(form: AppTest, fields: dict[str, str], expected: str) -> None:
    assert headline(fill(form, system="r2-iss", **fields)) == expected


def test_only_what_the_system_uses_is_asked_and_counted(form: AppTest) -> None:
    def lesions() -> list[str]:
        return [str(c.key) for c in form.segmented_control if str(c.key).startswith("stage-fish")]

    assert lesions() == ["stage-fish-del(17p)", "stage-fish-t(4;14)", "stage-fish-t(14;16)"]
    fill(form, b2m="5.6", t1416="present", ldh="nonsense")
    fill(form, system="r2-iss", ldh_entry="unknown")
    assert lesions() == ["stage-fish-del(17p)", "stage-fish-t(4;14)", "stage-fish-1q+"]
    assert "t(14;16)" not in shown(form, "mm-table mm-criteria")
    fill(form, ldh_entry="value", system="iss")
    assert lesions() == []
    assert headline(form) == "ISS III期"
    assert form.text_input("stage-b2m").value == "5.6"
    fill(fill(form, system="r-iss"), ldh_entry="high")
    assert headline(form) == "R-ISS III期", "what was entered for another system is kept"


def test_fish_that_was_not_done_is_unknown_and_not_negative(form: AppTest) -> None:
    fill(form, b2m="2.1", albumin="41", ldh_entry="normal", **NONE_FOUND)
    assert headline(form) == "R-ISS I期"
    fill(form, fish_not_done=True)
    assert headline(form) == "R-ISS：还不能确定，可能为 I / II 期"
    assert form.segmented_control("stage-fish-del(17p)").disabled
    assert "还缺：FISH" in shown(form, "mm-outcome")


def test_what_is_missing_is_named(form: AppTest) -> None:
    fill(form, b2m="5.6", del17p="absent")
    assert "还缺：白蛋白、LDH、FISH t(4;14)、FISH t(14;16)" in shown(form, "mm-outcome")


def test_a_verdict_has_a_sign_and_a_word(form: AppTest) -> None:
    fill(form, b2m="5.6")
    rows = re.findall(r'<tr class="mm-(\w+)">(.*?)</tr>', "".join(h.body for h in form.html))
    seen = {kind: read(row).text for kind, row in rows}
    assert "✓符合" in seen["met"]
    assert "✗不符合" in seen["unmet"]
    assert "?未知" in seen["open"]
    assert any("III期：β2微球蛋白 ≥ 5.5 mg/L" in read(row).text for kind, row in rows if kind == "met")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"b2m": "0"}, ("β2微球蛋白 0 mg/L", "不可能")),
        ({"b2m": "466"}, ("β2微球蛋白 466 mg/L", "不可能")),
        ({"albumin": "3.2"}, ("白蛋白 3.2 g/L", "不可能")),
        ({"b2m": "5.6 mmol/L"}, ("β2微球蛋白 5.6 mmol/L", "不用这个单位")),
        ({"b2m": "5,6"}, ("β2微球蛋白“5,6”", "读不出")),
        ({"albumin": "低值<b>"}, ("白蛋白“低值<b>”", "读不出")),
        ({"ldh": "310", "ldh_limit": "abc"}, ("LDH“310 (abc)”", "读不出")),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_nothing_is_staged(
    form: AppTest, fields: dict[str, str], words: tuple[str, ...]
) -> None:
    fill(form, **fields)
    problem = shown(form, "mm-error") + shown(form, "mm-outcome")
    assert all(word in problem for word in words)
    assert headline(form) in ("", "R-ISS：不能确定")
    assert form.button("stage-ask").disabled
    assert "b" not in {tag for h in form.html for tag in read(h.body).tags}


def test_a_bare_ldh_asks_for_the_upper_limit(form: AppTest) -> None:
    fill(form, b2m="5.6", ldh="310")
    assert headline(form) == "R-ISS：还不能确定，可能为 II / III 期"
    assert "上限" in shown(form, "mm-table mm-criteria")


@pytest.mark.parametrize("setting", ["smouldering", "mgus", "treated", "relapse"])
def test_the_systems_hold_for_new_active_myeloma_only(form: AppTest, setting: str) -> None:
    fill(form, b2m="5.6", ldh_entry="high")
    assert headline(fill(form, setting="new")) == "R-ISS III期"
    assert headline(fill(form, setting=setting)) == "R-ISS：不适用"
    assert form.button("stage-ask").disabled
    assert shown(form, "mm-error")


def test_clinicians_get_survival_with_n_and_endpoint_and_links_to_the_papers(form: AppTest) -> None:
    fill(form, b2m="4")
    (figures,) = [h.body for h in form.html if "例数" in h.body]
    assert [cell in read(figures).text for cell in ("5年总生存率", "62%", "3,060")] == [True] * 3
    links = {a.get("href") for h in form.html for a in read(h.body).attributes}
    assert "https://pubmed.ncbi.nlm.nih.gov/26240224/" in links


def test_patients_get_plain_words_and_no_survival_figures(form: AppTest) -> None:
    form.segmented_control("audience").set_value("patient").run()
    fill(form, b2m="4")
    assert headline(form) == "R-ISS II期"
    assert "主治医生" in shown(form, "mm-outcome")
    assert not form.expander
    assert not any("生存率" in h.body or "62%" in h.body for h in form.html)


def test_the_form_in_english(form: AppTest) -> None:
    fill(form, b2m="5.6")
    form.segmented_control("language").set_value("en").run()
    assert headline(form) == "R-ISS: not determined; possible stages II / III"
    assert "Missing: albumin, LDH, FISH." in shown(form, "mm-outcome")
    assert form.text_input("stage-b2m").label == EN("staging_b2m")
    fill(form, albumin="x")
    assert "albumin “x” cannot be read" in shown(form, "mm-error")


def test_asking_about_the_stage_lands_in_the_chat(form: AppTest, assistant: FakeAssistant) -> None:
    fill(form, b2m="4")
    form.button("stage-ask").click().run()
    assert [(question, audience) for question, audience, _ in assistant.asked] == [
        ("R-ISS II期的标准和预后是什么？", "clinician")
    ]
    assert "R-ISS II期的标准和预后是什么？" in shown(form, "mm-question")
    assert form.chat_input


def test_the_question_joins_the_conversation_in_the_language_of_the_page(
    page: AppTest, assistant: FakeAssistant
) -> None:
    ask(page, "血清？")
    page.segmented_control("language").set_value("en").run()
    fill(turn_to(page, STAGING_PATH), b2m="4")
    page.segmented_control("audience").set_value("patient").run()
    page.button("stage-ask").click().run()
    question, audience, history = assistant.asked[-1]
    assert (question, audience) == ("What are the criteria of R-ISS stage II?", "patient")
    assert page.chat_input[0].placeholder == EN("input_placeholder")
    assert [turn.question for turn in history] == ["血清？"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_no_question_is_taken_for_a_patients_values(language: str, audience: str) -> None:
    systems: tuple[tuple[System, str], ...] = (("iss", "ISS"), ("r-iss", "R-ISS"), ("r2-iss", "R2-ISS"))
    for _, name in systems:
        for stage in ("I", "II", "III", "IV"):
            texts = texts_in("zh" if language == "zh" else "en")
            question = texts(f"staging_question_{audience}", system=name, stage=stage)
            assert not asks_for_staging(question)
            reading = read_findings([question])
            assert (reading.findings, reading.stated_iss, reading.problems) == (
                read_findings([]).findings, None, ()
            ), question


def test_the_form_and_the_conversation_survive_turning_pages(page: AppTest) -> None:
    ask(page, "血清？")
    form = fill(turn_to(page, STAGING_PATH), system="r2-iss", b2m="466", b2m_unit="nmol/L", q1="present")
    fill(form, ldh="310", ldh_limit="250", setting="new")
    before = headline(form)
    chat = turn_to(page, "")
    assert "血清？" in shown(chat, "mm-question")
    ask(chat, "肾功能？")
    form = turn_to(chat, STAGING_PATH)
    assert headline(form) == before
    assert [field.value for field in form.text_input] == ["466", "", "310", "250"]
    assert form.selectbox("stage-b2m-unit").value == "nmol/L"
    assert form.segmented_control("stage-fish-1q+").value == "present"
    assert form.selectbox("stage-setting").value == "new"


def test_the_form_can_be_cleared(form: AppTest) -> None:
    fill(form, system="r2-iss", b2m="466", b2m_unit="nmol/L", q1="present", setting="new")
    form.button("stage-reset").click().run()
    assert [field.value for field in form.text_input] == ["", "", "", ""]
    assert form.selectbox("stage-b2m-unit").value == "mg/L"
    assert form.segmented_control("stage-fish-1q+").value == "unknown"
    assert form.segmented_control("stage-system").value == "r2-iss"
    assert ZH("staging_empty") in shown(form, "mm-outcome")


def test_every_input_has_a_label_of_its_own(form: AppTest) -> None:
    fields = [*form.text_input, *form.selectbox, *form.segmented_control, *form.checkbox]
    labels = [field.label for field in fields]
    assert all(labels)
    assert len(labels) == len(set(labels))


def test_the_chat_points_to_the_form(page: AppTest) -> None:
    (link,) = page.get("page_link")
    assert link.proto.label == ZH("staging_link")
    assert link.proto.page == STAGING_PATH


def test_the_stage_can_be_printed_with_its_values_and_the_day(page: AppTest) -> None:
    page = turn_to(page, STAGING_PATH)
    assert not [h for h in page.html if "mm-print" in h.body and not h.body.startswith(("<style", "<script"))]
    page.text_input("stage-b2m").set_value("5.6").run()
    (printed,) = (h.body for h in page.html if "mm-printed" in h.body and not h.body.startswith("<style"))
    assert "血清β2微球蛋白" in printed
    assert "5.6 mg/L" in printed
    assert date.today().isoformat() in printed
    assert any("mm-print" in h.body and "打印" in h.body for h in page.html)
