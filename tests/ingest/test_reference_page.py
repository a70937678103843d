"""The reference page as a user brings it. Its text is not ours to ship, so these tests run only when
``MYELOMA_PAGE`` names the file. The numbers were counted by hand on the page."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ingest.chunks import chunks_of
from ingest.errata import errata_register
from ingest.load import load_source
from ingest.types import Passage, Source
from tests.ingest.documents import check_promises, rules_of

PAGE = os.environ.get("MYELOMA_PAGE", "")
pytestmark = [
    pytest.mark.page,
    pytest.mark.skipif(not PAGE, reason="MYELOMA_PAGE does not name the reference page"),
]


@pytest.fixture(scope="module")
def page() -> Source:
    return load_source(Path(PAGE))


def _in(page: Source, *path: str) -> list[Passage]:
    """Passages of the section whose path ends like this."""
    return [p for p in page.passages if page.sections[p.section].path[-len(path) :] == path]


def test_what_it_says_about_itself(page: Source) -> None:
    assert (page.title, page.language, page.reviewed) == ("多发性骨髓瘤", "zh", "2024-08")
    assert [p.kind for p in page.passages[:3]] == ["meta", "meta", "sentence"]


def test_promises(page: Source) -> None:
    check_promises(page)


def test_sections(page: Source) -> None:
    assert [sum(s.level == level for s in page.sections) for level in (1, 2, 3)] == [1, 9, 10]
    # The other names of the disease stand under its title, the chapters beside each other.
    paths = [s.path for s in page.sections]
    assert paths[1][0] == "多发性骨髓瘤"
    assert ("多发性骨髓瘤的治疗", "并发症的治疗") in paths
    assert ("关键点",) in paths


def test_furniture(page: Source) -> None:
    assert rules_of(page) == {
        "cell_line_breaks": 11,  # 5 in the table of forms (4 + 1), 6 in the staging table (4 + 2)
        "crawler_trap": 1,
        "doubled_escape": 1,
        "in_page_links": 7,
        "media_label": 5,
        "page_footer": 4,
        "patient_education_link": 1,
        "repeated_caption": 2,
    }


def test_no_character_of_content_is_lost(page: Source) -> None:
    """Letters, digits and ideographs of the file, furniture taken out, against those of the text."""
    raw = Path(PAGE).read_text("utf-8").split("---", 2)[2]
    raw = raw.split("\n版权所有", 1)[0].replace('<3.5mcg>< 297="">', "<3.5 mcg/mL (<297 nmol/L)")
    lines = raw.splitlines()
    titles = {line.lstrip("# ") for line in lines if line.startswith("###")}
    furniture = re.compile(r".*honeypot link|看法 进行|- \[.*\]\(#.*\|$|表格$|图片$|\| ---")
    kept = [line for line in lines if not furniture.match(line) and line not in titles]
    content = "\n".join(kept)
    content = re.sub(r"\]\([^)\s]*\)", "]", content).replace("<br>", " ")
    content = re.sub(r"(?m)^\d+\. (?=\d+\. )", "", content)
    expected = [c for c in content if c.isalnum()]
    found = [c for c in page.text if c.isalnum()]
    assert len(expected) > 9000
    assert found == expected


def test_forms_of_the_disease(page: Source) -> None:
    table = page.tables[0]
    rows = [page.passages[i] for i in table.rows]
    assert table.header == ("形式", "特征")
    assert [page.text[slice(*r.cells[0])][:4] for r in rows] == [
        "髓外浆细",
        "骨内孤立",
        "骨硬化型",
        "不分泌型",
    ]
    assert [r.text.count("；") for r in rows] == [0, 0, 4, 1]
    assert table.footnotes == ()


def test_staging_table(page: Source) -> None:
    table = page.tables[1]
    rows = [page.passages[i] for i in table.rows]
    notes = [page.passages[i] for i in table.footnotes]
    assert [page.text[slice(*r.cells[0])] for r in rows] == ["I", "II", "III"]
    assert all(r.lead.startswith(table.caption) and "分期" in r.lead for r in rows)
    assert [n.text[0] for n in notes] == ["*", "†", "F", "D"]
    assert [[page.passages[n].text[0] for n in r.footnotes] for r in rows] == [["*"], [], ["†"]]
    assert "≥ 3.5 g/dL(≥ 35 g/L)" in rows[0].text
    assert "≥5.5 mcg/mL (≥ 466 nmol/L)" in rows[2].text
    together = [c for c in chunks_of(page) if c.first <= table.rows[0] and table.footnotes[-1] <= c.last]
    assert len(together) == 1


def test_the_damaged_limit_is_mended(page: Source) -> None:
    (repair,) = page.repairs
    assert repair.proven
    assert page.text[repair.start : repair.end] == "<3.5 mcg/mL (<297 nmol/L)"
    row = page.passages[page.tables[1].rows[0]]
    assert row.start < repair.start < row.end
    assert row.errata == ("b2m-cell-damaged",)


@pytest.mark.parametrize(
    ("section", "leads"),
    [
        ("多发性骨髓瘤的诊断", [("多发性骨髓瘤的诊断", 4), ("多个标准。", 3)]),
        ("多发性骨髓瘤的治疗", [("多发性骨髓瘤的治疗", 6), ("危险因素包括", 3)]),
        ("恶性细胞的治疗", [("表示为", 7)]),
        (
            "复发性或难治性骨髓瘤的治疗",
            [("组合包括", 4), ("包括针对", 2), ("特别有效：", 2), ("方法包括", 3)],
        ),
        ("并发症的治疗", [("包括", 7)]),
        ("关键点", [("关键点", 8)]),
        ("更多信息", [("更多信息", 6)]),
    ],
)
def test_lists_hang_on_their_lead_in(page: Source, section: str, leads: list[tuple[str, int]]) -> None:
    groups: dict[int, list[str]] = {}
    for passage in _in(page, section):
        if passage.kind == "item":
            groups.setdefault(passage.group, []).append(passage.lead)
    assert [(len(set(g)), len(g)) for g in groups.values()] == [(1, n) for _, n in leads]
    for group, (ending, _) in zip(groups.values(), leads, strict=True):
        assert group[0].endswith(ending)


def test_a_lead_in_that_points_back_takes_the_number_along(page: Source) -> None:
    (lead,) = {p.lead for p in page.passages if "GPRC5D" in p.text and p.kind == "item"}
    assert "三种" in lead
    assert "BCMA" in lead


def test_run_in_headings(page: Source) -> None:
    topics = list(dict.fromkeys(p.topic for p in _in(page, "并发症的治疗") if p.topic))
    assert topics == ["贫血", "高粘滞血症", "高钙血症", "高尿酸血症", "感染", "肾脏损害", "骨骼病变"]
    assert [p.topic for p in _in(page, "恶性细胞的治疗") if p.topic] == ["常规化疗"] * 2


def test_references(page: Source) -> None:
    lists = list(dict.fromkeys(s.references for s in page.sections if s.references))
    assert [len(entries) for entries in lists] == [2, 2, 3, 7, 1]
    entries = [r for listed in lists for r in listed]
    assert sum(r.pmid is not None for r in entries) == 13  # all but the society's page and one from PMC
    assert sum(r.doi is not None for r in entries) == 14
    assert all(r.url for r in entries)
    cited = [p for p in page.passages if p.references]
    assert len(cited) == 14
    (venetoclax,) = [p for p in cited if "t(11;14)" in p.text]
    assert [r.pmid for r in page.references_of(venetoclax)] == ["36911885"]


def test_every_erratum_finds_its_place(page: Source) -> None:
    found = {id_ for p in page.passages for id_ in p.errata}
    assert found == set(errata_register())


def test_detectors(page: Source) -> None:
    assert [(f.detector, page.text[f.start : f.end]) for f in page.findings[:3]] == [
        ("stray_citation_digit", "2"),
        ("doubled_character", "渴渴"),
        ("drug_in_two_classes", "硼替佐米"),
    ]
    assert [f.detector for f in page.findings[3:]] == ["opposite_advice"]
