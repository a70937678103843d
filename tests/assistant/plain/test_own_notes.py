"""Explanations that an edition for patients gives itself: which brackets they are, and once is enough."""

from __future__ import annotations

import pytest

from assistant.plain.jargon import unexplained
from assistant.plain.own_notes import own_notes
from assistant.plain.patient import Patient


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("溶骨性病变（骨头上的洞）很常见。", ["骨头上的洞"]),
        ("可用双膦酸盐（肾功能允许时）。", []),  # a condition
        ("蛋白酶体抑制剂（如硼替佐米）有效。", []),
        ("维奈克拉（口服）有效。", []),
        ("del(1p32)（两份都缺）属于高危。", []),  # tells one change from another
        ("浆细胞（≥10%）增多。", []),
        ("这样的人（很多）会好。", []),  # no term before it
        ("Anemia (low hemoglobin) is frequent.", ["low hemoglobin"]),
        ("Bortezomib plus dexamethasone (with or without lenalidomide) works.", []),
    ],
)
def test_brackets_that_explain(text: str, meanings: list[str]) -> None:
    assert [note.meaning for note in own_notes(text)] == meanings


def test_once_is_enough() -> None:
    patient = Patient("zh")
    first = patient.once("溶骨性病变（骨头上的洞）很常见。")
    assert first == "溶骨性病变（骨头上的洞）很常见。"
    assert patient.notes.beside(first) == ""  # the source has said it
    assert patient.once("溶骨性病变（骨头上的洞）多在骨盆。") == "溶骨性病变多在骨盆。"


def test_what_the_plain_word_says_already() -> None:
    assert Patient("zh").once("股骨（大腿骨）和镇痛药（止痛药）") == "股骨和镇痛药"


def test_an_explained_term_is_no_jargon() -> None:
    assert unexplained("溶骨性病变（骨头上的洞）很常见。") == ()
    assert [t.text for t in unexplained("溶骨性病变（很多人有溶骨性病变）很常见。")] == ["溶骨性病变"] * 2
