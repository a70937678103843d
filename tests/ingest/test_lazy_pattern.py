from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.lazy_pattern import LazyPattern

_PIECES = st.sampled_from(["药", "几期", "a", "Ab", "[药期]", ".", r"\d", r"\b", r"[^\]a]", r"\u836f", r"\."])


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Patterns made of smaller ones."""
    heads = st.sampled_from(["(?:", "(", "(?=", "(?!", "(?>", "(?P<n>"])
    group = st.builds(lambda head, body: f"{head}{body})", heads, inner)
    many = st.sampled_from(["", "?", "*", "+", "??", "{0,2}", "{2}", "{1,3}?", "{,1}", "*+"])
    return st.one_of(
        st.builds(lambda a, b: a + b, inner, inner),
        st.builds(lambda a, b: f"{a}|{b}", inner, inner),
        st.builds(lambda a, b: a + b, group, many),
        st.builds(lambda a, b: a + b, _PIECES, many),
    )


@settings(max_examples=200, deadline=None)
@given(st.recursive(_PIECES, _wider, max_leaves=8), st.text("药几期aAbB.3] ſ", max_size=8))
@example("(?:药|几期)?a", "a")
@example("药?几期{0,2}", "几")
def test_what_matches_is_never_passed_over(source: str, text: str) -> None:
    for flags in (0, re.IGNORECASE):
        try:
            expected = re.compile(source, flags)
        except re.error:  # a group named twice, nothing to repeat
            return
        lazy = LazyPattern(source, flags)
        assert [m.span() for m in lazy.finditer(text)] == [m.span() for m in expected.finditer(text)]
        assert lazy.sub("-", text) == expected.sub("-", text)
        assert bool(lazy.search(text, 1)) == bool(expected.search(text, 1))
        assert bool(lazy.match(text, 1)) == bool(expected.match(text, 1))


@pytest.mark.parametrize(
    ("source", "without", "within"),
    [
        ("多少个?疗程", "几个疗程", "多少疗程"),
        ("(?:帮|替)我.{0,4}(?:写|开)处方", "帮我看看处方单", "替我开处方"),
        (r"\bdose of (?:any|the) drug\b", "a dose of a drug", "the Dose of THE drug"),
        ("甲|乙{1,2}|(?<!不)丙(?=丁)", "戊", "丙丁"),
    ],
)
def test_it_is_compiled_where_the_words_stand(source: str, without: str, within: str) -> None:
    pattern = LazyPattern(source, re.IGNORECASE)
    assert pattern.search(without) is None
    assert not pattern.compiled
    assert pattern.search(within)
    assert pattern.compiled


def test_ignoring_case_as_re_does() -> None:
    """No other character than those the module lists stands for an ASCII letter."""
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)]
    every = "".join(chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)
    for letter in letters:
        found = re.compile(letter, re.IGNORECASE).findall(every)
        assert all(LazyPattern(letter, re.IGNORECASE).search(char) for char in found), letter
