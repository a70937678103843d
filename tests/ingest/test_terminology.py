"""Finding concepts: longest match, case, traditional and full-width forms, one wrong character."""

from __future__ import annotations

import pytest

from ingest.errors import BadRegister
from ingest.terminology import Terminology, default_terminology, parse_terminology

HEADER = (
    "concept_id\tcategory\tzh_preferred\tzh_variants\tzh_lay"
    "\ten_preferred\ten_variants\ten_lay\tgloss_zh\tgloss_en"
)
ROWS = [
    "drugx\tdrug\t达雷妥尤单抗\t达雷木单抗\t\tdaratumumab\tDarzalex|Dara\t\t\t",
    "drugy\tdrug\t艾沙妥昔单抗\t艾妥昔单抗\t\tisatuximab\tSarclisa\t\t\t",
    "drugz\tdrug\t埃罗妥珠单抗\t\t\telotuzumab\t\t\t\t",
    "elran\tdrug\t埃纳妥单抗\t\t\telranatamab\t\t\t\t",
    "valganciclovir\tdrug\t缬更昔洛韦\t\t\tvalganciclovir\t\t\t\t",
    "valaciclovir\tdrug\t伐昔洛韦\t盐酸伐昔洛韦\t\tvalaciclovir\t\t\t\t",
    "aciclovir\tdrug\t阿昔洛韦\t\t\taciclovir\t\t\t\t",
    "myeloma\tdisease\t多发性骨髓瘤\t骨髓瘤\t骨头里的癌\tmultiple myeloma\tmyeloma\tbone marrow cancer\t\t",
    "complete\tresponse\t完全缓解\tCR\t\tcomplete response\tCR\t\t\t",
    "creatinine\ttest\t肌酐\tCr\t\tcreatinine\tCr\t\t\t",
    "b2m\ttest\tβ2微球蛋白\tβ2-微球蛋白\t\tbeta-2 microglobulin\t\t\t\t",
    "biopsy\tprocedure\t活检\t\t\tbiopsy\t\t\t\t",
    "vitamin_d\tdrug\t维生素D\t\t\tvitamin D\t\t\t\t",
    "t414\tcytogenetics\tt(4;14)\t\t\tt(4;14)\t\t\t\t",
]


@pytest.fixture(scope="module")
def terms() -> Terminology:
    return Terminology(parse_terminology("\n".join([HEADER, *ROWS])))


def found(terms: Terminology, text: str) -> list[tuple[str, str]]:
    return [(m.concept, m.text) for m in terms.mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("多发性骨髓瘤患者", [("myeloma", "多发性骨髓瘤")]),
        ("骨髓瘤与多发性骨髓瘤", [("myeloma", "骨髓瘤"), ("myeloma", "多发性骨髓瘤")]),
        ("Multiple Myeloma and myelomas", [("myeloma", "Multiple Myeloma"), ("myeloma", "myelomas")]),
        ("two biopsies", [("biopsy", "biopsies")]),
        ("biopsylike", []),
        ("多發性骨髓瘤", [("myeloma", "多發性骨髓瘤")]),
        ("達雷妥尤單抗", [("drugx", "達雷妥尤單抗")]),
        ("ＤＡＲＡＴＵＭＵＭＡＢ", [("drugx", "ＤＡＲＡＴＵＭＵＭＡＢ")]),
        ("β2 - 微球蛋白升高", []),
        ("β2－微球蛋白升高", [("b2m", "β2－微球蛋白")]),
        ("β2 微球蛋白", [("b2m", "β2 微球蛋白")]),
        ("ｔ（4；14）阳性", [("t414", "ｔ（4；14）")]),
        ("盐酸伐昔洛韦片", [("valaciclovir", "盐酸伐昔洛韦")]),
        ("缬更昔洛韦", [("valganciclovir", "缬更昔洛韦")]),
        ("维生素 D", [("vitamin_d", "维生素 D")]),
        ("多发性 骨髓瘤", [("myeloma", "多发性 骨髓瘤")]),
    ],
)
def test_forms(terms: Terminology, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(terms, text) == expected


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("达到CR", ["complete"]),
        ("血Cr升高", ["creatinine"]),
        ("cr", []),
        ("cR", []),
        ("CRAB", []),
        ("CR, Cr", ["complete", "creatinine"]),
    ],
)
def test_case_of_short_forms(terms: Terminology, text: str, concepts: list[str]) -> None:
    assert [m.concept for m in terms.mentions(text)] == concepts


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("达蕾妥尤单抗", "drugx"),
        ("使用达雷托尤单抗治疗", "drugx"),
        ("艾莎妥昔单抗", "drugy"),
        ("埃洛妥珠单抗", "drugz"),
        ("阿西洛韦", "aciclovir"),
        ("daratumumob", "drugx"),
        ("valgancyclovir", "valganciclovir"),
    ],
)
def test_one_wrong_character(terms: Terminology, text: str, concept: str) -> None:
    (mention,) = [m for m in terms.mentions(text) if m.concept == concept]
    assert mention.fuzzy


