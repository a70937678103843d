"""Reference lists, and the marks that point to them."""

from __future__ import annotations

import pytest

from ingest.references import cited_numbers, without_marks
from tests.ingest.documents import source_of

DOCUMENT = """\
## 甲

一般说法 (1)。另一说法（1、3）。三项都支持 (1–3)。没有这一条 (9)。

### 甲的参考文献

1. 1. [Person A](https://pubmed.ncbi.nlm.nih.gov/11111111/). Title one. _J Test_ 2001.doi:10.1000/one(01)2

2. 2. Person B. Title two. PMID: 22222222.

- Person C. Title three. [link](https://doi.org/10.1000/three)

## 乙

别处的说法 (1)。

## 乙参考

1. Person D. Title four. [site](http://example.org) [page](https://example.org/d)

## 丙

没有文献 (1)。
"""


def test_marks_resolve_to_the_list_of_their_own_section() -> None:
    source = source_of(DOCUMENT)
    cited = [[r.text[:8] for r in source.references_of(p)] for p in source.passages]
    one, two, three, four = "Person A", "Person B", "Person C", "Person D"
    assert cited == [[one], [one, three], [one, two, three], [], [four], []]


def test_identifiers() -> None:
    source = source_of(DOCUMENT)
    a, b, c = source.sections[0].references
    assert (a.number, a.pmid, a.doi, a.url) == (
        1,
        "11111111",
        "10.1000/one(01)2",
        "https://pubmed.ncbi.nlm.nih.gov/11111111/",
    )
    assert (b.number, b.pmid, b.doi, b.url) == (
        2,
        "22222222",
        None,
        "https://pubmed.ncbi.nlm.nih.gov/22222222/",
    )
    assert (c.number, c.pmid, c.doi, c.url) == (3, None, "10.1000/three", "https://doi.org/10.1000/three")
    assert source.sections[-2].references[0].url == "https://example.org/d"


def test_entries_are_text_but_no_passages() -> None:
    source = source_of(DOCUMENT)
    assert "2. Person B. Title two." in source.text
    assert not any("Person" in p.text for p in source.passages)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("常见 (1)。", (1,)),
        ("常见（5、6）。", (5, 6)),
        ("常见(3-5)。", (3, 4, 5)),
        ("综合评价（综述见 1, 2）。", (1, 2)),
        ("常见 (2）。", (2,)),
        ("t(4;14)阳性", ()),
        ("有t (11; 14)者", ()),
        ("del(17)阳性 (2)", (2,)),
        ("This is stage I (2).", (2,)),
        ("i(17)阳性", ()),
        ("标准：(1)贫血；(2)骨痛", ()),
        ("(1) anaemia; (2) bone pain", ()),
        ("PET-CT(3)。", (3,)),
        ("每日(24 h)收集", ()),
        ("见(9-1)。", (1, 9)),
        ("中位年龄为65（45-50）岁", ()),
        ("共有（120）名患者", ()),
        ("占（24）%", ()),
        ("骨髓瘤（12）例如", (12,)),
    ],
)
def test_which_numbers_cite(text: str, numbers: tuple[int, ...]) -> None:
    assert cited_numbers(text) == numbers


def test_reading_without_marks() -> None:
    assert without_marks("检出t(4;14)者预后差 (1, 2)。", (1, 2, 4, 14)) == "检出t(4;14)者预后差。"
    assert without_marks("PET-CT(3)更敏感", (3,)) == "PET-CT更敏感"
    assert without_marks("It relieves pain (1), see (2) there (2)", (1, 2)) == "It relieves pain, see  there"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("PET-CT(3)更敏感", ()),
        ("中位年龄为65（45-80）岁", tuple(range(1, 100))),
        ("24 (20)", (1, 2)),
        ("随访60 (31–58) 个月", (1, 2, 31)),  # a range is a mark when all of it is in the list
        ("常见 (1, 9)。", (1,)),
    ],
)
def test_a_number_in_brackets_that_no_list_has_is_a_value(text: str, numbers: tuple[int, ...]) -> None:
    assert without_marks(text, numbers) == text
