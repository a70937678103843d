"""The way from a question to an ``Answer``."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.asking import asked_part
from assistant.conversation import (
    ConversationState,
    Standalone,
    about_last_topic,
    from_history,
    shown_before,
    standalone,
)
from assistant.extractive import Extract, extract
from assistant.messages import message
from assistant.presentation import escape
from assistant.question import analyse, language_of
from assistant.safety.detector import red_flags
from assistant.safety.hidden import say_hidden
from assistant.safety.identifiers import mask_all
from assistant.safety.scope import decline, out_of_scope
from assistant.safety.smalltalk import reply, small_talk
from assistant.safety.urgent import with_alarms
from assistant.script import in_script_of
from assistant.staging_answer import answer_staging, stage_wanted
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
        """Answer one question; ``history`` holds the earlier turns of the conversation.

        Personal identifiers are masked first: nothing behind this line, the answer included, has them. A
        conversation that tells of an emergency gets what to do about it first, and status ``urgent``.
        """
        # Half a surrogate pair, from a broken paste or file, is no text that can be stored or shown.
        question = question.encode("utf-8", "replace").decode("utf-8")
        *earlier, masked = mask_all([*(turn.question for turn in history), question])
        turns = [replace(turn, question=e.text) for e, turn in zip(earlier, history, strict=True)]
        alarms = red_flags(masked.text[:MAX_QUESTION], [turn.question[:MAX_QUESTION] for turn in turns])
        answer = with_alarms(self._ask(masked.text, audience, language, turns), alarms)
        return in_script_of(say_hidden(answer, masked), [*(turn.question for turn in turns), masked.text])

    def _ask(
        self, question: str, audience: Audience, language: Language | None, history: Sequence[Turn]
    ) -> Answer:
        started = time.perf_counter()
        read = question.strip()[:MAX_QUESTION]
        asked = asked_part(read)
        lang = language or language_of(asked)
        if not any(char.isalnum() for char in question):
            text = message(lang, "empty", examples=message(lang, "examples"))
            return Answer(question, "clarify", lang, audience, text, notices=(Notice("empty", text),))
        if family := out_of_scope(question[:MAX_QUESTION]):
            text = decline(family, lang, audience)
            notice = Notice("out_of_scope", text)
            return Answer(question, "out_of_scope", lang, audience, text, notices=(notice,))
        if kind := small_talk(question):
            text = reply(kind, lang, audience)
            return Answer(question, "clarify", lang, audience, text, notices=(Notice("greeting", text),))
        earlier = [turn.question for turn in history]
        state = from_history(history)
        meant = standalone(asked, state)
        # What a stage that was found means is not staged again.
        wanted = meant.how != "stage" and stage_wanted(asked, read)
        staged = answer_staging(self.index, question, earlier, lang, audience) if wanted else None
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
        told = "\n".join(turn.answer for turn in history)
        meant, found = self._found(asked, meant, state, lang, audience, told)
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
            standalone=meant.text if meant.changed else "",
        )

    def _found(
        self,
        asked: str,
        meant: Standalone,
        state: ConversationState,
        language: Language,
        audience: Audience,
        told: str,
    ) -> tuple[Standalone, Extract]:
        """What the sources say, and the question that they were asked; ``told`` is what was said before."""
        known = shown_before(self.index, state) if meant.how == "more" else frozenset()
        question = analyse(meant.text[:MAX_QUESTION], language)
        found = extract(self.index, question, audience, known, told)
        if meant.changed or found.sufficiency.verdict != "not_in_source":
            return meant, found
        if about := about_last_topic(asked, state):
            again = extract(self.index, analyse(about.text, language), audience, earlier=told)
            if again.sufficiency.verdict != "not_in_source":
                return about, again
        return meant, found
