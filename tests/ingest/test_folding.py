"""Folding: which spellings meet, and the way back to where they stood."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.folding import fold, folded_text, is_chinese
from ingest.terminology import default_terminology

ZERO_WIDTH_SPACE, BYTE_ORDER_MARK, SOFT_HYPHEN, IDEOGRAPHIC_SPACE = "\u200b", "\ufeff", "\u00ad", "\u3000"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("骨髓   瘤", "骨髓瘤"),
        ("骨 髓\t\n 瘤", "骨髓瘤"),
        (f"骨{IDEOGRAPHIC_SPACE}{IDEOGRAPHIC_SPACE}{IDEOGRAPHIC_SPACE}髓瘤", "骨髓瘤"),
        (f"{BYTE_ORDER_MARK}骨{ZERO_WIDTH_SPACE}髓 {ZERO_WIDTH_SPACE} 瘤", "骨髓瘤"),
        (f"lena{SOFT_HYPHEN}lido{ZERO_WIDTH_SPACE}mide", "lenalidomide"),
        ("骨髓瘤    IgG   型", "骨髓瘤igg型"),
        ("IgG     kappa", "igg kappa"),
        (f"IgG {ZERO_WIDTH_SPACE} kappa", "igg kappa"),
        ("  IgG  ", " igg "),
        ("  骨髓  ", "骨髓"),
        ("β2－微球蛋白", "β2-微球蛋白"),
        ("β2- 微球蛋白", "β2-微球蛋白"),
        ("β2 -微球蛋白", "β2 -微球蛋白"),
        ("ＰＥＴ  CT", "pet ct"),
        ("來那度胺", "来那度胺"),
        ("", ""),
    ],
)
def test_what_is_left(text: str, folded: str) -> None:
    assert fold(text).text == folded_text(text) == folded


def test_the_way_back() -> None:
    folded = fold(f"查骨  {ZERO_WIDTH_SPACE} 髓瘤")
    assert folded.text == "查骨髓瘤"
    assert folded.offsets == (0, 1, 6, 7, 8)
    assert folded.original(1, 4) == (1, 8)
    assert fold("a \t b").offsets == (0, 1, 4, 5)


@pytest.mark.parametrize("gap", ["   ", ZERO_WIDTH_SPACE, f"{BYTE_ORDER_MARK}\n\n\n"])
def test_a_name_with_gaps_is_recognised(gap: str) -> None:
    written = f"骨髓{gap}瘤"
    (mention,) = default_terminology().mentions(f"什么是{written}？")
    assert (mention.concept, mention.text) == ("multiple_myeloma", written)


ANY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=f"骨髓漢aA1- \t{IDEOGRAPHIC_SPACE}{ZERO_WIDTH_SPACE}{BYTE_ORDER_MARK}´㎎", max_size=30),
)


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_white_space_and_offsets(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded_text(text) == folded.text
    for i, char in enumerate(folded.text):
        if char.isspace():
            beside = folded.text[max(0, i - 1) : i] + folded.text[i + 1 : i + 2]
            assert char == " "
            assert not any(map(is_chinese, beside))
            assert " " not in beside
        elif char.isascii() and char.isalnum() and text[folded.offsets[i]].isascii():
            assert text[folded.offsets[i]].lower() == char


@settings(max_examples=200, deadline=None)
@given(ANY, st.sampled_from([" ", "  ", "   ", "\n\t \n", ZERO_WIDTH_SPACE, IDEOGRAPHIC_SPACE * 3]))
def test_a_gap_of_any_width_inside_chinese_is_none(around: str, gap: str) -> None:
    assert folded_text(f"{around}骨{gap}髓{around}") == folded_text(f"{around}骨髓{around}")


def test_traditional_characters_that_gb_2312_has_are_folded_too() -> None:
    assert folded_text("預後徵象於乾淨") == "预后征象于干净"
