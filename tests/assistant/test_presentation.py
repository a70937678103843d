"""From chosen passages to what a user reads: markers, quotations, what stands beside them."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from assistant import presentation
from assistant.presentation import Presented, escape, present, readable
from assistant.question import analyse
from assistant.selection import Group
from assistant.types import Language
from assistant.verification import Problem, Verdict
from index import Index
from ingest.types import Source
from tests.assistant.documents import DOSES
from tests.ingest.documents import source_of


def shown(
    source: Source,
    *beginnings: str,
    kind: str = "sentences",
    question: str = "骨痛",
    language: Language = "zh",
) -> Presented:
    positions = tuple(
        next(i for i, p in enumerate(source.passages) if p.text.startswith(b)) for b in beginnings
    )
    return present((Group(source, kind, positions),), analyse(question, language))


def html(markdown: str) -> str:
    """As a renderer would show it that allows everything."""
    return str(MarkdownIt("commonmark", {"html": True}).render(markdown))


def plain(markdown: str) -> str:
    """What is left for the eye."""
    text = re.sub(r"<[^>]*>", "", html(markdown))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&").strip()


def test_a_quotation_is_the_span_of_its_source(handbook: Source) -> None:
    found = shown(handbook, "达雷妥尤单抗靶向")
    (citation,) = found.citations
    assert citation.quote == handbook.text[citation.start : citation.end]
    assert citation.quote.endswith("查血型 (1,2)。")
    assert found.text == "达雷妥尤单抗靶向CD38，会干扰交叉配血，首次输注之前必须先查血型。[1]"
    assert citation.section_path == ("治疗", "抗体")
    assert (citation.source_id, citation.title) == ("handbook", "骨髓瘤小手册")
    assert citation.url == "https://example.org/handbook"
    assert [(r.number, r.pmid, r.doi) for r in citation.references] == [
        (1, "11111111", "10.1000/one"),
        (2, "22222222", None),
    ]


def test_markers_count_from_one_and_stay_with_their_span(handbook: Source) -> None:
    groups = tuple(Group(handbook, "sentences", (i,)) for i in (0, 1, 0))
    found = present(groups, analyse("骨痛"))
    assert [s.citations for s in found.sentences] == [(1,), (2,), (1,)]
    assert [c.marker for c in found.citations] == [1, 2]
    assert all(s.verified for s in found.sentences)


@pytest.mark.parametrize(
    ("quoted", "read"),
    [
        ("首次输注前查血型 (1,2)。", "首次输注前查血型。"),
        ("发病约 10% 的患者（3）。", "发病约10%的患者。"),
        ("维生素 D 不足", "维生素D不足"),
        ("two  words\nhere", "two words here"),
        ("分期 (I, II) 与年龄", "分期(I, II)与年龄"),
        ("中位年龄为65（45-80）岁 (3)。", "中位年龄为65（45-80）岁。"),
        ("pain is relieved (3).", "pain is relieved."),
    ],
)
def test_readable(quoted: str, read: str) -> None:
    assert readable(quoted, (1, 2, 3)) == read


VALUES = """\
## 年龄

确诊者的中位年龄为65（45-80）岁。共有（120）名患者入组 (1)。

表：基线（60例）

| 项目 | 例数（%） |
| --- | --- |
| 贫血 | 24 (20) |

