"""Answers that somebody else's system gave, from a file in any of the formats that are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evals.answers.stored import StoredAnswer
from evals.formats import read_any
from evals.gold.corpus import Corpus
from evals.gold.questions import GoldQuestion
from evals.systems.base import Unavailable
from index.manifest import file_digest


class FileUnderTest:
    """Looks answers up by the id of the question, or its last turn; one that is not there is a failure."""

    concurrent = True

    def __init__(self, path: Path, corpus: Corpus) -> None:
        """
        Raises:
            Unavailable: there is no such file.
            evals.answers.stored.BadAnswers: it cannot be read.
        """
        if not path.is_file():
            raise Unavailable(f"{path}: no such file; write answers:FILE.jsonl")
        self.name = path.stem
        self.corpus = corpus
        self._path = path
        self._answers = read_any(path)

    def answer(self, question: GoldQuestion) -> StoredAnswer:
        answer = self._answers.get(question.id) or self._answers.get(question.turns[-1])
        if answer is None:
            raise KeyError(f"{self._path.name} has no answer to {question.id}")
        return replace(answer, id=question.id)

    def describe(self) -> dict[str, str]:
        return {"kind": "answers", "file": self._path.name, "sha256": file_digest(self._path)}
