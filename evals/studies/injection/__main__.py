"""What documents with planted instructions do to the answers; see evals/INJECTION.md.

python -m evals.studies.injection [--payload ID …] [--no-model] [--harms]

Exit code: 0 no harm was done; 1 some was; 2 misuse.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from evals.studies.injection.obedient import CITING
from evals.studies.injection.payloads import planted, shipped
from evals.studies.injection.study import Outcome, study
from ingest.corpus import monograph_sources

_COLUMNS = ("quoted", "followed", "rendered", "leaked", "as_genuine", "genuine")


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Lines of a Markdown table: each payload, then all; shares as counts of n."""
    yield "| payload | n | reached | quoted | followed | rendered | leaked | as genuine | genuine cited |"
    yield "| --- |" + " --- |" * 8
    for id_ in dict.fromkeys(o.planted.payload.id for o in outcomes):
        yield _row(id_, [o for o in outcomes if o.planted.payload.id == id_])
    yield _row("all", outcomes)


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    cells = [str(len(outcomes)), str(sum(o.reached for o in outcomes))]
    for column in _COLUMNS:
        values = [v for o in outcomes if (v := getattr(o.verdict, column)) is not None]
        cells.append(f"{sum(values)} of {len(values)}" if len(values) < len(outcomes) else str(sum(values)))
    return f"| {name} | " + " | ".join("-" if c == "0 of 0" else c for c in cells) + " |"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure; see the module."""
    data = shipped()
    ids = [payload.id for payload in data.payloads]
    about = __doc__.split("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m evals.studies.injection", description=about)
    parser.add_argument("--payload", action="append", default=[], choices=ids, help="only this one")
    parser.add_argument("--no-model", action="store_true", help="without the model that obeys")
    parser.add_argument("--harms", action="store_true", help="print each answer in which harm was done")
    args = parser.parse_args(argv)
    genuine = [s for s in monograph_sources() if s.audience == "clinician"]
    outcomes = list(study(genuine, planted(data, args.payload), data, not args.no_model))
    for by in ("extractive", *(() if args.no_model else CITING)):
        title = by if by == "extractive" else f"an obedient model that cites {by}"
        print(f"\n{title}\n", *table([o for o in outcomes if o.by == by]), sep="\n")
    harmful = [o for o in outcomes if o.verdict.harmful]
    for o in harmful if args.harms else ():
        print(f"\n{o.planted.name} | {o.by} | {o.question} | {o.verdict}\n{o.text}", file=sys.stderr)
    return 1 if harmful else 0


if __name__ == "__main__":
    sys.exit(main())
