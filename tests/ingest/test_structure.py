"""Sections, run-in headings, lists with their lead-ins."""

from __future__ import annotations

import pytest

from tests.ingest.documents import passages_of, source_of, texts_of

DOCUMENT = """\
# 某病

## （别名甲；别名乙）

开头一句。

## 治疗 {#treatment}

总则。

### 支持治疗

**贫血** 可以输血。也可以用药。

出现 **高黏血症** 时应做血浆置换。

这里只是为了强调，**重要**的话不是标题。

治疗包括：

- 第一类
  - 甲药
  - 乙药
    - 小剂量
- 第二类

## 预后

结尾。
"""


def test_paths_leave_out_the_title_of_the_document() -> None:
    source = source_of(DOCUMENT)
    assert source.title == "某病"
    assert [(s.level, s.path) for s in source.sections] == [
        (1, ("某病",)),
        (2, ("某病", "（别名甲；别名乙）")),  # other names of the document, no topic of their own
        (2, ("治疗",)),
        (3, ("治疗", "支持治疗")),
        (2, ("预后",)),
    ]
    assert [s.anchor for s in source.sections] == ["", "", "treatment", "", ""]
    assert "{#" not in source.text
    assert source.path_of(source.passages[0]) == ("某病", "（别名甲；别名乙）")


def test_run_in_headings() -> None:
    topics = {p.text: p.topic for p in passages_of(DOCUMENT) if p.kind == "sentence"}
    assert topics["贫血 可以输血。"] == topics["也可以用药。"] == "贫血"
    assert topics["出现 高黏血症 时应做血浆置换。"] == "高黏血症"
    assert topics["这里只是为了强调，重要的话不是标题。"] == topics["总则。"] == ""
    assert source_of(DOCUMENT).path_of(passages_of(DOCUMENT)[2]) == ("治疗", "支持治疗", "贫血")


def test_items_carry_their_lead_in() -> None:
    items = {p.text: p.lead for p in passages_of(DOCUMENT) if p.kind == "item"}
    assert items == {
        "第一类": "治疗包括：",
        "甲药": "治疗包括： 第一类",
        "乙药": "治疗包括： 第一类",
        "小剂量": "治疗包括： 第一类 乙药",
        "第二类": "治疗包括：",
    }


@pytest.mark.parametrize(
    ("before", "lead"),
    [
        ("有效的药物包括", "有效的药物包括"),
        ("目前有三种疗法。这些疗法包括", "目前有三种疗法。这些疗法包括"),
        ("目前有三种疗法。有效的药物包括", "有效的药物包括"),
        ("诊断须符合下列标准。", "诊断须符合下列标准。"),
        ("Causes include the following:", "Causes include the following:"),
        ("这句话讲完了。", "治疗"),
    ],
)
def test_what_a_list_hangs_on(before: str, lead: str) -> None:
    items = [p for p in passages_of(f"## 治疗\n\n{before}\n\n- 甲\n- 乙\n") if p.kind == "item"]
    assert [p.lead for p in items] == [lead, lead]


def test_siblings_without_a_parent_do_not_lead_each_other() -> None:
    items = [p for p in passages_of("## 治疗\n\n包括：\n\n- - 甲\n  - 乙\n") if p.kind == "item"]
    assert [(p.text, p.lead) for p in items] == [("甲", "包括："), ("乙", "包括：")]


def test_a_list_after_a_table_or_another_list_starts_afresh() -> None:
    text = "## 治疗\n\n包括：\n\n- 甲\n\n1. 乙\n\n| a | b |\n| --- | --- |\n| c | d |\n\n- 丙\n"
    assert {p.text: p.lead for p in passages_of(text) if p.kind == "item"} == {
        "甲": "包括：",
        "乙": "治疗",
        "丙": "治疗",
    }


def test_ordered_lists_keep_their_numbers() -> None:
    assert "3. 甲\n4. 乙\n" in source_of("## 步骤\n\n3. 甲\n4. 乙\n").text


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("- > 60%的浆细胞\n- \\> 1 个病灶\n", ["> 60%的浆细胞", "> 1 个病灶"]),
        ("> 100 mg/L时应治疗。\n", ["> 100 mg/L时应治疗。"]),
        ("> 引用的话。\n", ["引用的话。"]),
        ("> 2030年的指南这样说。\n", ["2030年的指南这样说。"]),
        ("> 引用的话，\n> 60岁以上适用。\n", ["引用的话，60岁以上适用。"]),
    ],
)
def test_an_inequality_is_no_quotation(text: str, passages: list[str]) -> None:
    assert texts_of(text) == passages


def test_a_heading_above_a_table_is_a_section_unless_it_only_titles_the_table() -> None:
    table = "| 期 | 值 |\n| --- | --- |\n| I | 低 |\n\n这一段还在讲分期。\n"
    for heading, home in [("分期", ("检查", "分期")), ("表 2 分期", ("检查",))]:
        source = source_of(f"# 书\n\n## 检查\n\n### {heading}\n\n{table}")
        assert source.tables[0].caption == heading
        assert source.sections[source.passages[0].section].path == ("检查", heading)
        assert source.sections[source.passages[-1].section].path == home


def test_a_page_without_headings() -> None:
    source = source_of("第一句。第二句。\n", "随笔.md")
    assert [s.path for s in source.sections] == [("随笔",)]
    assert source.title == "随笔"
    assert [p.text for p in source.passages] == ["第一句。", "第二句。"]


def test_image_credits_are_captions() -> None:
    text = "## 检查\n\n颅骨\n\n图片\n\nImage courtesy of A. Person, MD.\n\n正文。\n"
    assert [(p.kind, p.text) for p in passages_of(text)] == [
        ("caption", "颅骨"),
        ("caption", "Image courtesy of A. Person, MD."),
        ("sentence", "正文。"),
    ]
