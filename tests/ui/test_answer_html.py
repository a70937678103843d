from __future__ import annotations

import pytest

from tests.ui.fakes import HOSTILE, read
from ui.chat.answer_html import answer_html

LABELS = {1: "引文1：分期", 12: "引文12：诊断"}


def shown(markdown: str) -> str:
    return answer_html(markdown, 3, LABELS, "zh")


def test_known_markers_become_links_to_their_citation() -> None:
    found = read(shown("一句[1]，又一句[12][1]。"))
    links = [a for a in found.attributes if a.get("class") == "mm-cite"]
    assert [a["href"] for a in links] == ["#cite-3-1", "#cite-3-12", "#cite-3-1"]
    assert links[0]["aria-label"] == "引文1：分期"
    assert found.text.strip() == "一句[1]，又一句[12][1]。"


@pytest.mark.parametrize("text", [r"原文的\[1\]", "未知[7]", "[0001]", "[1-999999999]"])
def test_anything_else_in_brackets_stays_text(text: str) -> None:
    assert "a" not in read(shown(text)).tags


def test_nothing_loads_runs_or_leads_away() -> None:
    found = read(shown(HOSTILE))
    assert found.tags == ("div", "p")
    assert found.text.strip() == HOSTILE


@pytest.mark.parametrize(
    "text",
    [
        "15%~20%的患者，5~10年",
        "费用$5和$6",
        ":red[x] :material/home: :smile:",
        "a -> b",
        "&lt;3.5",
        "    缩进",
    ],
)
def test_prose_is_shown_as_it_is(text: str) -> None:
    assert read(shown(text)).text.strip() == text.replace("&lt;", "<").strip()


def test_structure_is_kept() -> None:
    found = read(shown("# 标题\n\n- **重** 点[1]\n- 二\n\n| a | b |\n|---|---|\n| 1 | 2 |"))
    assert {"h4", "ul", "li", "strong", "table", "td"} <= set(found.tags)
    assert "h1" not in found.tags


def test_a_line_with_a_warning_sign_stands_out_alone() -> None:
    html = shown("- 项[1]\n⚠ 勘误：应为x\n之后\n\n⚠ 又一条")
    assert html.count('<span class="mm-warning">') == 2
    assert '<span class="mm-warning">⚠ 勘误：应为x</span>' in html
    assert '<span class="mm-warning">⚠ 又一条</span>' in html
