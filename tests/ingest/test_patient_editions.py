"""What a patient edition says, the clinician edition in its language says too, in the same section."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import mean, quantiles

import pytest

from assistant.verification import verify
from ingest.folding import is_chinese
from ingest.references import without_marks
from ingest.types import Passage, Source
from tests.ingest.test_editions import ROOT, read

# A file for each chapter: a sentence that the verifier refuses but a reader does not, and why.
READ = Path(__file__).parent / "patient-sentences"
CHAPTERS = [
    (edition.name, chapter.name)
    for edition in sorted(ROOT.glob("*-patient"))
    for chapter in sorted(edition.glob("*.md"))
]
chapters = pytest.mark.parametrize(("edition", "chapter"), CHAPTERS)

# Mean and 90th percentile of the length of a sentence or list item, at most, and an explanation's longest
# length: in Chinese characters or in English words.
LIMITS = {"zh": (20, 35), "en": (16, 28)}
LONGEST_EXPLANATION = {"zh": 18, "en": 9}
# So many passages of the section, the nearest in wording, may together say a sentence.
NEAREST = 3

# A term is explained in brackets right behind it. What has a number in it, other than that of a
# chromosome, is a statement and no explanation.
_BRACKETS = re.compile(r"（((?:\d+号染色体|[^（）\d])*)）| \(((?:chromosome \d+|[^()\d])*)\)")
_QUESTION_TO_THE_DOCTOR = re.compile(r"可以问医生：[^\d。]+？|Ask your doctor: [^\d.]+\?")
_POINTING = re.compile(r"^(?:它|这|那|此|该|其(?!他|余|中))|它|^(?:It|This|That|These|Those|They|Such)\b")
_UNITS = (
    *("mg/L", "mg/dL", "mg/24 h", "mg/kg", "mg/m²", "mg", "g/L", "g/dL", "g/24 h", "μg", "U/L", "mm", "cm"),
    *("mmol/L", "μmol/L", "nmol/L", "mL/min/1.73 m²", "mL/min", "mL", "Gy", "°C", "℃", "%"),
    *("岁", "年", "个月", "周", "天", "小时", "分", "倍", "次"),
)
_UNIT = "|".join(re.escape(u) for u in sorted(_UNITS, key=len, reverse=True))
_NUMBER = re.compile(rf"(?<![A-Za-zα-ω\d.])(\d+(?:,\d{{3}})*(?:\.\d+)?)\s*({_UNIT})?")

Said = list[tuple[Passage, str]]  # passages, each with its text without citation marks


def clinicians(edition: str) -> str:
    return edition.replace("-patient", "-clinician")


def anchors(source: Source) -> list[str]:
    return [s.anchor for s in source.sections if s.anchor]


def by_section(source: Source, kept: set[str]) -> dict[str, Said]:
    """Passages by the innermost section of ``kept`` around them: a section that the other edition leaves
    out belongs to the one that it stands in."""
    found: dict[str, Said] = {}
    around: list[tuple[int, str]] = []
    places: list[str] = []
    for section in source.sections:
        around = [(level, anchor) for level, anchor in around if level < section.level]
        around.append((section.level, section.anchor))
        places.append(next((anchor for _, anchor in reversed(around) if anchor in kept), ""))
    for passage in source.passages:
        marks = [r.number for r in source.sections[passage.section].references]
        found.setdefault(places[passage.section], []).append(
            (passage, without_marks(passage.text, marks).strip())
        )
    return found


@cache
def sections(edition: str, chapter: str) -> list[tuple[str, Said, Said]]:
    """(anchor, what the patient edition says, what the clinician edition says)."""
    ours, theirs = read(edition, chapter), read(clinicians(edition), chapter)
    kept = set(anchors(ours))
    evidence = by_section(theirs, kept)
    return [(a, said, evidence.get(a, [])) for a, said in by_section(ours, kept).items()]


def sentences(edition: str, chapter: str) -> list[str]:
    return [text for _, said, _ in sections(edition, chapter) for _, text in said]


def numbers(text: str) -> set[str]:
    """Numbers with their units; the comparator is the verifier's business.

    >>> sorted(numbers("β2微球蛋白≥5.5 mg/L，10,750例"))
    ['10750', '5.5 mg/L']
    """
    return {f"{n.replace(',', '')} {unit}".strip() for n, unit in _NUMBER.findall(text)}


def explanations(text: str, evidence: str) -> list[str]:
    """Explanations in brackets that the clinician section does not have."""
    return [
        e
        for e in map("".join, _BRACKETS.findall(text))
        if f"（{e}）" not in evidence
        and f"({e})" not in evidence
        and any(is_chinese(c) or c.islower() for c in e)
    ]


def unexplained(text: str, evidence: str) -> str:
    for explanation in explanations(text, evidence):
        text = text.replace(f"（{explanation}）", "").replace(f" ({explanation})", "")
    return text


def length(text: str, language: str) -> int:
    """Chinese characters or English words."""
    return sum(map(is_chinese, text)) if language == "zh" else len(text.split())


@cache
def pieces(text: str, language: str) -> frozenset[str]:
    """What the wordings of two texts are compared by: pairs of characters, or English words."""
    if language == "en":
        return frozenset(re.findall(r"[\w()+;-]+", text.casefold()))
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def supported(
    text: str, evidence: Sequence[tuple[Passage, str]], title: str = "", language: str = "zh"
) -> bool:
    """Whether the passage nearest in wording says ``text``, or the nearest few together."""
    words = pieces(text, language)
    nearest = sorted(evidence, key=lambda e: len(words & pieces(e[1], language)), reverse=True)[:NEAREST]
    return any(
        verify(text, [said for _, said in chosen], "\n".join([title, *(p.lead for p, _ in chosen)])).supported
        for chosen in (nearest[:1], nearest)
    )


@cache
def refused(edition: str, chapter: str) -> frozenset[str]:
    """Sentences that the verifier does not find in the clinician section of the same anchor."""
    titles = {s.anchor: "\n".join(s.path) for s in read(clinicians(edition), chapter).sections}
    found: set[str] = set()
    for anchor, ours, theirs in sections(edition, chapter):
        evidence = "\n".join(text for _, text in theirs)
        found |= {
            text
            for _, text in ours
            if not _QUESTION_TO_THE_DOCTOR.fullmatch(text)
            and not supported(unexplained(text, evidence), theirs, titles[anchor], edition[:2])
        }
    return frozenset(found)


def read_by_hand(edition: str, chapter: str) -> Iterator[tuple[str, str]]:
    """(sentence, why it may stand)."""
    path = (READ / edition / chapter).with_suffix(".tsv")
    if path.exists():
        with path.open(encoding="utf-8", newline="") as lines:
            yield from ((row[0], row[1]) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def passage(text: str, lead: str = "") -> tuple[Passage, str]:
    return Passage(0, len(text), text, "sentence", 0, 0, lead=lead), text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("β2微球蛋白至少5.5 mg/L（466 nmol/L）", {"5.5 mg/L", "466 nmol/L"}),
        ("10,750例，62个月", {"10750", "62 个月"}),
        ("清除率低于40 mL/min", {"40 mL/min"}),
        ("eGFR低于40 mL/min/1.73 m²", {"40 mL/min/1.73 m²"}),
        ("24小时尿，20岁", {"24 小时", "20 岁"}),
    ],
)
def test_numbers_are_read_with_their_units(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


def test_explanations_are_told_from_statements() -> None:
    text = "贫血（血红蛋白低）和肾损害（肌酐>177 μmol/L），del(17p)（17号染色体缺一段）"
    assert explanations(text, "") == ["血红蛋白低", "17号染色体缺一段"]
    assert explanations(text, "贫血（血红蛋白低）") == ["17号染色体缺一段"]
    assert unexplained(text, "") == "贫血和肾损害（肌酐>177 μmol/L），del(17p)"


def test_what_the_evidence_does_not_say_is_refused() -> None:
    evidence = [
        passage("骨髓瘤肾功能不全指肌酐清除率<40 mL/min，或血肌酐>177 μmol/L。"),
        passage("骨髓瘤患者贫血时应查铁储备和维生素B12。"),
    ]
    assert supported("肾功能不全指肌酐清除率低于40 mL/min，或血肌酐高于177 μmol/L。", evidence)
    assert not supported("肾功能不全指肌酐清除率低于60 mL/min。", evidence)
    assert not supported("肾功能不全指血肌酐至少177 μmol/L。", evidence)
    assert not supported("骨髓瘤患者贫血时不应查铁储备。", evidence)


def test_there_is_something_to_read() -> None:
    assert CHAPTERS


@chapters
def test_front_matter(edition: str, chapter: str) -> None:
    ours, theirs = read(edition, chapter), read(clinicians(edition), chapter)
    assert (ours.edition, ours.language, ours.audience) == (edition, edition.split("-")[0], "patient")
    assert (ours.reviewed, ours.licence) == (theirs.reviewed, theirs.licence)
    assert ours.title != theirs.title


@chapters
def test_sections_in_the_order_of_the_clinician_edition(edition: str, chapter: str) -> None:
    ours = anchors(read(edition, chapter))
    left = iter(anchors(read(clinicians(edition), chapter)))
    assert [a for a in ours if a not in left] == []
    assert len(set(ours)) == len(ours) > 1


@chapters
def test_references(edition: str, chapter: str) -> None:
    ours, theirs = read(edition, chapter), read(clinicians(edition), chapter)
    assert ours.sections[0].references == theirs.sections[0].references != ()
    listed = {r.number for r in ours.sections[0].references}
    assert {n for p in ours.passages for n in p.references} <= listed
    astray = [
        text
        for _, said, evidence in sections(edition, chapter)
        for p, text in said
        if not set(p.references) <= {n for e, _ in evidence for n in (*e.references, *_cited(theirs, e))}
    ]
    assert astray == []


def _cited(source: Source, row: Passage) -> set[int]:
    """References of the caption and the lead-in that a row or an item stands under."""
    return {n for p in source.passages if p.section == row.section for n in p.references}


@chapters
def test_every_number_is_in_the_clinician_section(edition: str, chapter: str) -> None:
    astray = [
        (number, text)
        for _, said, evidence in sections(edition, chapter)
        for known in [numbers("\n".join(f"{p.lead}\n{text}" for p, text in evidence))]
        for _, text in said
        for number in numbers(text) - known
    ]
    assert astray == []


@chapters
def test_every_sentence_is_in_the_clinician_section(edition: str, chapter: str) -> None:
    by_hand = dict(read_by_hand(edition, chapter))
    assert sorted(refused(edition, chapter) - by_hand.keys()) == []
    assert sorted(by_hand.keys() - refused(edition, chapter)) == []  # the list only holds what it must
    assert all(len(why) > 10 for why in by_hand.values())


@chapters
def test_explanations_are_short(edition: str, chapter: str) -> None:
    language = edition.split("-")[0]
    long = [
        e
        for _, said, evidence in sections(edition, chapter)
        for known in ["\n".join(f"{p.lead}\n{text}" for p, text in evidence)]
        for _, text in said
        for e in explanations(text, known)
        if length(e, language) > LONGEST_EXPLANATION[language]
    ]
    assert long == []


@chapters
def test_sentences_are_short_and_stand_alone(edition: str, chapter: str) -> None:
    said = sentences(edition, chapter)
    assert [text for text in said if _POINTING.search(text)] == []
    language = edition.split("-")[0]
    lengths = [length(text, language) for text in said]
    longest_mean, longest_p90 = LIMITS[language]
    assert mean(lengths) <= longest_mean
    assert quantiles(lengths, n=10)[-1] <= longest_p90


@chapters
def test_a_section_ends_with_one_question_to_the_doctor_at_most(edition: str, chapter: str) -> None:
    for _, said, _ in sections(edition, chapter):
        asked = [bool(_QUESTION_TO_THE_DOCTOR.fullmatch(text)) for _, text in said]
        assert sum(asked[:-1]) == 0
