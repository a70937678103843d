"""The way from a question to an ``Answer``."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from assistant.extractive import extract
from assistant.messages import message
from assistant.presentation import escape
from assistant.question import analyse
from assistant.question_forms import is_greeting
from assistant.staging_answer import answer_staging
from assistant.types import MAX_QUESTION, Answer, Audience, Language, Notice, Status, Turn
from index import Index


class Assistant:
    """Answers questions from one stored index.

    >>> Assistant.open("index-directory").ask("R-ISS怎么分期？").status  # doctest: +SKIP
    'answered'
    """

    def __init__(self, index: Index) -> None:
        self.index = index

    @classmethod
    def open(cls, directory: str | Path) -> Assistant:
        """Open a stored index.

        Raises:
            index.IndexMissing: there is none at ``directory``.
            index.IndexMismatch: it was built by another version or its files were changed.
        """
        return cls(Index.open(Path(directory)))

    def ask(
        self,
        question: str,
        audience: Audience = "clinician",
        language: Language | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """Answer one question; ``history`` holds the earlier turns of the conversation."""
        started = time.perf_counter()
        # Half a surrogate pair, from a broken paste or file, is no text that can be stored or shown.
        question = question.encode("utf-8", "replace").decode("utf-8")
        analysed = analyse(question.strip()[:MAX_QUESTION], language)
        lang = analysed.language
        if not any(char.isalnum() for char in question):
            text = message(lang, "empty", examples=message(lang, "examples"))
            return Answer(question, "clarify", lang, audience, text, notices=(Notice("empty", text),))
        if is_greeting(question):
            text = message(lang, "greeting", examples=message(lang, "examples"))
            return Answer(question, "clarify", lang, audience, text, notices=(Notice("greeting", text),))
        earlier = [turn.question for turn in history]
        staged = answer_staging(self.index, question, earlier, lang, audience)
        if staged is not None:
            return Answer(
                question=question,
                status=staged.status,
                language=lang,
                audience=audience,
                text=staged.text,
                sentences=staged.quoted.sentences,
                citations=staged.quoted.citations,
                tool_calls=staged.calls,
                notices=staged.quoted.notices,
                latency_ms=round((time.perf_counter() - started) * 1000, 2),
            )
        found = extract(self.index, analysed, audience)
        notices = found.notices
        if len(question.strip()) > MAX_QUESTION:
            notices = (*notices, Notice("cut", message(lang, "cut", limit=f"{MAX_QUESTION:,}")))
        parts = [found.presented.text, *(escape(n.text) for n in notices if n.kind != "erratum")]
        status: Status = found.sufficiency.verdict
        return Answer(
            question=question,
            status=status,
            language=lang,
            audience=audience,
            text="\n\n".join(part for part in parts if part),
            sentences=found.presented.sentences,
            citations=found.presented.citations,
            notices=notices,
            latency_ms=round((time.perf_counter() - started) * 1000, 2),
            considered=found.considered,
        )
