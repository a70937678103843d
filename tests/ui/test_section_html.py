from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.types import Source
from tests.ui.fakes import passage_with, read
from ui.sources.section_html import own_end, section_at, section_html


@pytest.mark.parametrize("words", ["血清", "白蛋白", "肾功能", "缺少结果", "分期前"])
def test_exactly_the_passage_is_marked(source: Source, words: str) -> None:
    passage = passage_with(source, words)
    assert read(section_html(source, passage.start, passage.end)).marks == (passage.text,)


def test_a_part_of_a_sentence_is_marked_alone(source: Source) -> None:
    start = source.text.index("β2微球蛋白 (1)")
    assert read(section_html(source, start, start + 6)).marks == ("β2微球蛋白"[:6],)


def test_a_table_row_is_marked_cell_by_cell_in_a_table(source: Source) -> None:
    row = passage_with(source, "III期")
    found = read(section_html(source, row.start, row.end))
    assert found.marks == ("III期", "β2微球蛋白≥5.5 mg/L")
    assert found.tags.count("tr") == 3  # header and two rows
    assert [a.get("class") for a in found.attributes].count("mm-cited") == 1
    assert {"aria-label": "分期表"} in found.attributes


def test_one_cell_can_be_cited(source: Source) -> None:
    row = passage_with(source, "III期")
    start, end = row.cells[1]
    assert read(section_html(source, start, end)).marks == ("β2微球蛋白≥5.5 mg/L",)


def test_what_a_document_says_is_never_markup(source: Source) -> None:
    passage = passage_with(source, "血清")
    found = read(section_html(source, passage.start, passage.end))
    assert set(found.tags) <= {
        "h4",
        "p",
        "ul",
        "li",
        "mark",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


def test_a_section_ends_where_its_subsection_begins(source: Source) -> None:
    section = section_at(source, passage_with(source, "血清").start)
    assert section.title == "分期"
    assert source.text[own_end(source, section) :].startswith("### 注意")


def _visible(text: str) -> str:
    """A section's text without what is drawn instead of written: list marks, heading marks, cell bars."""
    text = re.sub(r"^(#{1,6} |\s*- )", "", text, flags=re.MULTILINE)
    return re.sub(r"[\s|]", "", text)


@given(data=st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_span_is_marked_exactly_and_nothing_is_lost(source: Source, data: st.DataObject) -> None:
    passage = data.draw(st.sampled_from(source.passages))
    start = data.draw(st.integers(passage.start, passage.end - 1))
    end = data.draw(st.integers(start + 1, passage.end))
    found = read(section_html(source, start, end))
    section = section_at(source, start)
    assert _visible("".join(found.marks)) == re.sub(r"[\s|]", "", source.text[start:end])
    assert re.sub(r"[\s|]", "", found.text) == _visible(source.text[section.start : own_end(source, section)])
