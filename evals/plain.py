"""How plain the patients' answers are, and whether they still say what the clinician's answers say.

python -m evals.plain --source PAGE.md evals/gold/page-patient-zh.jsonl evals/gold/page-writer-*.jsonl

Every question that gold marks as a patient's is answered twice, for a patient and for a clinician.
Exit code: 0 measured; 1 a number or a denial differs, or an answer makes a dangerous statement; 2 misuse.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from assistant import Answer, Assistant
from assistant.plain.jargon import per_hundred
from assistant.types import Audience, Turn
from evals.benchmark import EXPECTED
from evals.gold import GoldQuestion
from evals.running import read_questions
from evals.scoring import score
from evals.systems import temporary_index

_MARKER = re.compile(r"\s?\[\d{1,3}\]")
_SENTENCE = {"zh": re.compile(r"[。！？；!?]|\n"), "en": re.compile(r"(?<=[.!?;])\s|\n")}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DENIAL = re.compile(
    r"不(?!良|同|[仅僅])|[没沒]|[无無]|未|非(?!常)|勿|禁|避免|\b(?:not|no|never|without|cannot|avoid\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Plainness:
    """One audience's answers to the questions of one language that were answered.

    ``lengths`` of sentences are in characters (Chinese) or words (English); ``jargon`` are unexplained
    technical spans per 100 characters of each answer; ``ratios`` are lengths by the clinician's answer;
    ``unequal`` are ids of answers in which a number or a denial of a cited sentence is not the clinician's.
    """

    lengths: tuple[int, ...]
    jargon: tuple[float, ...]
    ratios: tuple[float, ...]
    facts: tuple[float, ...]
    unequal: tuple[str, ...]
    forbidden: tuple[str, ...]


def sentences(text: str, language: str) -> Iterator[str]:
    """The sentences, lines and list items of an answer, without markers and brackets around them."""
    for part in _SENTENCE[language].split(_MARKER.sub("", text)):
        if stripped := part.strip(" -（）()⚠."):
            yield stripped


def length(sentence: str, language: str) -> int:
    """Characters of a Chinese sentence, words of an English one."""
    return len(sentence) if language == "zh" else len(sentence.split())


def says_the_same(patient: Answer, clinician: Answer) -> bool:
    """Whether each span that both cite is told with the same numbers and the same denials."""
    ours, theirs = _by_span(patient), _by_span(clinician)
    return all(fixed(ours[span]) == fixed(theirs[span]) for span in ours.keys() & theirs.keys())


def _by_span(answer: Answer) -> dict[tuple[str, int, int], str]:
    spans = {c.marker: (c.source_id, c.start, c.end) for c in answer.citations}
    told: dict[tuple[str, int, int], str] = {}
    for sentence in answer.sentences:
        span = spans[sentence.citations[0]]
        told[span] = told.get(span, "") + sentence.text
    return told


def fixed(text: str) -> tuple[Counter[str], int]:
    """What must not change in a sentence: its numbers, and how many denials it has."""
    return Counter(_NUMBER.findall(text)), len(_DENIAL.findall(text))


def measure(assistant: Assistant, questions: Sequence[GoldQuestion]) -> dict[tuple[str, Audience], Plainness]:
    """Both audiences' answers, by language of the question and audience."""
    asked = [(q, _ask(assistant, q, "patient"), _ask(assistant, q, "clinician")) for q in questions]
    table: dict[tuple[str, Audience], Plainness] = {}
    for language in sorted({p.language for _, p, _ in asked}):
        rows = [(q, p, c) for q, p, c in asked if p.language == language]
        audiences: tuple[Audience, Audience] = ("clinician", "patient")
        for audience in audiences:
            table[language, audience] = _plainness(
                [(q, p if audience == "patient" else c, c) for q, p, c in rows], language
            )
    return table


def _ask(assistant: Assistant, question: GoldQuestion, audience: Audience) -> Answer:
    history: list[Turn] = []
    for turn in question.turns:
        answer = assistant.ask(turn, audience, history=tuple(history))
        history.append(Turn(turn, answer.text))
    return answer


def _plainness(rows: Sequence[tuple[GoldQuestion, Answer, Answer]], language: str) -> Plainness:
    cited = [(q, a, c) for q, a, c in rows if a.citations]
    scored = [(q, a, score(q, a.text, a.status, ())) for q, a, _ in rows]
    return Plainness(
        tuple(length(s, language) for _, a, _ in cited for s in sentences(a.text, language)),
        tuple(per_hundred(a.text) for _, a, _ in cited),
        tuple(len(_MARKER.sub("", a.text)) / len(_MARKER.sub("", c.text)) for _, a, c in cited),
        tuple(0.0 if s.abstained else s.facts_found / s.facts for _, _, s in scored if s.facts),
        tuple(q.id for q, a, c in cited if not says_the_same(a, c)),
        tuple(q.id for q, _, s in scored if s.forbidden),
    )


def report(table: dict[tuple[str, Audience], Plainness]) -> str:
    """A Markdown table, one row for each language and audience."""
    lines = [
        "| language | audience | answers | sentence mean | p90 | jargon/100 | length ratio | facts (n) |"
        " numbers, denials differ | dangerous |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for (language, audience), p in table.items():
        if not p.lengths:
            continue
        facts = f"{mean(p.facts):.3f} ({len(p.facts)})" if p.facts else "–"
        lines.append(
            f"| {language} | {audience} | {len(p.ratios)} | {mean(p.lengths):.1f} | {_p90(p.lengths)}"
            f" | {mean(p.jargon):.2f} | {mean(p.ratios):.2f} | {facts} | {len(p.unequal)}"
            f" | {len(p.forbidden)} |"
        )
    note = "Sentences in characters (zh) or words (en); notices and explanations are counted as written."
    return "\n".join([*lines, "", note])


def _p90(values: Sequence[int]) -> int:
    return sorted(values)[int(0.9 * (len(values) - 1))]


def build_parser() -> argparse.ArgumentParser:
    """The command line, as ``--help`` shows it."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.plain", description="How plain the patients' answers are."
    )
    add = parser.add_argument
    add("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="gold questions about the document")
    add("--source", required=True, type=Path, metavar="PAGE", help="the document")
    add("--split", choices=("dev", "held", "all"), default="all", help="which questions (default: all)")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Measure; see the module for exit codes."""
    args = build_parser().parse_args(argv)
    try:
        questions = [a.question for a in read_questions(args.gold, args.split)]
        patients = [q for q in questions if q.audience == "patient"]
        if not patients:
            print("evals.plain: no question of a patient in these files", file=sys.stderr)
            return 2
        with temporary_index(args.source) as index:
            table = measure(Assistant(index), patients)
    except EXPECTED as error:
        print(f"evals.plain: {error}", file=sys.stderr)
        return 2
    print(report(table))
    told = [p for (_, audience), p in table.items() if audience == "patient"]
    for p in told:
        for id_ in (*p.unequal, *p.forbidden):
            print(f"differs or dangerous: {id_}", file=sys.stderr)
    return 1 if any(p.unequal or p.forbidden for p in told) else 0


if __name__ == "__main__":
    sys.exit(main())
