"""Properties that hold for every document, on generated ones."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.chunks import TARGET, chunks_of
from ingest.errors import UnreadableSource
from ingest.sentences import sentence_spans
from ingest.terminology import default_terminology
from ingest.types import Source
from tests.ingest.documents import check_promises, source_of, squeezed

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ROUGH = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ZH = [
    "患者血清白蛋白为3.5 g/dL",
    "检出t(11;14)的比例约为15%～20%",
    "β2-微球蛋白≥5.5 mg/L时分期较高",
    "医生叮嘱：“多喝水。少吃盐。”之后再复查",
    "骨痛（多在夜间。）常见",
    "乳酸脱氢酶[LDH]升高",
    "用药「每日一次。」即可",
    "受累与未受累轻链之比≥100",
    "Palumbo A, et al. 的报告支持这一点",
    "剂量为0.5 mg/kg",
    "（参见下文）",
]
EN = [
    "Serum albumin was 3.5 g/dL",
    "t(4;14) was found in No. 3",
    "Kyle et al. described this in 2003",
    "Give vitamin D only without hypercalcaemia",
    "Renal function improved (see Fig. 2. and below)",
    "Use e.g. zoledronic acid",
    "P. aeruginosa grew in culture",
    "24 patients had del(17p)",
]
PLAIN = st.text(alphabet="患者骨痛贫血白蛋高钙κλβabcXYZ0123456789 ，、；：·—", min_size=1, max_size=12).map(
    lambda s: "甲" + s.strip()
)
MARK = st.sampled_from(["", "", " (1)", "（1、2）", " (2-3)"])
SENTENCE = st.one_of(
    st.tuples(st.one_of(st.sampled_from(ZH), PLAIN), MARK).map(lambda t: f"{t[0]}{t[1]}。"),
    st.tuples(st.sampled_from(EN), MARK).map(lambda t: f"{t[0]}{t[1]}. "),
)
PHRASE = st.one_of(st.sampled_from(ZH), st.sampled_from(EN), PLAIN)
TITLE = st.one_of(st.sampled_from(["诊断", "治疗", "预后", "Staging", "（别名；又名）", "分期 R-ISS"]), PLAIN)


@dataclass(frozen=True)
class Piece:
    """Markdown of one block, and the runs of text that must be found again, in this order."""

    markdown: str
    content: tuple[str, ...]


def _paragraph(bold: str, sentences: list[str]) -> Piece:
    body = "".join(sentences).strip()
    return Piece(f"**{bold}** {body}" if bold else body, (bold, body))


def _list(lead: str, items: list[tuple[str, int]], ordered: bool) -> Piece:
    lines, depth = [], 0
    for position, (text, wanted) in enumerate(items):
        depth = min(wanted, depth + 1) if position else 0
        lines.append("   " * depth + ("1. " if ordered else "- ") + text)
    return Piece(f"{lead}：\n\n" + "\n".join(lines), (lead, *(text for text, _ in items)))


def _table(caption: str, rows: list[list[list[str]]], notes: list[str], as_rows: bool) -> Piece:
    lines = ["| " + " | ".join("<br>".join(cell) for cell in row) + " |" for row in rows]
    lines.insert(1, "| " + " | ".join("---" for _ in rows[0]) + " |")
    marked = [f"{mark} {note}" for mark, note in zip(("†", "‡"), notes, strict=False)]
    if as_rows and len(rows[0]) > 1:
        lines += [f"| {note} |" for note in marked]
        after = ""
    else:
        after = "".join(f"\n\n{note}" for note in marked)
    content = [caption, *(line for row in rows for cell in row for line in cell), *marked]
    return Piece(f"表：{caption}\n\n" + "\n".join(lines) + after, tuple(content))


def _references(level: int, entries: list[str]) -> Piece:
    listed = [f"{entry}. J Test 2020;1:{i}. doi:10.1000/x{i}" for i, entry in enumerate(entries)]
    lines = [f"{number}. {text}" for number, text in enumerate(listed, 1)]
    return Piece("#" * level + " 参考文献\n\n" + "\n".join(lines), ("参考文献", *listed))


CELL = st.lists(PHRASE, min_size=1, max_size=3)
BLOCK = st.one_of(
    st.builds(lambda level, t: Piece("#" * level + " " + t, (t,)), st.integers(1, 4), TITLE),
    st.builds(
        _paragraph, st.sampled_from(["", "", "贫血", "Infection"]), st.lists(SENTENCE, min_size=1, max_size=5)
    ),
    st.builds(
        _list,
        PHRASE,
        st.lists(st.tuples(PHRASE, st.integers(0, 2)), min_size=1, max_size=6),
        st.booleans(),
    ),
    st.integers(1, 3).flatmap(
        lambda width: st.builds(
            _table,
            PLAIN,
            st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=2, max_size=5),
            st.lists(PLAIN, max_size=2),
            st.booleans(),
        )
    ),
    st.builds(_references, st.integers(2, 3), st.lists(PLAIN, min_size=1, max_size=4)),
)
DOCUMENT = st.lists(BLOCK, min_size=1, max_size=10).filter(
    lambda pieces: any(not p.markdown.startswith("#") for p in pieces)
)


def _source(pieces: list[Piece]) -> Source:
    return source_of("\n\n".join(piece.markdown for piece in pieces))


@QUICK
@given(DOCUMENT)
def test_spans_order_and_sections(pieces: list[Piece]) -> None:
    check_promises(_source(pieces))


@QUICK
@given(DOCUMENT)
def test_nothing_is_lost_and_the_order_is_kept(pieces: list[Piece]) -> None:
    found = squeezed(_source(pieces).text).replace("；", "")
    cursor = 0
    for piece in pieces:
        for run in piece.content:
            wanted = squeezed(run).replace("；", "")
            at = found.find(wanted, cursor)
            assert at >= 0, f"{run!r} is missing or out of order"
            cursor = at + len(wanted)


@QUICK
@given(DOCUMENT)
def test_chunks_cover_every_passage_once(pieces: list[Piece]) -> None:
    source = _source(pieces)
    chunks = chunks_of(source)
    seen = [i for chunk in chunks for i in range(chunk.first, chunk.last + 1)]
    assert seen == list(range(len(source.passages)))
    home = {i: number for number, chunk in enumerate(chunks) for i in range(chunk.first, chunk.last + 1)}
    for chunk in chunks:
        parts = source.passages[chunk.first : chunk.last + 1]
        assert {p.section for p in parts} == {chunk.section}
        assert chunk.text == "\n".join(p.text for p in parts)
        assert chunk.source_id == source.id
        one_piece = len({p.group for p in parts}) == 1 or {p.kind for p in parts} != {"sentence"}
        assert sum(len(p.text) for p in parts) <= TARGET or one_piece
    for table in source.tables:
        assert len({home[i] for i in (*table.rows, *table.footnotes)}) <= 1, "a table was torn apart"


@QUICK
@given(DOCUMENT)
def test_references_resolve_within_their_section(pieces: list[Piece]) -> None:
    source = _source(pieces)
    for passage in source.passages:
        assert [r.number for r in source.references_of(passage)] == sorted(passage.references)


ROUGH_TEXT = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            [
                "# ",
                "## 参考文献\n",
                "- ",
                "  - ",
                "1. ",
                "> ",
                "| a | b |\n| --- | --- |\n",
                "| c |\n",
                "* ",
                "**",
                "\n",
                "\n\n",
                "<br>",
                "---\n",
                "```",
                "[x](#y)",
                "![图](z)",
                "（",
                "）",
                "“",
                "。",
                ". ",
                "(1)",
                "\\",
                "&lt;",
                "<3.5mcg>",
                "版权所有",
                "表格\n\n",
                "贫血",
                "Image courtesy of X",
                "    ",
                "\t",
                "{#id}",
                "===\n",
                "\u3000",
                "\u200b",
                "<!--",
                "-->",
            ]
        ),
        max_size=40,
    ).map("".join),
)


@ROUGH
@given(ROUGH_TEXT)
@example("0|0\n-|-\n0|0\n\n0|0\n-|-")  # the second table has a header alone, like a row of the first
def test_no_markdown_crashes_the_reader(text: str) -> None:
    try:
        source = source_of(text)
    except UnreadableSource:
        return
    check_promises(source)
    chunks_of(source)


ROUGH_HTML = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td colspan=2>",
                "<td rowspan='9'>",
                "<th>",
                "</table>",
                "<ul>",
                "<li>",
                "</ul>",
                "<sup>2</sup>",
                "10<sup>9</sup>/L",
                "<sub>2</sub>",
                "<a href='x y(z'>",
                "</a>",
                "<h2>",
                "</h2>",
                "<article>",
                "<header>",
                "<div hidden>",
                "</div>",
                "<br>",
                "贫血",
                "&lt;3.5",
                "* # | > 1. ",
                "<!-- x -->",
                "<caption>表",
                "<script>",
                "</script>",
                "<b>",
                "<img alt='图'>",
                "<figure>",
                "\n",
                "<td>",
                "<style>",
            ]
        ),
        max_size=40,
    ).map("".join),
)


@ROUGH
@given(ROUGH_HTML)
@example("<table><tr><tr><td><td>2")
@example("<table><tr><td>a<td>b<td>c<tr><td>1<td>2<td>")
def test_no_html_crashes_the_reader(text: str) -> None:
    try:
        source = source_of(text, "page.html")
    except UnreadableSource:
        return
    check_promises(source)


@ROUGH
@given(st.one_of(st.text(max_size=200), st.lists(SENTENCE, max_size=8).map("".join)))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    edge = 0
    for start, end in spans:
        assert not text[edge:start].strip()
        assert text[start:end].strip() == text[start:end] != ""
        edge = end
    assert not text[edge:].strip()


@QUICK
@given(st.one_of(st.text(max_size=80), st.lists(PHRASE, max_size=5).map("".join)))
def test_mentions_do_not_overlap(text: str) -> None:
    edge = 0
    for mention in default_terminology().mentions(text):
        assert mention.start >= edge
        assert text[mention.start : mention.end] == mention.text
        edge = mention.end
