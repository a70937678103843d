"""Answers in whatever format: told by their fields, line by line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from evals.answers.stored import BadAnswers, StoredAnswer, from_json
from evals.formats import answer_record, openai_chat, ragas, ragchecker, trec

Row = Mapping[str, Any]
_TREC = re.compile(r"\S+\s+Q0\s")
# In this order: the first whose fields are there reads the row.
_READERS: tuple[tuple[str, Callable[[Row], StoredAnswer]], ...] = (
    ("staged", from_json),
    ("contexts", ragas.read),
    ("user_input", ragas.read),
    ("answer", answer_record.read),
    ("messages", openai_chat.read),
    ("gt_answer", ragchecker.read),
    ("response", ragas.read),
)


def read_any(path: Path) -> dict[str, StoredAnswer]:
    """Answers by id: own JSONL, ``myeloma answer``, ragas / Hugging Face columns, OpenAI chat, RAGChecker;
    rankings without answers from a TREC run.

    Raises:
        BadAnswers: a line is no JSON object, or in no known format.
    """
    text = path.read_text("utf-8-sig")
    if _TREC.match(text):
        try:
            return {answer.id: answer for answer in trec.answers_of(text)}
        except trec.BadTrec as error:
            raise BadAnswers(f"{path}: {error}") from error
    answers = {}
    for where, row in _rows(path, text):
        reader = next((read for field, read in _READERS if field in row), None)
        if reader is None:
            fields = ", ".join(sorted(row)) or "none"
            raise BadAnswers(f"{where}: no known format with the fields {fields}; id and answer are enough")
        try:
            answer = reader(row)
        except KeyError as error:
            raise BadAnswers(f"{where}: has no field {error}") from error
        except (AttributeError, TypeError, ValueError) as error:
            raise BadAnswers(f"{where}: {type(error).__name__}: {error}") from error
        answers[answer.id] = answer
    return answers


def _rows(path: Path, text: str) -> list[tuple[str, Row]]:
    try:
        whole = json.loads(text)
    except ValueError:
        whole = None
    if isinstance(whole, dict) and "results" in whole:  # RAGChecker keeps one object
        return [(f"{path}: result {n}", row) for n, row in enumerate(whole["results"], 1)]
    if isinstance(whole, list):
        return [(f"{path}: item {n}", _object(path, n, row)) for n, row in enumerate(whole, 1)]
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                rows.append((f"{path}:{number}", _object(path, number, json.loads(line))))
            except ValueError as error:
                raise BadAnswers(f"{path}:{number}: not JSON ({error})") from error
    return rows


def _object(path: Path, number: int, row: Any) -> Row:
    if not isinstance(row, dict):
        raise BadAnswers(f"{path}:{number}: not a JSON object")
    return row