"""


@pytest.mark.parametrize("listed", ["", "### 参考文献\n\n1. Person A. On age. 2030.\n"])
def test_a_value_in_brackets_is_no_citation_mark(listed: str) -> None:
    source = source_of(VALUES + listed)
    mark = "" if listed else "(1)"
    assert shown(source, "确诊者").text == "确诊者的中位年龄为65（45-80）岁。[1]"
    assert shown(source, "共有").text == f"共有（120）名患者入组{mark}。[1]"
    assert shown(source, "贫血", kind="table").text == "基线（60例）：\n- 贫血：24 (20)[1]"
    (rendering,) = shown(source, "共有", language="en").text.splitlines()[1:]
    assert rendering.endswith("(120) patients …" if listed else "(120) patients … (1)")


def test_a_list_has_its_lead_in(handbook: Source) -> None:
    found = shown(handbook, "不明原因的骨痛", "血肌酐", kind="list")
    assert found.text.splitlines() == [
        "出现下列任何一项即应在两周内转诊：",
        "- 不明原因的骨痛超过4周[1]",
        "- 血肌酐> 177 μmol/L[2]",
    ]


def test_a_table_row_says_what_it_is_a_row_of(handbook: Source) -> None:
    found = shown(handbook, "III | ", "‡ ", kind="table")
    assert found.text.splitlines() == [
        "修订版国际分期的界值：",
        "- III：血清指标 β2微球蛋白≥ 5.5 mg/L；其他 乳酸脱氢酶升高‡[1]",
        "- ‡或荧光原位杂交见高危异常。[2]",
    ]
    assert found.citations[0].quote == "III | β2微球蛋白 ≥ 5.5 mg/L | 乳酸脱氢酶升高‡"


@pytest.fixture(scope="module")
def doses() -> Source:
    return source_of(DOSES)


def test_rows_stand_under_their_label(doses: Source) -> None:
    found = shown(doses, "诱导 |", "维持", "诱导期间", "透析", kind="table")
    assert found.text.splitlines() == [
        "来那度胺的起始剂量：",
        "- 肾功能正常：",
        "  - 诱导：每日25 mg[1]",
        "  - 维持：每日10 mg[2]",
        "- 重度肾功能不全：",
        "  - 诱导期间：隔日15 mg[3]",
        "  - 透析：每日5 mg[4]",
    ]
    assert found.citations[2].section_path == ("来那度胺", "重度肾功能不全")


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (("透析",), ["- 重度肾功能不全：", "  - 透析：每日5 mg[1]"]),
        # A label that was chosen itself is said once, above its rows.
        (
            ("重度肾", "透析", "肾功能正常", "维持"),
            ["- 重度肾功能不全：", "  - 透析：每日5 mg[1]", "- 肾功能正常：", "  - 维持：每日10 mg[2]"],
        ),
        (("肾功能正常",), ["- 肾功能正常[1]"]),
    ],
)
def test_the_label_is_said_where_it_changes(doses: Source, rows: tuple[str, ...], lines: list[str]) -> None:
    found = shown(doses, *rows, kind="table")
    assert found.text.splitlines() == ["来那度胺的起始剂量：", *lines]


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        (
            ("唑来膦酸每次", "输注"),
            [
                "唑来膦酸按肾功能给药：肌酐清除率高于60 mL/min者：",
                "- 唑来膦酸每次4 mg[1]",
                "- 输注至少15分钟[2]",
            ],
        ),
        (
            ("唑来膦酸每次", "唑来膦酸不再"),
            [
                "唑来膦酸按肾功能给药：",
                "- 肌酐清除率高于60 mL/min者：",
                "  - 唑来膦酸每次4 mg[1]",
                "- 重度肾衰竭者：",
                "  - 唑来膦酸不再使用[2]",
            ],
        ),
        (
            ("肌酐清除率", "输注", "唑来膦酸不再", "每月"),
            [
                "唑来膦酸按肾功能给药：",
                "- 肌酐清除率高于60 mL/min者：[1]",
                "  - 输注至少15分钟[2]",
                "- 重度肾衰竭者：",
                "  - 唑来膦酸不再使用[3]",
                "- 每月查一次肌酐[4]",
            ],
        ),
    ],
)
def test_an_item_stands_under_its_own_condition(
    doses: Source, items: tuple[str, ...], lines: list[str]
) -> None:
    found = shown(doses, *items, kind="list")
    assert found.text.splitlines() == lines
    assert html(found.text).count("<li>") == sum(line.lstrip().startswith("-") for line in lines)


ENGLISH = """\
# Notes

## Care

**Anaemia** usually improves with treatment. Iron is given for iron deficiency.

Refer within two weeks for:

- bone pain
- weight loss

