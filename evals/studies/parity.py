"""Asks a question and its translation, and prints how often both are answered from the same place.

python -m evals.studies.parity evals/gold/monograph-pairs.jsonl

Exit code: 0 measured; 2 misuse.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Answer, Assistant
from assistant.library import open_default_index
from assistant.types import Audience, Citation
from evals.gold.questions import BadGold, GoldQuestion, load_gold
from evals.statistics.means import LEVEL, Mean, mean_of
from index import Index, IndexProblem
from ingest.types import Source


@dataclass(frozen=True, slots=True)
class Place:
    """A section whatever the edition: the chapter (last part of the source id) and the anchor."""

    chapter: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both languages, with the sections that the answers cite, in order of citation.

    Two answers without any citation agree where their statuses do.
    """

    id: str
    questions: tuple[str, str]
    statuses: tuple[str, str]
    places: tuple[tuple[Place, ...], tuple[Place, ...]]

    @property
    def same_first(self) -> bool:
        """Whether both direct answers, the first citations, stand in the same section."""
        ours, theirs = self.places
        return ours[0] == theirs[0] if ours and theirs else self._alike_without

    @property
    def agree(self) -> bool:
        """Whether the first section that each cites is among those that the other cites."""
        ours, theirs = self.places
        return ours[0] in theirs and theirs[0] in ours if ours and theirs else self._alike_without

    @property
    def _alike_without(self) -> bool:
        return not any(self.places) and self.statuses[0] == self.statuses[1]


def pairs_of(questions: Iterable[GoldQuestion]) -> dict[str, tuple[GoldQuestion, GoldQuestion]]:
    """Gold questions with a ``pair``, Chinese first, by that id.

    Raises:
        BadGold: a pair is not one Chinese and one English question, of one turn each.
    """
    found: dict[str, list[GoldQuestion]] = {}
    for question in questions:
        if question.pair:
            found.setdefault(question.pair, []).append(question)
    pairs = {}
    for id_, members in found.items():
        members.sort(key=lambda question: question.language == "en")
        if [q.language for q in members] != ["zh", "en"] or any(len(q.turns) != 1 for q in members):
            raise BadGold(f"pair {id_!r}: not one Chinese and one English question of one turn")
        pairs[id_] = (members[0], members[1])
    return pairs


def ask_pair(assistant: Assistant, id_: str, pair: tuple[GoldQuestion, GoldQuestion]) -> Pair:
    """Ask both questions of a pair."""
    sources = assistant.index.sources
    zh, en = (_ask(assistant, question) for question in pair)
    return Pair(
        id_,
        (pair[0].turns[0], pair[1].turns[0]),
        (zh.status, en.status),
        (_places(sources, zh), _places(sources, en)),
    )


def _ask(assistant: Assistant, question: GoldQuestion) -> Answer:
    audience: Audience = "patient" if question.audience == "patient" else "clinician"
    return assistant.ask(question.turns[0], audience)


def _places(sources: Mapping[str, Source], answer: Answer) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(_place(sources[c.source_id], c) for c in answer.citations))


def _place(source: Source, citation: Citation) -> Place:
    inside = [s for s in source.sections if s.start <= citation.start < s.end]
    section = max(inside, key=lambda s: s.start)
    return Place(source.id.rsplit("/", 1)[-1], section.anchor)


def report(pairs: Sequence[Pair]) -> str:
    """The shares with their intervals, then the pairs that disagree."""
    first = mean_of([pair.same_first for pair in pairs])
    sets = mean_of([pair.agree for pair in pairs])
    lines = [f"{len(pairs)} pairs", _share("direct answer in the same section", first)]
    lines.append(_share("cited sections agree", sets))
    for pair in pairs:
        if not pair.agree:
            lines += ["", pair.id]
            lines += [
                f"  {question} [{status}] {' '.join(place.anchor or place.chapter for place in places)}"
                for question, status, places in zip(pair.questions, pair.statuses, pair.places, strict=True)
            ]
    return "\n".join(lines)


def _share(name: str, mean: Mean | None) -> str:
    if mean is None:
        return f"{name}: not asked"
    return f"{name}: {mean.value:.3f} ({LEVEL:.0%} interval {mean.low:.3f} to {mean.high:.3f})"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure; see the module for exit codes."""
    summary = __doc__.split("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m evals.studies.parity", description=summary)
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="paired gold questions")
    parser.add_argument("--index", type=Path, metavar="DIR", help="the index (default: that of the app)")
    parser.add_argument("--split", choices=("dev", "held", "all"), default="all", help="which pairs")
    args = parser.parse_args(argv)
    try:
        questions = [q for path in args.gold for q in load_gold(path) if args.split in ("all", q.split)]
        pairs = pairs_of(questions)
        if not pairs:
            print("evals.studies.parity: no paired question in these files", file=sys.stderr)
            return 2
        index = Index.open(args.index) if args.index else open_default_index()
    except (BadGold, IndexProblem, OSError) as error:
        print(f"evals.studies.parity: {error}", file=sys.stderr)
        return 2
    assistant = Assistant(index)
    print(report([ask_pair(assistant, id_, pair) for id_, pair in pairs.items()]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
