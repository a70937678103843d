"""Ways to spoil a good answer: one defect of a known kind, at a place that chance chooses."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.verification.vocabulary import clinical
from evals.answers.stored import Quoted, StoredAnswer
from evals.gold.questions import GoldQuestion

_STAGE = re.compile(r"(?<![A-Za-z])(IV|I{1,3})(?=\s*期)|(?<=[Ss]tage )(IV|I{1,3})\b|(?<=ISS )(IV|I{1,3})\b")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w;])")
_MARKER = re.compile(r"\[(\d+)\]")

Spoiler = Callable[[StoredAnswer, GoldQuestion, "Others"], StoredAnswer | None]


@dataclass(frozen=True, slots=True)
class Others:
    """What a defect may need: chance, the good answers by id and by pair and language."""

    rng: random.Random
    answers: Sequence[StoredAnswer]
    translated: Mapping[tuple[str, str], StoredAnswer]


def _by_rules(section: str) -> Spoiler:
    def spoil(answer: StoredAnswer, question: GoldQuestion, others: Others) -> StoredAnswer | None:
        for old, new in _rules(section, "en" if question.language == "en" else "zh"):
            places = [m.start() for m in re.finditer(re.escape(old), answer.text)]
            # A unit counts behind a number only.
            if section == "unit":
                places = [p for p in places if re.search(r"\d\s*$", answer.text[:p])]
            if places:
                at = others.rng.choice(places)
                return replace(answer, text=answer.text[:at] + new + answer.text[at + len(old) :])
        return None

    return spoil


@cache
def _rules(section: str, language: str) -> tuple[tuple[str, str], ...]:
    data = tomllib.loads((files("evals") / "seeded_defects" / "defects.toml").read_text("utf-8"))
    return tuple((old, new) for old, new in data[section][language])


def _number(answer: StoredAnswer, question: GoldQuestion, others: Others) -> StoredAnswer | None:
    inside = [m.span() for m in _MARKER.finditer(answer.text)]
    places = [m for m in _NUMBER.finditer(answer.text) if not any(a <= m.start() < b for a, b in inside)]
    if not places:
        return None
    match = others.rng.choice(places)
    digits = match[0]
    at = others.rng.randrange(len(digits))
    if not digits[at].isdigit():
        at = 0
    new = digits[:at] + str((int(digits[at]) + others.rng.randrange(1, 9)) % 9 + 1) + digits[at + 1 :]
    if float(new) == float(digits):
        new = str(int(float(digits)) + 7)
    return replace(answer, text=answer.text[: match.start()] + new + answer.text[match.end() :])


def _drug(answer: StoredAnswer, question: GoldQuestion, others: Others) -> StoredAnswer | None:
    known = clinical()
    named = [m for m in known.mentions(answer.text) if known.concepts[m.concept].category == "drug"]
    if not named:
        return None
    mention = others.rng.choice(named)
    english = question.language == "en"
    there = {m.concept for m in named}
    names = sorted(
        c.en if english else c.zh
        for c in known.concepts.values()
        if c.category == "drug" and c.id not in there and (c.en if english else c.zh)
    )
    text = answer.text[: mention.start] + others.rng.choice(names) + answer.text[mention.end :]
    return replace(answer, text=text)


def _stage(answer: StoredAnswer, question: GoldQuestion, others: Others) -> StoredAnswer | None:
    places = list(_STAGE.finditer(answer.text))
    if not places:
        return None
    match = others.rng.choice(places)
    other = others.rng.choice([s for s in ("I", "II", "III") if s != match[0]])
    return replace(answer, text=answer.text[: match.start()] + other + answer.text[match.end() :])


def _wrong_citation(answer: StoredAnswer, question: GoldQuestion, others: Others) -> StoredAnswer | None:
    own = {c.quote for c in answer.citations}
    strange = [c for a in others.answers for c in a.citations if c.quote not in own]
    if not strange:
        return None
    at = others.rng.randrange(len(answer.citations))
    moved = replace(others.rng.choice(strange), marker=answer.citations[at].marker)
    return replace(answer, citations=(*answer.citations[:at], moved, *answer.citations[at + 1 :]))


def _missing_citation(answer: StoredAnswer, question: GoldQuestion, others: Others) -> StoredAnswer | None:
    match = others.rng.choice(list(_MARKER.finditer(answer.text)))
    return replace(answer, text=answer.text[: match.start()] + answer.text[match.end() :])


def _dropped(answer: StoredAnswer, question: GoldQuestion, others: Others) -> StoredAnswer | None:
    """A line that holds a vital nugget that no other line holds goes missing."""
    lines = answer.text.split("\n")
    if len(lines) < 2:
        return None
    vital = [f for f in question.facts if f.importance == "vital"]
    needed = [
        i
        for i, line in enumerate(lines)
        if any(
            any(p.search(line) for p in f.patterns)
            and not any(p.search(other) for j, other in enumerate(lines) if j != i for p in f.patterns)
            for f in vital
        )
    ]
    if not needed:
        return None
    at = others.rng.choice(needed)
    return replace(answer, text="\n".join([*lines[:at], *lines[at + 1 :]]))


def _truncation(answer: StoredAnswer, question: GoldQuestion, others: Others) -> StoredAnswer | None:
    """The answer breaks off inside its last sentence."""
    start = answer.text.rfind("\n") + 1
    length = len(answer.text) - start
    if length < 16:
        return None
    return replace(answer, text=answer.text[: start + others.rng.randrange(length // 3, 2 * length // 3)])


def _wrong_language(answer: StoredAnswer, question: GoldQuestion, others: Others) -> StoredAnswer | None:
    other = "zh" if question.language == "en" else "en"
    found = others.translated.get((question.pair, other)) if question.pair else None
    return replace(found, id=answer.id) if found else None


def _fabricated(answer: StoredAnswer, question: GoldQuestion, others: Others) -> StoredAnswer | None:
    """A source that is not there, or words that the source does not have."""
    at = others.rng.randrange(len(answer.citations))
    old = answer.citations[at]
    invented = (
        replace(old, source_id=f"{old.source_id}-2")
        if others.rng.random() < 0.5
        else Quoted(old.marker, f"{old.quote} ", old.source_id, old.start + 1, old.end + 2, (), old.context)
    )
    return replace(answer, citations=(*answer.citations[:at], invented, *answer.citations[at + 1 :]))


SPOILERS: Mapping[str, Spoiler] = {
    "negation": _by_rules("negation"),
    "number": _number,
    "unit": _by_rules("unit"),
    "drug": _drug,
    "stage": _stage,
    "wrong citation": _wrong_citation,
    "missing citation": _missing_citation,
    "dropped": _dropped,
    "truncation": _truncation,
    "wrong language": _wrong_language,
    "fabricated source": _fabricated,
}