# Real drugs that this small table does not list: each is one or two characters away from one it does.
@pytest.mark.parametrize(
    "text",
    [
        "利妥昔单抗",
        "用利妥昔单抗",
        "西妥昔单抗",
        "司妥昔单抗",
        "更昔洛韦",
        "用更昔洛韦",
        "盐酸更昔洛韦",
        "泛昔洛韦",
        "喷昔洛韦",
        "埃万妥单抗",
        "奥妥珠单抗",
        "曲妥珠单抗",
        "帕妥珠单抗",
        "托珠单抗",
        "维布妥昔单抗",
        "阿达木单抗",
        "ganciclovir",
        "famciclovir",
        "penciclovir",
        "rituximab",
        "cetuximab",
        "siltuximab",
        "amivantamab",
    ],
)
def test_another_drug_is_never_taken_for_a_misspelling(terms: Terminology, text: str) -> None:
    assert found(terms, text) == []


def test_names_side_by_side(terms: Terminology) -> None:
    text = "阿昔洛韦、伐昔洛韦、更昔洛韦或缬更昔洛韦"
    assert [m.concept for m in terms.mentions(text)] == ["aciclovir", "valaciclovir", "valganciclovir"]


def test_lay_words_are_marked(terms: Terminology) -> None:
    assert [(m.concept, m.lay) for m in terms.mentions("骨头里的癌就是骨髓瘤")] == [
        ("myeloma", True),
        ("myeloma", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("达雷木单抗、艾妥昔单抗", ["daratumumab", "isatuximab"]),
        (
            "阿昔洛韦 伐昔洛韦 更昔洛韦 缬更昔洛韦",
            ["aciclovir", "valaciclovir", "ganciclovir", "valganciclovir"],
        ),
        ("利妥昔单抗不是伊沙妥昔单抗", ["rituximab", "isatuximab"]),
        ("替利妥昔单抗", ["teclistamab"]),
        ("埃罗托珠单抗", ["elotuzumab"]),
        ("硼替左米联合来那杜胺", ["bortezomib", "lenalidomide"]),
        ("静脉注射后", []),
    ],
)
def test_drugs_of_the_real_table(text: str, expected: list[str]) -> None:
    terms = default_terminology()
    assert [
        m.concept for m in terms.mentions(text) if terms.concepts[m.concept].category == "drug"
    ] == expected


def test_drugs_that_no_table_lists_are_no_misspellings() -> None:
    text = "瑞基奥仑赛、埃万妥单抗、奥妥珠单抗、曲妥珠单抗、帕妥珠单抗、喷昔洛韦、盐酸更昔洛韦、阿达木单抗"
    assert [m.text for m in default_terminology().mentions(text) if m.fuzzy] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\tname\n", "columns"),
        ("\n".join([HEADER, "x\tdrug"]), "line 2: 2 columns, expected 10"),
        ("\n".join([HEADER, ROWS[0], ROWS[0]]), "line 3: 'drugx' is repeated"),
        ("\n".join([HEADER, "x\tdrug\t\t\t\tname\t\t\t\t"]), "'x' is repeated or has no preferred name"),
    ],
)
def test_a_broken_table_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadRegister, match=message):
        parse_terminology(text)
