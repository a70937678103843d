"""The English frame of a Chinese quotation: numbers, names, denials and general words, in their order."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from assistant.rendering import render_terms
from ingest.folding import chinese_share
from ingest.types import Source
from tests.ingest.documents import passages_of


def rendered(text: str) -> str:
    """The terms alone, without the words before them."""
    return render_terms(list(passages_of(f"## 甲\n\n{text}\n"))).partition(": ")[2]


def in_order(text: str, *pieces: str) -> bool:
    positions = [text.find(piece) for piece in pieces]
    return -1 not in positions and positions == sorted(positions)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("确诊时的中位年龄为69岁。", ("69", "years of age")),
        ("硼替佐米皮下注射。", ("bortezomib", "subcutaneous")),
        ("血红蛋白 < 100 g/L 者可用促红素。", ("haemoglobin", "< 100 g/L")),
        ("β2微球蛋白≥5.5 mg/L。", ("beta-2 microglobulin", "≥5.5 mg/L")),
        ("约20～30%的患者贫血。", ("~20～30%", "anaemia")),
        ("肌酐不超过177 μmol/L。", ("serum creatinine", "≤177 μmol/L")),
        ("血红蛋白低于100 g/L。", ("< 100 g/L",)),
        ("浆细胞至少10%。", ("plasma cell", "≥10%")),
        ("患者的血清肌酐>177μmol/L（>2 mg/dL）。", ("> 177 μmol/L", "> 2 mg/dL")),
        ("清除率<40mL/min/1.73m²。", ("< 40 mL/min/1.73m²",)),
        ("β2微球蛋白5.5 mg/L以上。", ("5.5 mg/L or more",)),
        ("少于3处病灶。", ("< 3",)),
        ("卡非佐米或硼替佐米。", ("carfilzomib", "or", "bortezomib")),
        ("检出t(4;14)。", ("t(4;14)",)),
        ("每4周一次。", ("per", "4", "weeks")),
    ],
)
def test_numbers_and_names_in_their_order(text: str, pieces: tuple[str, ...]) -> None:
    assert in_order(rendered(text), *pieces), rendered(text)


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        ("硼替佐米不引起贫血。", "not"),
        ("未见贫血。", "not"),
        ("患者无贫血。", "no"),
        ("应避免使用双膦酸盐。", "avoid"),
    ],
)
def test_denials_are_kept(text: str, denial: str) -> None:
    assert denial in rendered(text).lower().replace("·", " ").split()


def test_a_denial_does_not_slip_to_the_next_term() -> None:
    """What is denied here (高 "high") has no name of its own; vitamin D is not denied."""
    text = rendered("血钙不高者可以补充维生素D。")
    assert in_order(text, "not high", "may", "vitamin D")
    assert rendered("它不掩盖贫血。") == "it not … anaemia"
    assert rendered("它不用于贫血。") == "it not used for anaemia"


def test_such_as_is_no_number_of_cases() -> None:
    text = rendered("蛋白酶体抑制剂（例如硼替佐米）。")
    assert "cases" not in text
    assert in_order(text, "proteasome inhibitor", "such as", "bortezomib")


def test_the_run_in_heading_is_rendered_too(handbook: Source) -> None:
    """It is the condition that the advice holds under."""
    (advice,) = (p for p in handbook.passages if p.text.startswith("患者应避免含钙"))
    assert in_order(render_terms([advice]), "hypercalcaemia", "avoid", "calcium")


def test_brackets_and_signs_are_the_text_s() -> None:
    assert rendered("蛋白酶体抑制剂（硼替佐米、卡非佐米）和/或地塞米松。") == (
        "proteasome inhibitor (bortezomib, carfilzomib) and/or dexamethasone"
    )


def test_what_no_table_knows_is_an_ellipsis() -> None:
    """中 is "in" by itself and nothing of the kind in 龘中龘."""
    assert rendered("龘龘可引起贫血。") == "… may cause anaemia"
    assert rendered("龘龘可龘龘贫血。") == "… may … anaemia"  # a hedge is kept
    assert rendered("龘中龘引起贫血。") == "… cause anaemia"


def test_a_word_is_rendered_by_its_meaning_not_by_its_group() -> None:
    """The terminology finds 未经筛选 under "untreated" and 显示 under "identify"; neither means that."""
    assert rendered("研究显示，未经筛选的患者贫血。") == "study show, unselected patients anaemia"


def test_a_gloss_is_longer_than_the_name_in_it() -> None:
    """癌 alone is a name of the disease's group; 癌 in 转移性癌 is another disease."""
    assert rendered("转移性癌不同于骨髓瘤。") == "metastatic carcinoma differ from multiple myeloma"


def test_the_glosses_are_a_table() -> None:
    """Two columns, no entry twice, Chinese left and none of it right."""
    path = files("assistant") / "data" / "glosses.tsv"
    rows = list(csv.reader(path.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows[0] == ["zh", "en"]
    assert all(len(row) == 2 and chinese_share(row[0]) > 0 and chinese_share(row[1]) == 0 for row in rows[1:])
    assert len({zh for zh, _ in rows}) == len(rows)
