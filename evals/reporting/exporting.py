"""A run, or gold, in the formats of other tools: ``myeloma eval convert``."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.formats import answer_record, beir, openai_chat, promptfoo, ragas, ragchecker, trec
from evals.gold.corpus import Corpus
from evals.reporting.run_report import Reported
from evals.results.verdicts import Judged

Writer = Callable[[Judged], dict[str, object]]
_BY_LINE: dict[str, Writer] = {
    "record": lambda j: answer_record.write(j.answer),
    "ragas": lambda j: ragas.write(j.question, j.answer),
    "openai-chat": lambda j: openai_chat.write(j.question, j.answer),
}
FORMATS = (*_BY_LINE, "ragchecker", "trec-run", "trec-qrels", "beir", "promptfoo")


def convert(reported: Reported, corpus: Corpus, form: str, out: Path) -> None:
    """Write a run and its corpus in one of ``FORMATS``; ``beir`` writes a folder, the others a file.

    Raises:
        ValueError: no such format.
    """
    judged = reported.judged
    if form == "beir":
        beir.write(out, [j.question for j in judged], corpus)
        return
    out.write_text(_text(judged, form, reported.manifest.system), "utf-8", errors="backslashreplace")


def _text(judged: Sequence[Judged], form: str, system: str) -> str:
    if form in _BY_LINE:
        return "".join(json.dumps(_BY_LINE[form](j), ensure_ascii=False) + "\n" for j in judged)
    if form == "ragchecker":
        return _json({"results": [ragchecker.write(j.question, j.answer) for j in judged]})
    if form == "promptfoo":
        return _json(promptfoo.write([j.question for j in judged]))
    if form == "trec-run":
        return trec.write_run([(j.question, j.answer) for j in judged], system)
    if form == "trec-qrels":
        return trec.write_qrels([j.question for j in judged])
    raise ValueError(f"format {form!r} is unknown; use one of {', '.join(FORMATS)}")


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