Table: Limits

| Stage | Serum | Other |
| --- | --- | --- |
| High risk |  |  |
| I | albumin 35 g/L | normal LDH |
"""


@pytest.mark.parametrize(
    ("kind", "beginnings", "zh"),
    [
        (
            "sentences",
            ("Anaemia", "Iron"),
            "Anaemia: usually improves with treatment.[1] Iron is given for iron deficiency.[2]",
        ),
        ("sentences", ("Iron",), "Anaemia: Iron is given for iron deficiency.[1]"),
        ("list", ("bone", "weight"), "Refer within two weeks for:\n- bone pain[1]\n- weight loss[2]"),
        ("table", ("I |",), "Limits:\n- High risk:\n  - I: Serum albumin 35 g/L; Other normal LDH[1]"),
    ],
)
def test_english_has_english_punctuation(kind: str, beginnings: tuple[str, ...], zh: str) -> None:
    """In an answer in either language: the quotation is English."""
    source = source_of(ENGLISH)
    assert shown(source, *beginnings, kind=kind).text == zh
    assert shown(source, *beginnings, kind=kind, language="en").text == zh.replace("[", " [")


def test_a_caption_keeps_its_brackets() -> None:
    source = source_of("## 分期\n\n表：分期（R-ISS）\n\n| 期 | 值 |\n| --- | --- |\n| I | 低 |\n")
    found = shown(source, "I | ", kind="table")
    assert found.text.splitlines()[0] == "分期（R-ISS）："


@pytest.mark.parametrize(
    ("beginning", "text"),
    [
        ("贫血 化疗", "贫血：化疗起效后多能好转。[1]"),
        ("促红素", "贫血：促红素仅用于血红蛋白< 100 g/L的患者，不用于铁缺乏未纠正者。[1]"),
    ],
)
def test_the_run_in_heading_stands_before_the_sentence(handbook: Source, beginning: str, text: str) -> None:
    assert shown(handbook, beginning).text == text


def test_the_heading_is_said_once_in_a_paragraph(handbook: Source) -> None:
    assert shown(handbook, "贫血 化疗", "促红素").text.count("贫血：") == 1


def test_conditional_advice_keeps_its_condition(handbook: Source) -> None:
    found = shown(handbook, "患者应避免含钙")
    first, second = found.text.splitlines()
    assert first == "高钙血症：患者应避免含钙食物，直到血钙恢复正常。[1]"
    assert "只在高钙血症期间适用" in second
    assert shown(handbook, "骨病 血钙").text == "骨病：血钙不高者可以补充维生素D。[1]"


def test_an_erratum_stands_beside_the_quotation_with_its_evidence(handbook: Source) -> None:
    found = shown(handbook, "感染 正在", "活疫苗")
    first, second = found.text.splitlines()
    assert "缬更昔洛韦" in first  # quoted as it stands, never corrected silently
    assert second.startswith("⚠ 勘误：应为伐昔洛韦")
    assert "Blood 2007;110:4807" in second
    assert [n.kind for n in found.notices] == ["erratum"]
    assert found.notices[0].text in found.text
    (note,) = found.citations[0].errata
    assert (note.id, note.severity) == ("valaciclovir-not-valganciclovir", "clinical")
    assert "伐昔洛韦" in note.right
    assert note.evidence.startswith("Zoster prophylaxis")
    assert note.evidence_url.startswith("https://")
    assert found.citations[1].errata == ()


def test_an_erratum_is_said_once(handbook: Source) -> None:
    position = next(i for i, p in enumerate(handbook.passages) if p.text.startswith("患者应避免"))
    group = Group(handbook, "sentences", (position,))
    found = present((group, group), analyse("钙"))
    assert found.text.count("⚠") == 1
    assert len(found.notices) == 1


@pytest.mark.parametrize(
    ("question", "is_shown"), [("恶心和双膦酸盐的输注反应有关吗？", True), ("血钠低怎么办？", False)]
)
def test_a_lost_shade_is_shown_where_the_question_touches_it(
    handbook: Source, question: str, is_shown: bool
) -> None:
    found = shown(handbook, "促红素", "恶心 有", question=question)
    assert ("（存疑：" in found.text) is is_shown
    assert found.citations[1].errata[0].confirmed is False


def test_a_lost_shade_of_the_direct_answer_is_always_shown(handbook: Source) -> None:
    found = shown(handbook, "恶心 有", question="血钠低怎么办？")
    assert "（存疑：" in found.text


def test_errata_in_english(handbook: Source) -> None:
    found = shown(handbook, "感染 正在", language="en")
    assert "⚠ Erratum: Valaciclovir is meant" in found.text
    assert "valaciclovir" in found.citations[0].errata[0].right.lower()
    assert found.text.splitlines()[0].endswith("。 [1]")


def test_a_sentence_that_fails_the_check_is_dropped(
    handbook: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def strict(sentence: str, *_: object) -> Verdict:
        return Verdict("69" not in sentence, (Problem("number", "69", ""),) if "69" in sentence else ())

    monkeypatch.setattr(presentation, "verify", strict)
    found = shown(handbook, "确诊时", "男性发病")
    assert found.dropped == ("确诊时的中位年龄为69岁。",)
    assert found.text == "男性发病略多于女性。[1]"
    assert [s.text for s in found.sentences] == ["男性发病略多于女性。"]
    assert len(found.citations) == 1


@pytest.mark.parametrize(
    ("kind", "beginning"), [("sentences", "确诊时"), ("list", "泡沫尿"), ("table", "III | ")]
)
def test_when_nothing_stands_no_heading_is_left_alone(
    handbook: Source, monkeypatch: pytest.MonkeyPatch, kind: str, beginning: str
) -> None:
    monkeypatch.setattr(presentation, "verify", lambda *_: Verdict(False))
    found = shown(handbook, beginning, kind=kind)
    assert (found.text, found.sentences, found.citations) == ("", (), ())
    assert len(found.dropped) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[点我](javascript:alert(1))",
        "![图](https://example.org/x.png)",
        "<https://example.org>",
        "*强调* 与 **粗体** 与 _斜体_",
        "`代码`",
        "# 标题",
        "> 60%的浆细胞",
        "- 列表",
        "+ 列表",
        "1. 第一",
        "12) 第十二",
        "---",
        "===",
        "反斜杠 \\* 与 [1]",
        "</p><!-- 注释 -->",
        "[x]: javascript:alert(1)",
    ],
)
def test_text_of_a_document_is_only_text(text: str) -> None:
    assert plain(escape(text)) == text
    assert html(escape(text)).strip().count("<") == 2  # one paragraph, its end


def test_tildes_do_not_strike_text_through() -> None:
    assert escape("18~24 Gy 或 30~36 Gy") == "18～24 Gy 或 30～36 Gy"


def test_plain_prose_is_left_as_it_is() -> None:
    for text in (
        "β2微球蛋白 < 3.5 mg/L，t(4;14)",
        "3.5 mg/L",
        "2031年5月。",
        "≥10%（克隆性）",
        "R-ISS: I–III",
    ):
        assert escape(text) == text


def test_a_hostile_passage_as_a_whole(handbook: Source) -> None:
    found = shown(handbook, "剂型栏")
    assert "<em>" not in html(found.text)
    assert "<a " not in html(found.text)
    assert "<script" not in html(found.text)
    assert "18～24与30～36" in found.text
    # The quotation itself is kept as it is in the source.
    assert "<script>" in found.citations[0].quote
    assert found.citations[0].quote in handbook.text


def test_every_passage_of_the_index_can_be_shown(index: Index) -> None:
    """Quotations stand their own check, whatever they are."""
    for source in index.sources.values():
        for i, passage in enumerate(source.passages):
            kind = {"item": "list", "row": "table", "footnote": "table"}.get(passage.kind, "sentences")
            found = present((Group(source, kind, (i,)),), analyse("骨痛"))
            assert found.dropped == ()
            assert len(found.sentences) == 1
