"""The editions of the monograph say the same: passage by passage the same place, sources and figures."""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from ingest.folding import is_chinese
from ingest.load import load_source
from ingest.types import Passage, Source

ROOT = Path(str(files("ingest") / "monograph"))
# Every other language of an audience is held against the Chinese edition for it.
PAIRS = [
    (f"zh-{audience}", edition.name, chapter.name)
    for edition in sorted(ROOT.iterdir())
    for language, audience in [edition.name.split("-", 1)]
    if language != "zh" and (ROOT / f"zh-{audience}").is_dir()
    for chapter in sorted(edition.glob("*.md"))
]
pairs = pytest.mark.parametrize(("chinese", "edition", "chapter"), PAIRS)

_MONTHS = {name: str(number) for number, name in enumerate(month_name) if name}
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})(?=\s+\d)")
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_LARGE = {"万": 10**4, "亿": 10**8, "million": 10**6, "billion": 10**9}
_FIGURE = re.compile(
    rf"(?P<sign>[<>≤≥−^]?)\s*(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)(?:\s*(?P<large>{'|'.join(_LARGE)}))?"
    r"|(?<![A-Za-z])(?P<roman>I{1,3}|IV)(?![A-Za-z])"
)
_WORDS = [
    ("one", "once", "first", "single", "一", "单"),
    ("two", "twice", "second", "both", "二", "两", "双"),
    ("three", "third", "三"),
    ("four", "fourth", "四"),
    ("five", "fifth", "五"),
    ("six", "sixth", "六"),
    ("seven", "seventh", "七"),
    ("eight", "eighth", "八"),
    ("nine", "ninth", "九"),
    ("ten", "tenth", "十"),
]


def figures(text: str) -> Counter[str]:
    """The numbers written in digits, each with its comparator, and the Roman numerals of stages.

    >>> sorted(figures("2024年8月：≥1.2万例，III期"))
    ['2024', '8', 'III', '≥12000']
    """
    text = _MONTH.sub(lambda m: _MONTHS[m.group()], text)
    text = _POWER.sub(lambda m: "^" + m.group().translate(_POWERS), text)
    found: Counter[str] = Counter()
    for match in _FIGURE.finditer(text):
        number = match["number"]
        if number and match["large"]:
            number = f"{float(number.replace(',', '')) * _LARGE[match['large']]:.0f}"
        found[match["roman"] or match["sign"] + number.replace(",", "")] += 1
    return found


def spelt(text: str) -> set[str]:
    """The small numbers that a text may mean by a word ("at least one", "两项"), as digits."""
    latin = set(re.findall(r"[a-z]+", text.casefold()))
    return {
        str(n)
        for n, words in enumerate(_WORDS, 1)
        if any(word in text if is_chinese(word) else word in latin for word in words)
    }


def different(chinese: str, other: str) -> tuple[str, str]:
    """Figures that only one of two texts has, but for small numbers that the other one spells out."""
    ours, theirs = figures(chinese), figures(other)
    only = [(ours - theirs, spelt(other)), (theirs - ours, spelt(chinese))]
    left, right = (" ".join(sorted(f for f in found.elements() if f not in words)) for found, words in only)
    return left, right


@cache
def read(edition: str, chapter: str) -> Source:
    return load_source(ROOT / edition / chapter, f"{edition}/{chapter}")


def place(source: Source, passage: Passage) -> tuple[str, str, tuple[int, ...], tuple[int, ...]]:
    """Where a passage stands, what it is, the references that it cites and its footnotes."""
    anchor = source.sections[passage.section].anchor
    return anchor, passage.kind, passage.references, passage.footnotes


@pytest.mark.parametrize(
    ("chinese", "other", "only"),
    [
        ("10,750例，≥3.5 mg/L", "10750 patients, ≥3.5 mg/L", ("", "")),
        ("血红蛋白<100 g/L", "hemoglobin ≤100 g/L", ("<100", "≤100")),
        ("至少1项", "at least one item", ("", "")),
        ("至少1项", "at least an item", ("1", "")),
        ("两种药", "2 drugs", ("", "")),
        ("2024年8月", "August 2024", ("", "")),
        ("ISS II期", "ISS stage III", ("II", "III")),
        ("3.6万例", "36,000 patients", ("", "")),
        ("0.6×10¹²", "0.6×10⁹", ("^12", "^9")),
        ("α=−0.241", "α=0.241", ("−0.241", "0.241")),
    ],
)
def test_figures_are_compared(chinese: str, other: str, only: tuple[str, str]) -> None:
    assert different(chinese, other) == only


def test_there_is_something_to_compare() -> None:
    assert PAIRS


@pairs
def test_same_sections_tables_and_references(chinese: str, edition: str, chapter: str) -> None:
    assert (ROOT / chinese / chapter).exists()
    ours, theirs = read(chinese, chapter), read(edition, chapter)
    assert [(s.level, s.anchor) for s in ours.sections] == [(s.level, s.anchor) for s in theirs.sections]
    shapes = [
        [(len(t.header), [len(s.passages[i].cells) for i in t.rows], len(t.footnotes)) for t in s.tables]
        for s in (ours, theirs)
    ]
    assert shapes[0] == shapes[1]
    listed = [
        [(r.number, r.pmid, r.doi, re.findall(r"https://[\w./~%-]+\w", r.text)) for r in s.references]
        for source in (ours, theirs)
        for s in source.sections[:1]
    ]
    assert listed[0] == listed[1] != []


@pairs
def test_same_passages(chinese: str, edition: str, chapter: str) -> None:
    ours, theirs = read(chinese, chapter), read(edition, chapter)
    both = zip(ours.passages, theirs.passages, strict=False)
    astray = [(p.text, q.text) for p, q in both if place(ours, p) != place(theirs, q)]
    assert astray[:1] == []
    assert len(ours.passages) == len(theirs.passages)


@pairs
def test_same_figures(chinese: str, edition: str, chapter: str) -> None:
    ours, theirs = read(chinese, chapter), read(edition, chapter)
    differences = [
        (*only, q.text)
        for p, q in zip(ours.passages, theirs.passages, strict=False)
        if any(only := different(p.text, q.text))
    ]
    assert differences == []


@pairs
def test_front_matter_and_language(chinese: str, edition: str, chapter: str) -> None:
    ours, theirs = read(chinese, chapter), read(edition, chapter)
    assert theirs.edition == edition
    assert theirs.language == edition.split("-")[0] != ours.language
    assert theirs.title != ours.title
    assert [(s.audience, s.reviewed, s.licence) for s in (ours, theirs)] == [
        (edition.split("-", 1)[1], ours.reviewed, ours.licence)
    ] * 2
    assert [c for c in theirs.text if is_chinese(c)] == []
