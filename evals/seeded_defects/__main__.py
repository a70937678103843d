"""Can the suite fail? Good answers are spoilt in known ways; how many of the defects do the checks notice?

python -m evals.seeded_defects evals/gold/monograph-*.jsonl

Exit code: 0 at least 98 % of each kind noticed at no more than 1 % false alarms in each kind of good answer;
1 otherwise; 2 misuse.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.answers.stored import StoredAnswer
from evals.gold.corpus import Corpus, shipped_corpus
from evals.gold.questions import BadGold, GoldQuestion
from evals.gold.suites import read_suite
from evals.metrics.base import Exhibit
from evals.results.verdicts import judge
from evals.seeded_defects.good_answers import good_answers
from evals.seeded_defects.spoiling import SPOILERS, Others

SEED = 20261123
NOTICED, ALARMS = 0.98, 0.01
# A measure below 1 is a finding; those of the system's status are left out, for it claims to have answered.
CHECKS = (
    "nuggets_vital", "claim_support", "citation_recall", "citation_precision", "citations_real",
    "numbers_exact", "language_right", "staging_exact",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Defect:
    """A spoilt answer: what was done to it, and to which text."""

    kind: str
    question: GoldQuestion
    answer: StoredAnswer


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
        """Whether enough of every kind was noticed, with few enough false alarms in every kind."""
        noticed, made = _by_kind(self.noticed), _by_kind(self.made)
        alarms, good = _by_kind(self.alarms), _by_kind(self.good)
        return all(noticed[kind] >= NOTICED * n for kind, n in made.items()) and all(
            alarms[kind] <= ALARMS * n for kind, n in good.items()
        )


def _by_kind(counts: Counter[tuple[str, str]]) -> Counter[str]:
    """Both languages together."""
    found: Counter[str] = Counter()
    for (kind, _), n in counts.items():
        found[kind] += n
    return found


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
    summary = __doc__.split("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m evals.seeded_defects", description=summary)
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="gold with spans")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every n-th answer")
    parser.add_argument("--missed", action="store_true", help="print what was missed and what alarmed")
    args = parser.parse_args(argv)
    try:
        questions = read_suite(args.gold)
    except (BadGold, OSError) as error:
        print(f"evals.seeded_defects: {error}", file=sys.stderr)
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
