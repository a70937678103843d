"""The forms of the clinical tools, filled in without a browser. Expected outcomes by hand, sources beside."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.staging.units import fold_unit, unit_tables
from index import IndexMissing, Progress
from tests.ui.fakes import FakeAssistant, page_with, read, turn_to
from ui.page import TOOLS_PATH
from ui.strings import LANGUAGES, texts_in
from ui.tools import forms as forms_module
from ui.tools.forms import fish_text, forms

ZH, EN = texts_in("zh"), texts_in("en")


@pytest.fixture
def tools(page: AppTest) -> AppTest:
    return turn_to(page, TOOLS_PATH)


def choose(tools: AppTest, form: str) -> AppTest:
    return tools.pills("tool-form").set_value(form).run()


def fill(tools: AppTest, **values: str | bool) -> AppTest:
    """Set inputs by field name; a name that begins with ``fish_`` by its lesion."""
    for name, value in values.items():
        key = f"tool-{name.replace('__', '-')}"
        found: Any = next(
            e for kind in (tools.text_input, tools.selectbox, tools.segmented_control, tools.checkbox)
            for e in kind if e.key == key
        )
        found.set_value(value)
    return tools.run()


def headline(tools: AppTest) -> str:
    assert not tools.exception
    bodies = [h.body for h in tools.html if 'class="mm-stage"' in h.body and "<style" not in h.body]
    return read(bodies[0]).text if bodies else ""


def shown(tools: AppTest) -> str:
    assert not tools.exception
    return "\n".join(read(h.body).text for h in tools.html if not h.body.startswith(("<style", "<script")))


@pytest.mark.parametrize(
    ("form", "values", "outcome"),
    [
        # IMWG 2014: ≥ 10 % clonal plasma cells and haemoglobin < 100 g/L
        ("diagnosis", {"marrow_plasma_cells": "25", "haemoglobin": "92"}, "活动性骨髓瘤"),
        ("diagnosis", {"marrow_plasma_cells": "60"}, "活动性骨髓瘤"),  # S of SLiM: ≥ 60 %
        ("diagnosis", {"marrow_plasma_cells": "25"}, "还不能确定，可能为：活动性骨髓瘤 / 冒烟型骨髓瘤"),
        # Mayo 2018: > 20 %, > 2 g/dL, ratio > 20; two of three are high risk
        ("smouldering", {"marrow_plasma_cells": "25", "m_protein_serum": "22"}, "高危"),
        ("smouldering", {"marrow_plasma_cells": "20", "m_protein_serum": "20", "flc_ratio": "1"}, "低危"),
        # China 2024: ≥ in all three
        ("smouldering", {"smouldering-model": "20-2-20-china", "marrow_plasma_cells": "20",
                         "m_protein_serum": "20"}, "高危"),
        # Durie-Salmon: haemoglobin < 85 g/L is III; creatinine ≥ 2 mg/dL is B
        ("durie-salmon", {"haemoglobin": "80", "creatinine": "300"}, "IIIB期"),
        ("durie-salmon", {"haemoglobin": "80", "creatinine": "1.0", "creatinine-unit": "mg/dL"}, "IIIA期"),
        ("calcium", {"calcium": "2.6", "albumin": "30"}, "校正血钙 2.8 mmol/L"),  # 2.6 + 0.02 × (40 − 30)
        ("flc", {"kappa": "300", "lambda_": "10"}, "κ轻链受累"),
    ],
)
def test_what_is_entered_gives_the_published_outcome(
    tools: AppTest, form: str, values: dict[str, str], outcome: str
) -> None:
    assert headline(fill(choose(tools, form), **values)).startswith(outcome)


def test_egfr_needs_age_and_sex(tools: AppTest) -> None:
    fill(choose(tools, "egfr"), creatinine="163", age="71")
    assert headline(tools).startswith(ZH("tool_undetermined"))
    assert "还缺：性别" in shown(tools)
    # CKD-EPI 2021: 142 × (163/88.4/0.9)^−1.2 × 0.9938^71 = 38.6
    assert "38.6 mL/min/1.73 m²" in headline(fill(tools, sex="male"))


def test_fish_of_the_consensus_of_2025(tools: AppTest) -> None:
    choose(tools, "high-risk")
    fill(tools, **{"fish-del(17p)": "present"})
    assert headline(tools).startswith("还不能确定"), "what share of the cells has it decides"
    assert headline(fill(tools, percent="35")) .startswith("高危")
    fill(tools, **{"fish-del(17p)": "absent", "fish-del(1p32)": "present"})
    assert headline(tools).startswith("还不能确定")
    assert headline(fill(tools, alleles="biallelic")).startswith("高危")


def test_a_fish_report_is_written_as_the_tool_reads_it() -> None:
    states = {"del(17p)": "present", "t(4;14)": "absent", "1q+": "unknown", "del(1p32)": "present"}
    assert fish_text(states, "35%", "biallelic") == "del(17p) 35%, t(4;14) negative, del(1p32) biallelic"
    assert fish_text(states, "", "") == "del(17p) positive, t(4;14) negative, del(1p32) positive"


def test_a_value_stays_when_another_tool_is_chosen_and_can_be_cleared(tools: AppTest) -> None:
    fill(choose(tools, "calcium"), calcium="2.6", **{"calcium-unit": "mmol/L"})
    choose(tools, "durie-salmon")
    assert tools.text_input("tool-calcium").value == "2.6"
    turn_to(tools, "")
    turn_to(tools, TOOLS_PATH)
    assert tools.pills("tool-form").value == "durie-salmon"
    assert tools.text_input("tool-calcium").value == "2.6"
    tools.button("tool-reset").click().run()
    assert tools.text_input("tool-calcium").value == ""
    assert ZH("tool_empty") in shown(tools)


def test_what_cannot_be_used_is_named_and_is_no_markup(tools: AppTest) -> None:
    fill(choose(tools, "calcium"), calcium="<b>x</b>", albumin="30")
    assert "“<b>x</b>”读不出数值" in shown(tools)
    fill(tools, calcium="2.6 g/L")
    assert "不用这个单位" in shown(tools)
    assert "b" not in {tag for h in tools.html for tag in read(h.body).tags if "<script" not in h.body}


def test_patients_get_no_survival_figures_and_clinicians_do(tools: AppTest) -> None:
    fill(choose(tools, "smouldering"), marrow_plasma_cells="25", m_protein_serum="22")
    assert [e.label for e in tools.expander] == [ZH("staging_figures")]
    tools.segmented_control("audience").set_value("patient").run()
    assert not tools.expander
    assert "主治医生" in shown(tools)


def test_the_page_needs_no_index_and_speaks_english() -> None:
    def opener(progress: Progress) -> FakeAssistant:
        raise IndexMissing("none")

    tools = turn_to(page_with(opener), TOOLS_PATH)
    tools.segmented_control("language").set_value("en").run()
    for form in forms():
        choose(tools, form)
        assert not tools.exception
        kinds = (tools.text_input, tools.selectbox, tools.segmented_control)
        labels = [e.label for kind in kinds for e in kind]
        assert len(labels) == len(set(labels)), form
        assert all(labels)
    fill(choose(tools, "calcium"), calcium="2.6", albumin="30")
    assert "2.8 mmol/L" in headline(tools)


def test_the_forms_ask_for_what_the_tools_take_in_units_that_they_know() -> None:
    wrong: list[str] = []
    for form in forms().values():
        parameters = inspect.signature(forms_module._TOOLS[form.tool]).parameters
        wrong += [f"{form.name}: {f.name}" for f in form.fields if f.name not in parameters]
        wrong += [
            f"{form.name}: {f.name} {unit}" for f in form.fields for unit in f.units
            if fold_unit(unit) not in unit_tables()[f.name].units
        ]
        for language in LANGUAGES:
            key = form.name.replace("-", "_")
            wrong += [k for k in (f"tool_{key}", f"tool_about_{key}") if k not in texts_in(language).texts]
    assert not wrong
