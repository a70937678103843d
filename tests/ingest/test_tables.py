"""Tables: header, cells, captions, footnotes, and rows that name other rows."""

from __future__ import annotations

from ingest.chunks import chunks_of
from tests.ingest.documents import passages_of, source_of

TABLE = """\
## 分期

表1：某分期系统

| 分期 | 指标* |
| --- | --- |
| I | 甲 < 3.5 mg/L<br>和<br>乙 ≥ 35 g/L† |
| II | 其余 |
| III | 甲 ≥ 5.5 mg/L‡ |
| † 用溴甲酚绿法测定。 |
| 缩写：甲 = 某蛋白 |

‡ 须复查一次。

正文继续。
"""


def test_rows_carry_the_header_and_cells_are_spans() -> None:
    source = source_of(TABLE)
    table = source.tables[0]
    rows = [source.passages[i] for i in table.rows]
    assert table.caption == "某分期系统"
    assert table.header == ("分期", "指标*")
    assert [r.text for r in rows] == [
        "I | 甲 < 3.5 mg/L 和 乙 ≥ 35 g/L†",
        "II | 其余",
        "III | 甲 ≥ 5.5 mg/L‡",
    ]
    assert {r.lead for r in rows} == {"某分期系统（分期 | 指标*）"}
    assert [source.text[a:b] for a, b in rows[0].cells] == ["I", "甲 < 3.5 mg/L 和 乙 ≥ 35 g/L†"]
    assert "分期 | 指标*\nI | " in source.text


def test_footnotes_go_to_the_rows_that_bear_their_mark() -> None:
    source = source_of(TABLE)
    notes = [source.passages[i] for i in source.tables[0].footnotes]
    assert [n.text for n in notes] == ["† 用溴甲酚绿法测定。", "缩写：甲 = 某蛋白", "‡ 须复查一次。"]
    assert {n.kind for n in notes} == {"footnote"}
    assert {n.lead for n in notes} == {"某分期系统"}
    marked = {
        source.passages[r].text[:3].strip(" |"): [
            source.passages[n].text[0] for n in source.passages[r].footnotes
        ]
        for r in source.tables[0].rows
    }
    assert marked == {"I": ["†"], "II": [], "III": ["‡"]}
    assert source.passages[-1].text == "正文继续。"
    assert source.passages[-1].kind == "sentence"


def test_asterisk_notes_below_a_table() -> None:
    table = "| 药 | 靶点 |\n| --- | --- |\n| 甲药* | X |\n| 乙药** | Y |\n"
    source = source_of(table + "\n* 已撤市 (1)。\n\n\\** 口服。\n\n- 普通列表\n")
    rows, notes = source.tables[0].rows, source.tables[0].footnotes
    assert [source.passages[i].text for i in notes] == ["* 已撤市 (1)。", "** 口服。"]
    assert [source.passages[i].footnotes for i in rows] == [(notes[0],), (notes[1],)]
    assert source.passages[-1].kind == "item"


def test_a_list_below_a_table_without_the_mark_is_a_list() -> None:
    text = "| 药 | 靶点 |\n| --- | --- |\n| 甲药 | X |\n\n* 甲\n* 乙\n"
    assert [p.kind for p in passages_of(text)] == ["row", "item", "item"]


def test_notes_stay_in_the_section_of_a_titled_table() -> None:
    table = "### 表 1\n\n| 期 | 值 |\n| --- | --- |\n| I† | 低 |\n\n† 注。\n\n† 又注。\n"
    source = source_of(f"## 分期\n\n说明。\n\n{table}\n正文。\n")
    assert [source.sections[p.section].title for p in source.passages] == [
        "分期",
        "表 1",
        "表 1",
        "表 1",
        "分期",
    ]
    assert [(c.first, c.last) for c in chunks_of(source)] == [(0, 0), (1, 3), (4, 4)]


def test_a_row_with_one_cell_names_the_rows_below_it() -> None:
    rows = "| 血液 |  |\n| 钙 | 高 |\n| 尿液 |  |\n| 蛋白 | 多 |\n| 缩写略 |  |\n"
    source = source_of("## 标准\n\n| 项目 | 界值 |\n| --- | --- |\n" + rows)
    assert [(p.kind, p.text, p.topic, p.lead) for p in source.passages] == [
        ("row", "血液", "", "标准（项目 | 界值）"),
        ("row", "钙 | 高", "血液", "标准（项目 | 界值）"),
        ("row", "尿液", "", "标准（项目 | 界值）"),
        ("row", "蛋白 | 多", "尿液", "标准（项目 | 界值）"),
        ("footnote", "缩写略", "", "标准"),
    ]
    assert source.path_of(source.passages[1]) == ("标准", "血液")


def test_captions() -> None:
    long = "Drug classes, with the year of the first approval, the route and the usual place in therapy"
    grid = "| a | b |\n| --- | --- |\n| c | d |\n"
    for above, caption in [
        ("表：药物分类\n\n", "药物分类"),
        ("Table 3. Drug classes\n\n", "Drug classes"),
        ("药物分类\n\n", "药物分类"),
        ("下面逐条说明。\n\n", "治疗"),
        ("### 药物分类\n\n", "药物分类"),
        (f"Table: {long}\n\n", long),
        (f"{long}\n\n", "治疗"),
    ]:
        assert source_of(f"# 书\n\n## 治疗\n\n{above}{grid}").tables[0].caption == caption


def test_two_tables_are_two_pieces() -> None:
    grid = "| a | b |\n| --- | --- |\n" + f"| {'长' * 130} | d |\n"
    source = source_of(f"## 治疗\n\n{grid}\n- 甲\n\n{grid}")
    assert len(source.tables) == 2
    chunks = chunks_of(source)
    assert [(c.first, c.last) for c in chunks] == [(0, 1), (2, 2)]
    assert "a | b" in chunks[0].lead


def test_tables_right_below_each_other() -> None:
    grid = "| a | b |\n| --- | --- |\n" + f"| {'长' * 130} | d |\n"
    source = source_of(f"## 治疗\n\n{grid}\n\n{grid}")
    assert [(c.first, c.last) for c in chunks_of(source)] == [(0, 0), (1, 1)]
