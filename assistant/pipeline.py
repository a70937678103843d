"""The way from a question to an ``Answer``."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.messages import message
from assistant.presentation import escape
from assistant.request import Request
from assistant.safety.hidden import say_hidden
from assistant.safety.identifiers import mask_all
from assistant.safety.scope import decline
from assistant.safety.smalltalk import reply
from assistant.safety.triage import Triage, triage
from assistant.safety.urgent import with_alarms
from assistant.script import in_script_of, is_traditional, to_traditional
from assistant.staging_answer import StagingAnswer, answer_staging, stage_wanted
from assistant.types import MAX_QUESTION, Answer, Audience, Language, Notice, Piece, Status, Turn
from assistant.understanding import Found, understood
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
        conversation that tells of an emergency gets what to do about it first, and status ``urgent``. Raises
        ValueError for another ``audience`` or ``language``.
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
        steps = self._ask(Request.of(masked.text, audience, language, turns), seen, writing)
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

    def _ask(self, request: Request, seen: Triage, writing: Writing | None) -> Generator[str, None, Answer]:
        started = time.perf_counter()
        if answer := _without_sources(request, seen):
            return answer
        # What a stage that was found means is not staged again.
        if request.meant.how != "stage" and stage_wanted(request.asked, request.read):
            staged = answer_staging(
                self.index, request.question, request.earlier, request.language, request.audience
            )
            if staged is not None:
                return _staged(request, staged, started)
        found = understood(self.index, request, writing)
        answer = _from_sources(request, found)
        if writing and answer.sentences:
            said = (*request.earlier, request.read)
            asked = request.analysed(found.wording)
            task = Task(self.index, asked, found.extract, request.audience, said, request.told)
            answer = _worded(answer, (yield from writing.write(task)))
        elif writing:
            answer = replace(answer, model=writing.unused())
        parts = [answer.text, *(escape(n.text) for n in answer.notices if n.kind != "erratum")]
        return replace(answer, text="\n\n".join(part for part in parts if part), latency_ms=_since(started))


def _without_sources(request: Request, seen: Triage) -> Answer | None:
    """The answer to what asks nothing of the sources: an empty message, an errand, a greeting."""

    def answer(status: Status, kind: str, text: str) -> Answer:
        notices = (Notice(kind, text),)
        return Answer(request.question, status, request.language, request.audience, text, notices=notices)

    if not any(char.isalnum() for char in request.question):
        examples = message(request.language, "examples")
        return answer("clarify", "empty", message(request.language, "empty", examples=examples))
    if seen.declined:
        text = decline(seen.declined, request.language, request.audience)
        return answer("out_of_scope", "out_of_scope", text)
    if seen.talk:
        return answer("clarify", "greeting", reply(seen.talk, request.language, request.audience))
    return None


def _staged(request: Request, staged: StagingAnswer, started: float) -> Answer:
    return Answer(
        question=request.question,
        status=staged.status,
        language=request.language,
        audience=request.audience,
        text=staged.text,
        sentences=staged.quoted.sentences,
        citations=staged.quoted.citations,
        tool_calls=staged.calls,
        notices=staged.quoted.notices,
        latency_ms=_since(started),
    )


def _from_sources(request: Request, found: Found) -> Answer:
    """The extractive answer, its notices beside its text."""
    notices = found.extract.notices
    if request.is_cut:
        limit = f"{MAX_QUESTION:,}"
        notices = (*notices, Notice("cut", message(request.language, "cut", limit=limit)))
    presented = found.extract.presented
    return Answer(
        question=request.question,
        status=found.extract.sufficiency.verdict,
        language=request.language,
        audience=request.audience,
        text=presented.text,
        sentences=presented.sentences,
        citations=presented.citations,
        notices=notices,
        considered=found.extract.considered,
        standalone=found.wording.text if found.wording.changed else "",
    )


def _since(started: float) -> float:
    """Milliseconds."""
    return round((time.perf_counter() - started) * 1000, 2)


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
