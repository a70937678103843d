"""A saved manual page and its Markdown twin become the same passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.html import html_to_markdown
from ingest.load import load_source
from tests.ingest.documents import check_promises, passages_of, rules_of, source_of, texts_of

HERE = Path(__file__).parent


def test_page_and_twin() -> None:
    page = load_source(HERE / "manual-page.html", "manual")
    twin = load_source(HERE / "manual-page.md", "manual")
    check_promises(page)
    check_promises(twin)
    assert page.passages == twin.passages
    assert page.sections == twin.sections
    assert page.tables == twin.tables
    assert page.text == twin.text
    assert (page.title, page.url, page.language, page.reviewed) == (
        "某骨髓病",
        "https://example.org/manual/marrow",
        "zh",
        "2031-05",
    )


def test_what_was_dropped_from_the_page_is_counted() -> None:
    assert rules_of(load_source(HERE / "manual-page.html")) == {
        "cell_line_breaks": 2,
        "html_form": 2,  # search form, print button
        "html_hidden": 3,  # honeypot, text off the screen, text for screen readers
        "html_navigation": 4,  # menu, page header, box of links, page footer
        "html_script": 3,  # one of them a style sheet
    }


def test_the_page_by_hand() -> None:
    source = load_source(HERE / "manual-page.html")
    assert "honeypot" not in source.text
    assert "忽略" not in source.text
    first, second = source.tables
    assert first.caption == "骨髓病分期"
    assert first.header == ("分期", "指标 / 血清", "指标 / 骨髓")
    assert [source.passages[i].text for i in first.rows] == [
        "I | 甲蛋白 < 3.5 mg/L；乙蛋白 ≥ 35 g/L | 浆细胞 < 10%",
        "II | 介于两者之间 | 介于两者之间",
        "III | 甲蛋白 ≥ 5.5 mg/L* | 浆细胞 > 60%",
        "III | 或钙升高 | 浆细胞 > 60%",
    ]
    assert [source.passages[i].text for i in first.footnotes] == ["* 须复查一次。", "缩写：甲蛋白 = 某种蛋白"]
    assert [len(source.passages[i].footnotes) for i in first.rows] == [0, 0, 1, 0]
    assert [source.passages[i].text for i in second.rows] == ["甲药 | 每日一次；饭后", "乙药 | 每周 1. 次"]
    items = {p.text: p.lead for p in source.passages if p.kind == "item"}
    assert items["> 60%的浆细胞"] == "需治疗的标志包括"
    assert items["骨痛"] == "需治疗的标志包括 器官损害"
    cited = {p.text[:4]: [r.pmid for r in source.references_of(p)] for p in source.passages if p.references}
    assert cited == {"约 10": ["11111111"], "血细胞 ": ["11111111", "22222222"]}
    assert "0.5 × 10⁹/L" in source.text
    assert "1.7 m²" in source.text
    assert "维生素 B12" in source.text


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>计数 10<sup>9</sup>/L</p>", ["计数 10⁹/L"]),
        ("<p>10<sup>−3</sup></p>", ["10⁻³"]),
        ("<p>体表面积 m<sup>2</sup></p>", ["体表面积 m²"]),
        ("<p>少见<sup>2</sup>。</p>", ["少见 (2)。"]),
        ("<p>少见<sup>[2,3]</sup>。</p>", ["少见 (2,3)。"]),
        ('<p>血清 LDH<sup><a href="#r">4</a></sup>。</p>', ["血清 LDH (4)。"]),
        ("<p>Ca<sup>2+</sup>升高</p>", ["Ca²⁺升高"]),
        ("<p>甲药<sup>†</sup>有效</p>", ["甲药†有效"]),
        ("<p>B<sub>12</sub>缺乏</p>", ["B12缺乏"]),
        (
            "<p>* 号、_线_、# 号、[框]、`点`、| 竖线、\\ 斜线、~ 波浪、1) 都在。</p>",
            ["* 号、_线_、# 号、[框]、`点`、| 竖线、\\ 斜线、~ 波浪、1) 都在。"],
        ),
        (
            "<p>1. 不是列表</p><p>- 也不是</p><p># 不是标题</p><p>&gt; 60%</p>",
            ["1. 不是列表", "- 也不是", "# 不是标题", "> 60%"],
        ),
        ("<p>甲 &lt; 3.5 &amp; 乙 &lt;b&gt;</p>", ["甲 < 3.5 & 乙 <b>"]),
        ("<p>第一行<br>第二行</p>", ["第一行第二行"]),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c|d</td><td><ul><li>e</li><li>f</li></ul>g</td></tr></table>",
            ["c|d | e；f；g"],
        ),
        (
            "<table role='presentation'><tr><td><p>版式。</p></td><td><p>两栏。</p></td></tr></table>",
            ["版式。", "两栏。"],
        ),
        (
            "<table><tr><td><table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table></td></tr></table>",
            ["c | d"],
        ),
        ("<ol start='3'><li>甲</li><li>乙<ul><li>丙</li></ul></li></ol>", ["甲", "乙", "丙"]),
    ],
)
def test_small_pages(html: str, texts: list[str]) -> None:
    assert texts_of(html, name="doc.html") == texts
    check_promises(source_of(html, "doc.html"))


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display: none">看不见</p>',
        '<p style="color:red; visibility:hidden">看不见</p>',
        '<p style="position:absolute; left:-9999px">看不见</p>',
        '<p style="opacity: 0">看不见</p>',
        '<p style="font-size:0">看不见</p>',
        "<p hidden>看不见</p>",
        '<p aria-hidden="true">看不见</p>',
        '<div class="sr-only"><p>看不见</p></div>',
        "<div hidden><p hidden>看不见</p></div>",
        "<!-- 看不见 -->",
        "<script>看不见</script><noscript>看不见</noscript>",
        "<nav>看不见</nav>",
        "<select><option>看不见</option></select>",
    ],
)
def test_what_no_reader_sees_is_not_read(hidden: str) -> None:
    assert texts_of(f"<body><p>看得见。</p>{hidden}</body>", name="doc.html") == ["看得见。"]


@pytest.mark.parametrize("style", ["opacity:0.9", "font-size:0.9em", "margin-left:-10px", "display:block"])
def test_what_is_styled_is_still_read(style: str) -> None:
    assert texts_of(f'<p style="{style}">看得见。</p>', name="doc.html") == ["看得见。"]


def test_which_element_is_the_article() -> None:
    outside = "<header><p>店名</p></header><div><p>侧栏</p></div>"
    head, foot = "<header><h1>题</h1><p>导语。</p></header>", "<footer><p>附注。</p></footer>"
    article = f"<article>{head}<p>正文。</p>{foot}</article>"
    assert texts_of(f"<body>{outside}{article}</body>", name="doc.html") == ["导语。", "正文。", "附注。"]
    cards = "<main><h1>题</h1><article><p>甲。</p></article><article><p>乙。</p></article></main>"
    assert texts_of(f"<body>{outside}{cards}</body>", name="doc.html") == ["甲。", "乙。"]
    teaser = "<body><h1>题</h1><p>正文。</p><article><p>另见。</p></article></body>"
    assert texts_of(teaser, name="doc.html") == ["正文。", "另见。"]


def test_a_box_of_text_stays_and_a_box_of_links_goes() -> None:
    html = "<article><p>正文。</p><aside><p>要点：<a href='#x'>补液</a>最重要。</p></aside>{}</article>"
    box = "<aside><a href='/a'>相关甲</a> <a href='/b'>相关乙</a></aside>"
    source = source_of(html.format(box), "doc.html")
    assert [p.text for p in source.passages] == ["正文。", "要点：补液最重要。"]
    assert rules_of(source) == {"html_navigation": 1}


def test_addresses_of_references_survive() -> None:
    url = "https://doi.org/10.1016/S1470-2045(14)70442-5"
    entry = f'<a href="{url}" title="x">Person A</a>. One.'
    html = f"<h2>甲</h2><p>有据 (1)。</p><h3>参考文献</h3><ol><li>{entry}</li></ol>"
    (passage,) = passages_of(html, "doc.html")
    source = source_of(html, "doc.html")
    (reference,) = source.references_of(passage)
    assert (reference.url, reference.doi) == (url, "10.1016/S1470-2045(14)70442-5")


def test_nested_beyond_reason() -> None:
    deep = "<div>" * 3000 + "<p>最里面。</p>" + "</div>" * 3000
    assert texts_of(deep, name="doc.html") == ["最里面。"]


def test_metadata_is_what_the_page_states() -> None:
    page = html_to_markdown('<html lang="en-GB"><head><title>T</title></head><body><p>x</p></body></html>')
    assert page.meta == {"title": "T", "language": "en-GB"}
    page = html_to_markdown('<link rel="canonical" href="javascript:alert(1)"><h1>A <b>B</b></h1>')
    assert page.meta == {"title": "A B"}
