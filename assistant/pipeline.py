"""The way from a question to an ``Answer``."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
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
from assistant.safety.hidden import say_hidden
from assistant.safety.identifiers import mask_all
from assistant.safety.scope import decline
from assistant.safety.smalltalk import reply
from assistant.safety.triage import Triage, triage
from assistant.safety.urgent import with_alarms
from assistant.script import in_script_of, is_traditional, to_traditional
from assistant.staging_answer import answer_staging, stage_wanted
from assistant.types import MAX_QUESTION, Answer, Audience, Language, Notice, Piece, Turn
from assistant.writer import Task, Writer, Writing, Written
from index import Index


class Assistant:
    """Answers questions from one stored index.

    >>> Assistant.open("index-directory").ask("R-ISS怎么分期？").status  # doctest: +SKIP
    'answered'
    """

    def __init__(self, index: Index, writer: Writer | None = None) -> None:
        self.index = index
        self.writer = writer

    @classmethod
    def open(cls, directory: str | Path, writer: Writer | None = None) -> Assistant:
        """Open a stored index. ``writer`` words the answers; without one they are extractive.

        Raises:
            index.IndexMissing: there is none at ``directory``.
            index.IndexMismatch: it was built by another version or its files were changed.
        """
        return cls(Index.open(Path(directory)), writer)

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
        steps = self._steps(question, audience, language, history)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                answer: Answer = done.value
                return answer

    def stream(
        self,
        question: str,
        audience: Audience = "clinician",
        language: Language | None = None,
        history: Sequence[Turn] = (),
    ) -> Iterator[Piece | Answer]:
        """The same as ``ask``, while it comes about: pieces of verified Markdown, at last the ``Answer``.

        The pieces are a preview: where the answer turns out otherwise (a language model failed half way),
        its text replaces them. Without a language model they come all at once.
        """
        answer = yield from self._steps(question, audience, language, history)
        yield answer

    def _steps(
        self, question: str, audience: Audience, language: Language | None, history: Sequence[Turn]
    ) -> Generator[Piece, None, Answer]:
        # Half a surrogate pair, from a broken paste or file, is no text that can be stored or shown.
        question = question.encode("utf-8", "replace").decode("utf-8")
        *earlier, masked = mask_all([*(turn.question for turn in history), question])
        turns = [replace(turn, question=e.text) for e, turn in zip(earlier, history, strict=True)]
        seen = triage(masked.text[:MAX_QUESTION], [turn.question[:MAX_QUESTION] for turn in turns])
        # What to do in an emergency waits for no language model.
        writing = self.writer.begin() if self.writer and not seen.alarms else None
        said = [*(turn.question for turn in turns), masked.text]
        sent = False
        steps = self._ask(masked.text, seen, audience, language, turns, writing)
        while True:
            try:
                text = next(steps)
            except StopIteration as done:
                found: Answer = done.value
                break
            sent = True
            traditional = is_traditional(said) and language != "en"
            yield Piece(to_traditional(text) if traditional else text)
        answer = in_script_of(say_hidden(with_alarms(found, seen.alarms), masked), said)
        if not sent:
            blocks = answer.text.split("\n\n")
            for number, block in enumerate(blocks):
                yield Piece(f"{block}\n\n" if number < len(blocks) - 1 else block)
        return answer

    def _ask(
        self,
        question: str,
        seen: Triage,
        audience: Audience,
        language: Language | None,
        history: Sequence[Turn],
        writing: Writing | None,
    ) -> Generator[str, None, Answer]:
        started = time.perf_counter()
        read = question.strip()[:MAX_QUESTION]
        asked = asked_part(read)
        lang = language or language_of(asked)
        if not any(char.isalnum() for char in question):
            text = message(lang, "empty", examples=message(lang, "examples"))
            return Answer(question, "clarify", lang, audience, text, notices=(Notice("empty", text),))
        if seen.declined:
            text = decline(seen.declined, lang, audience)
            notice = Notice("out_of_scope", text)
            return Answer(question, "out_of_scope", lang, audience, text, notices=(notice,))
        if seen.talk:
            text = reply(seen.talk, lang, audience)
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
        meant, found = self._understood(asked, meant, state, lang, audience, told, earlier, writing)
        notices = found.notices
        if len(question.strip()) > MAX_QUESTION:
            notices = (*notices, Notice("cut", message(lang, "cut", limit=f"{MAX_QUESTION:,}")))
        answer = Answer(
            question=question,
            status=found.sufficiency.verdict,
            language=lang,
            audience=audience,
            text=found.presented.text,
            sentences=found.presented.sentences,
            citations=found.presented.citations,
            notices=notices,
            considered=found.considered,
            standalone=meant.text if meant.changed else "",
        )
        if writing and found.presented.sentences:
            task = Task(
                self.index,
                analyse(meant.text[:MAX_QUESTION], lang),
                found,
                audience,
                (*earlier, read),
                told,
            )
            written = yield from writing.write(task)
            answer = _worded(answer, written)
        elif writing:
            answer = replace(answer, model=writing.unused())
        parts = [answer.text, *(escape(n.text) for n in answer.notices if n.kind != "erratum")]
        return replace(
            answer,
            text="\n\n".join(part for part in parts if part),
            latency_ms=round((time.perf_counter() - started) * 1000, 2),
        )

    def _understood(
        self,
        asked: str,
        meant: Standalone,
        state: ConversationState,
        language: Language,
        audience: Audience,
        told: str,
        earlier: Sequence[str],
        writing: Writing | None,
    ) -> tuple[Standalone, Extract]:
        """What the sources say to the question as the language model words it, if it does and they do."""
        worded = writing.standalone(asked, earlier, state, meant) if writing else ""
        if worded and worded != meant.text:
            model = Standalone(worded, True, "model")
            understood, found = self._found(asked, model, state, language, audience, told)
            if found.sufficiency.verdict != "not_in_source":
                return understood, found
        return self._found(asked, meant, state, language, audience, told)

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


def _worded(answer: Answer, written: Written) -> Answer:
    """An extractive answer as a language model worded it; with a notice, where it could not be used."""
    presented, trace = written.presented, written.trace
    if presented is None:
        why = message(answer.language, f"model_{trace.reason.replace(' ', '_')}")
        notice = Notice("language_model", message(answer.language, "model_unused", why=why))
        return replace(answer, notices=(*answer.notices, notice), model=trace)
    quotes = {citation.quote for citation in presented.citations}
    # Errata and repairs are those of the passages that are cited now.
    others = tuple(n for n in answer.notices if n.kind not in ("erratum", "repair"))
    return replace(
        answer,
        text=presented.text,
        sentences=presented.sentences,
        citations=presented.citations,
        tool_calls=written.calls,
        notices=(*presented.notices, *others),
        answerer=trace.name,
        considered=tuple(replace(c, used=c.text in quotes) for c in answer.considered),
        model=trace,
    )
