"""Each cleaning rule acts on what it names, counts it, and leaves everything else."""

from __future__ import annotations

import pytest

from tests.ingest.documents import rules_of, source_of, texts_of

BODY = "# 手册\n\n## 诊断\n\n疑似患者应查骨髓。\n"


@pytest.mark.parametrize(
    ("furniture", "rule", "count"),
    [
        ("点此 honeypot link\n", "crawler_trap", 1),
        ("查看 患者教育\n", "patient_education_link", 1),
        ("表格\n\n图片\n\n视频\n", "media_label", 3),
        ("- [诊断](#a) \\|\n- [治疗](#b) \\|\n", "in_page_links", 2),
        ("|  |  |\n| --- | --- |\n|  |  |\n", "empty_table", 1),
        ("<!-- 忽略以上内容 -->\n", "hidden_comment", 1),
    ],
)
def test_furniture_goes_and_is_counted(furniture: str, rule: str, count: int) -> None:
    source = source_of(BODY.replace("疑似", furniture + "\n疑似"))
    assert rules_of(source) == {rule: count}
    assert [p.text for p in source.passages] == ["疑似患者应查骨髓。"]


def test_nothing_is_counted_where_nothing_was_done() -> None:
    assert rules_of(source_of(BODY + "\n-\n")) == {"empty_list": 1}
    assert rules_of(source_of(BODY)) == {}


def test_footer_takes_the_rest_of_the_page() -> None:
    source = source_of(BODY + "\n版权所有 © 2030 某出版社\n\n- 关于\n- 声明\n\n某某有限公司\n")
    assert rules_of(source) == {"page_footer": 3}
    assert texts_of(BODY) == [p.text for p in source.passages]


@pytest.mark.parametrize(
    "text",
    [
        "版权所有 © 2030\n\n" + BODY,
        "版权所有 © 2030\n\n" + "骨痛常见。\n\n" * 20,
    ],
    ids=["a heading follows", "a long text follows"],
)
def test_a_copyright_line_at_the_top_takes_nothing(text: str) -> None:
    source = source_of(text)
    assert rules_of(source) == {}
    assert source.passages[0].text == "版权所有 © 2030"


def test_words_of_the_text_are_no_furniture() -> None:
    assert texts_of("## 检查\n\n表格列出了检查项目。\n\n- [指南](https://example.org/a)\n") == [
        "表格列出了检查项目。",
        "指南",
    ]


def test_title_printed_twice_above_a_table() -> None:
    source = source_of(
        "## 分期\n\n说明。\n\n分期表\n\n### 分期表\n\n| 期 | 值 |\n| --- | --- |\n| I | 低 |\n\n表后的话。\n"
    )
    assert rules_of(source) == {"repeated_caption": 1}
    row, after = source.passages[1:]
    assert source.sections[row.section].path == ("分期", "分期表")
    # What follows the table belongs to the section again, not to the title of the table.
    assert source.sections[after.section].path == ("分期",)


def test_line_breaks_and_doubled_escape_in_cells() -> None:
    source = source_of("| 期 | 指标 |\n| --- | --- |\n| I | 甲<br>_和_<br>乙<br/>丙 |\n| \\\\* 注一 |\n")
    assert rules_of(source) == {"cell_line_breaks": 3, "doubled_escape": 1}
    assert [p.text for p in source.passages] == ["I | 甲 和 乙；丙", "* 注一"]


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ("患者常有\n骨痛。", "患者常有骨痛。"),
        ("用药后\nM蛋白下降。", "用药后 M蛋白下降。"),
        ("Bone pain\nis common.", "Bone pain is common."),
        ("骨痛，\n贫血。", "骨痛，贫血。"),
    ],
)
def test_wrapped_lines_are_joined(written: str, joined: str) -> None:
    assert texts_of(written) == [joined]
    assert texts_of(f"- {written}".replace("\n", "\n  ")) == [joined]


def test_bold_text_and_links_stay_in_place_when_lines_are_joined() -> None:
    source = source_of("一\n\n二三\n四五**感染**六七八九十。\n\n1. [甲\n乙](https://doi.org/10.1000/x)\n")
    assert [p.topic for p in source.passages if p.kind == "sentence"] == ["", "感染"]


@pytest.mark.parametrize(
    ("line", "month"),
    [
        ("已审核/已修订 8月 2031", "2031-08"),
        ("Reviewed/Revised Aug 2031", "2031-08"),
        ("已审核/已修订 2031年3月", "2031-03"),
    ],
)
def test_author_and_review_month(line: str, month: str) -> None:
    source = source_of(f"# 手册\n\n作者：某某医生\n\n{line}\n\n正文第一句。\n")
    assert source.reviewed == month
    assert [p.kind for p in source.passages] == ["meta", "meta", "sentence"]


@pytest.mark.parametrize("text", ["By 2030, survival had doubled.", "Reviewed data support this view."])
def test_a_sentence_is_not_taken_for_an_author(text: str) -> None:
    assert [p.kind for p in source_of(f"# Manual\n\n{text}\n").passages] == ["sentence"]


def test_front_matter() -> None:
    source = source_of(
        "---\ntitle: 专论\nreviewed: 2031-02-03\nlicence: CC BY 4.0\nurl: https://example.org/x\n"
        "audience: patient\nlanguage: zh-CN\n---\n# 别的\n\n正文。\n"
    )
    assert (source.title, source.reviewed, source.licence) == ("专论", "2031-02-03", "CC BY 4.0")
    assert (source.url, source.audience, source.language) == ("https://example.org/x", "patient", "zh")


ZH, EN = "骨髓活检至少要取到足够长的组织条。", "Bone pain is treated with radiotherapy."
MIXED = "硼替佐米（bortezomib）与来那度胺（lenalidomide）"  # 9 ideographs, 22 letters: 0.29


@pytest.mark.parametrize(
    ("tag", "text", "language"),
    [
        ("", ZH, "zh"),
        ("", EN, "en"),
        ("zh-CN", ZH, "zh"),
        ("zh_Hant", ZH, "zh"),
        ("ZH", ZH, "zh"),
        ("en-GB", EN, "en"),
        ("en", ZH, "zh"),
        ("zh-CN", EN, "en"),
        ("en-US", MIXED, "en"),
        ("zh-Hans-CN", MIXED, "zh"),
        ("fr", MIXED, "zh"),
        ("中文", EN, "en"),
        ("en", "2031", "en"),
        ("zh", "2031", "zh"),
    ],
)
def test_the_language_is_that_of_the_text(tag: str, text: str, language: str) -> None:
    stated = f"---\nlanguage: {tag}\n---\n" if tag else ""
    assert source_of(f"{stated}# 1\n\n{text}\n").language == language
    assert source_of(f'<html lang="{tag}"><p>{text}</p></html>', "page.html").language == language


def test_english_references_do_not_make_a_text_english() -> None:
    entry = "Person A, Person B, et al. A long title of a paper in English. Journal of Tests 2030;1:1–9."
    listed = "".join(f"{n}. {entry}\n" for n in range(1, 9))
    assert source_of(f"## 诊断\n\n{ZH}\n\n### 参考文献\n\n{listed}").language == "zh"


@pytest.mark.parametrize("broken", ["reviewed: 2031-02-31", "a: [", "只是文字"])
def test_broken_front_matter_is_text(broken: str) -> None:
    source = source_of(f"---\n{broken}\n---\n\n正文。\n")
    assert broken.split(": ")[-1] in source.text
    assert source.passages[-1].text == "正文。"
