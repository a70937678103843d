"""Can the suite fail? Good answers are spoilt in known ways; how many of the defects do the checks notice?

python -m evals.defects evals/gold/monograph-*.jsonl

Exit code: 0 at least 98 % noticed at no more than 1 % false alarms; 1 otherwise; 2 misuse.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from assistant.verification.vocabulary import clinical
from evals.answers import Quoted, StoredAnswer
from evals.corpus import Corpus, shipped_corpus
from evals.gold import BadGold, GoldQuestion
from evals.good_answers import good_answers
from evals.judging import judge
from evals.metrics.base import Exhibit
from evals.reports import read_suite

SEED = 20261123
NOTICED, ALARMS = 0.98, 0.01
# A measure below 1 is a finding; those of the system's status are left out, for it claims to have answered.
CHECKS = (
    "nuggets_vital", "claim_support", "citation_recall", "citation_precision", "citations_real",
    "numbers_exact", "language_right", "staging_exact",
)  # fmt: skip
_STAGE = re.compile(r"(?<![A-Za-z])(IV|I{1,3})(?=\s*期)|(?<=[Ss]tage )(IV|I{1,3})\b|(?<=ISS )(IV|I{1,3})\b")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w;])")
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Defect:
    """A spoilt answer: what was done to it, and to which text."""

    kind: str
    question: GoldQuestion
    answer: StoredAnswer


Spoiler = Callable[[StoredAnswer, GoldQuestion, "Others"], StoredAnswer | None]


@dataclass(frozen=True, slots=True)
class Others:
    """What a defect may need: chance, the good answers by id and by pair and language."""

    rng: random.Random
    answers: Sequence[StoredAnswer]
    translated: Mapping[tuple[str, str], StoredAnswer]


def findings(exhibit: Exhibit) -> list[str]:
    """The checks that an answer does not pass."""
    scores = {score.metric: score.value for score in judge(exhibit)[2]}
    return [name for name in CHECKS if scores.get(name, 1.0) < 1.0] + (
        ["dangerous"] if scores.get("dangerous") else []
    )


def defects(questions: Sequence[GoldQuestion], corpus: Corpus, seed: int = SEED) -> Iterator[Defect]:
    """Every kind of defect in every good answer that it can be put into."""
    by_id = {q.id: q for q in questions}
    good = [answer for way, answer in good_answers(questions, corpus) if way == "verbatim"]
    translated = {(by_id[a.id].pair, by_id[a.id].language): a for a in good if by_id[a.id].pair}
    for answer in good:
        for kind, spoil in SPOILERS.items():
            # Chance depends on the question and the kind alone, not on what else is in the suite.
            others = Others(random.Random(f"{seed}/{answer.id}/{kind}"), good, translated)
            spoilt = spoil(answer, by_id[answer.id], others)
            if spoilt is not None and spoilt != answer:
                yield Defect(kind, by_id[answer.id], spoilt)


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
    data = tomllib.loads((files("evals") / "data" / "defects.toml").read_text("utf-8"))
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


@dataclass(frozen=True, slots=True)
class Trial:
    """What the checks made of good and of spoilt answers, by (kind, language)."""

    made: Counter[tuple[str, str]]
    noticed: Counter[tuple[str, str]]
    good: Counter[tuple[str, str]]
    alarms: Counter[tuple[str, str]]
    missed: tuple[Defect, ...]
    alarmed: tuple[tuple[str, StoredAnswer, tuple[str, ...]], ...]

    @property
    def passed(self) -> bool:
        """Whether enough was noticed with few enough false alarms."""
        return (
            self.noticed.total() >= NOTICED * self.made.total()
            and self.alarms.total() <= ALARMS * self.good.total()
        )


def try_checks(questions: Sequence[GoldQuestion], corpus: Corpus, every: int = 1) -> Trial:
    """Judge good and spoilt answers; ``every`` n-th of each only."""
    by_id = {q.id: q for q in questions}
    made, noticed, good, alarms = (
        Counter[tuple[str, str]](),
        Counter[tuple[str, str]](),
        Counter[tuple[str, str]](),
        Counter[tuple[str, str]](),
    )
    missed, alarmed = [], []
    for n, defect in enumerate(defects(questions, corpus)):
        if n % every:
            continue
        key = defect.kind, defect.question.language
        made[key] += 1
        if findings(Exhibit(defect.question, defect.answer, corpus)):
            noticed[key] += 1
        else:
            missed.append(defect)
    for n, (way, answer) in enumerate(good_answers(questions, corpus)):
        if n % every:
            continue
        key = way, by_id[answer.id].language
        good[key] += 1
        if found := findings(Exhibit(by_id[answer.id], answer, corpus)):
            alarms[key] += 1
            alarmed.append((way, answer, tuple(found)))
    return Trial(made, noticed, good, alarms, tuple(missed), tuple(alarmed))


def table(trial: Trial) -> str:
    """Defects and false alarms by kind and language, as Markdown."""
    lines = ["| defect | zh noticed | en noticed |", "| --- | --- | --- |"]
    lines += [_row(kind, trial.noticed, trial.made) for kind in SPOILERS]
    made, noticed = trial.made.total(), trial.noticed.total()
    lines.append(f"| all | {noticed} of {made} ({noticed / max(1, made):.1%}) | |")
    lines += ["", "| good answer | zh alarms | en alarms |", "| --- | --- | --- |"]
    lines += [_row(way, trial.alarms, trial.good) for way in dict.fromkeys(way for way, _ in trial.good)]
    good, alarms = trial.good.total(), trial.alarms.total()
    lines.append(f"| all | {alarms} of {good} ({alarms / max(1, good):.1%}) | |")
    return "\n".join(lines)


def _row(name: str, part: Counter[tuple[str, str]], whole: Counter[tuple[str, str]]) -> str:
    cells = [f"{part[name, lang]} of {whole[name, lang]}" for lang in ("zh", "en")]
    return f"| {name} | " + " | ".join(cells) + " |"


def main(argv: Sequence[str] | None = None) -> int:
    """Try the checks; see the module."""
    parser = argparse.ArgumentParser(prog="python -m evals.defects", description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="gold with spans")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every n-th answer")
    parser.add_argument("--missed", action="store_true", help="print what was missed and what alarmed")
    args = parser.parse_args(argv)
    try:
        questions = read_suite(args.gold)
    except (BadGold, OSError) as error:
        print(f"evals.defects: {error}", file=sys.stderr)
        return 2
    trial = try_checks(questions, shipped_corpus(), args.every)
    print(table(trial))
    if args.missed:
        for d in trial.missed:
            print(f"missed {d.kind}: {d.question.id}: {d.answer.text!r}", file=sys.stderr)
        for way, answer, found in trial.alarmed:
            print(f"alarm {way}: {answer.id}: {', '.join(found)}: {answer.text!r}", file=sys.stderr)
    return 0 if trial.passed else 1


if __name__ == "__main__":
    sys.exit(main())
