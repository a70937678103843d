"""Where the sources say what gold asks for: spans for facts, found by their patterns in the named sections.

python -m evals.gold.spans evals/gold/monograph-*.jsonl     rewrites the files

To be run after the corpus has changed. A span is a passage of a section that gold names, in the language of
the question, that one of the fact's patterns matches; where there is none, a passage elsewhere. What finds no
passage is listed, exit code 1: its patterns do not match the source.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evals.gold.matching import along, normalise
from evals.gold.questions import GoldQuestion, Span, load_gold
from ingest.corpus import monograph_sources
from ingest.types import Passage, Source

_MOST = 6  # alternative spans of one fact in one edition
_TELLING = 4  # letters of a pattern that is looked for in the whole text


def spans_of(question: GoldQuestion, sources: Sequence[Source]) -> list[tuple[Span, ...]]:
    """The spans of each fact, in order; () for a fact that no passage of its sections matches."""
    language = "en" if question.language == "en" else "zh"
    everywhere = [(s, p) for s in sources if s.language == language for p in s.passages]
    named = [
        (s, p)
        for s, p in everywhere
        if any(along(want, (s.title, *s.path_of(p))) for want in question.sections)
    ]
    # Patterns are meant for an answer; on the whole text only those that are long enough mean the same.
    return [
        tuple(_matching(f.patterns, named) or _matching(_telling(f.patterns), everywhere))
        for f in question.facts
    ]


def _telling(patterns: Sequence[re.Pattern[str]]) -> list[re.Pattern[str]]:
    return [p for p in patterns if sum(c.isalpha() for c in p.pattern) >= _TELLING]


def _matching(patterns: Sequence[re.Pattern[str]], places: Iterable[tuple[Source, Passage]]) -> list[Span]:
    found: dict[str, list[Span]] = {}
    for source, passage in places:
        # A lead-in names what follows it and states nothing.
        if passage.text.rstrip().endswith(("：", ":")):
            continue
        if any(p.search(normalise(passage.text)) for p in patterns):
            span = Span(source.id, passage.start, passage.end, passage.text)
            found.setdefault(source.edition, []).append(span)
    return [span for spans in found.values() for span in spans[:_MOST]]


def with_spans(row: dict[str, Any], question: GoldQuestion, sources: Sequence[Source]) -> list[str]:
    """Put spans into a row of JSON; returns the notes of facts that nothing matches."""
    lost = []
    for fact, spans in zip(row.get("facts", ()), spans_of(question, sources), strict=True):
        fact["spans"] = [
            {"source_id": s.source_id, "start": s.start, "end": s.end, "quote": s.quote} for s in spans
        ]
        if not spans:
            lost.append(fact.get("note") or fact["any"][0])
    return lost


def main(argv: Sequence[str] | None = None) -> int:
    """Rewrite gold files; see the module."""
    parser = argparse.ArgumentParser(prog="python -m evals.gold.spans", description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD.jsonl")
    sources, code = monograph_sources(), 0
    for path in parser.parse_args(argv).gold:
        questions = {q.id: q for q in load_gold(path)}
        rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
        for row in rows:
            for note in with_spans(row, questions[row["id"]], sources):
                print(f"{path.name}: {row['id']}: nothing in its sections says {note!r}", file=sys.stderr)
                code = 1
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
