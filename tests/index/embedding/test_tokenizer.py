from __future__ import annotations

import pytest

from index.embedding.lexicon import Lexicon, build_lexicon
from index.embedding.tokenizer import build_tokenizer
from ingest.terminology import Concept, Terminology

TERMS = Terminology(
    [
        Concept(
            "bortezomib", "drug", "硼替佐米", "bortezomib", ("万珂",), ("Velcade",), (), (), "药", "a drug"
        ),
        Concept("t414", "cytogenetics", "t(4;14)易位", "t(4;14)", (), (), (), (), "", ""),
        Concept("b2m", "test", "β2-微球蛋白", "beta-2 microglobulin", (), (), (), (), "", ""),
        Concept("ras", "gene", "RAS", "RAS", (), (), (), (), "", ""),
    ]
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build_lexicon(["治疗复发患者 relapses grass melphalan biopsy"], TERMS)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("硼替佐米", ["c:bortezomib"]),
        ("用Bortezomib治疗", ["c:bortezomib", "w:治疗"]),
        ("ＶＥＬＣＡＤＥ", ["c:bortezomib"]),
        ("萬珂治療復發", ["c:bortezomib", "w:治疗", "w:复发"]),
        ("β2 - 微球蛋白≥5.5 mg/L", ["c:b2m"]),
        ("Beta‑2 Microglobulin", ["c:b2m"]),
        ("有t(4;14)，", ["c:t414"]),
        ("RAS", ["c:ras"]),
        ("relapses, relapsed, RELAPSE", ["w:▁relaps▁"] * 3),
        ("relax", []),
        ("grass", ["w:▁grass▁"]),
        ("gras", []),
        ("Melphalans and biopsies", ["w:▁melphalan▁", "w:▁biopsy▁"]),
        ("的", []),
        ("龘🙂\t", []),
        ("", []),
    ],
)
def test_units_of_a_text(lexicon: Lexicon, text: str, units: list[str]) -> None:
    tokens = build_tokenizer(list(lexicon)).encode(text, add_special_tokens=False).tokens
    found = [unit for token in tokens for unit in lexicon[token] if len(unit) > 3]
    assert found == units


def test_a_spelling_of_two_concepts_has_both() -> None:
    both = Terminology(
        [
            Concept("cr_response", "response", "完全缓解", "complete response", ("CR",), (), (), (), "", ""),
            Concept("creatinine", "test", "肌酐", "creatinine", ("Cr",), (), (), (), "", ""),
        ]
    )
    assert build_lexicon([], both)["▁cr▁"] == ("c:cr_response", "c:creatinine")


def test_very_long_text_without_a_break(lexicon: Lexicon) -> None:
    encoding = build_tokenizer(list(lexicon)).encode("硼替佐米" * 300, add_special_tokens=False)
    assert encoding.tokens == ["硼替佐米"] * 300
