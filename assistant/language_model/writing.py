"""The model words the answer: sentence by sentence, each shown when it is verified.

The extractive answer is there before; it stays wherever the model's does not hold.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from assistant.conversation import ConversationState, Standalone
from assistant.language_model.asking import asked
from assistant.language_model.calculated import calculated
from assistant.language_model.calls import Calls, Chat
from assistant.language_model.checking import visible
from assistant.language_model.claims import Claims
from assistant.language_model.client import ChatModel
from assistant.language_model.condensing import condensed
from assistant.language_model.draft import Draft
from assistant.language_model.exchange import Deadline, Message, ModelFailed, Reply
from assistant.language_model.judging import Judge
from assistant.language_model.layout import Layout
from assistant.language_model.mending import enough_stands, is_answer, quote, repair
from assistant.language_model.settings import Settings
from assistant.language_model.tools import run, wanted
from assistant.language_model.trace import ModelTrace
from assistant.language_model.tracing import check_tracing
from assistant.language_model.warnings_kept import lost_warnings
from assistant.page import Presented
from assistant.plain.patient import Patient
from assistant.script import to_simplified
from assistant.writer import Task, Written

_ROUNDS = 2  # rounds of tools: a refused call may be put right once


class ModelWriter:
    """Words answers with one chat model. One for all conversations: it limits the calls at a time."""

    def __init__(self, chat: Chat, settings: Settings) -> None:
        self.chat, self.settings = chat, settings

    @classmethod
    def of(cls, settings: Settings) -> ModelWriter:
        """The writer that the settings describe.

        Raises:
            assistant.language_model.problems.SettingsProblem: its provider, or what reports its calls, is
                not installed.
        """
        check_tracing(settings.llm_tracing)
        return cls(ChatModel(settings), settings)

    def begin(self) -> ModelWriting:
        """Start on one answer: its deadline runs from here."""
        return ModelWriting(self.settings, Calls(self.chat, Deadline(self.settings.llm_deadline)))


@dataclass(slots=True)
class ModelWriting:
    """One answer; see ``assistant.writer.Writing``."""

    settings: Settings
    calls: Calls

    def standalone(
        self, asked: str, told: Sequence[str], state: ConversationState, by_rule: Standalone
    ) -> str:
        """The follow-up as the model words it, or "" for the rules' wording."""
        if not self.settings.llm_condense or not state.turns:
            return ""
        try:
            return condensed(asked, told, by_rule, self.calls)
        except Exception:
            logging.getLogger(__name__).exception("the language model's wording could not be read")
            return ""

    def unused(self) -> ModelTrace | None:
        """What was called, when nothing was to be written."""
        made = tuple(self.calls.made)
        return ModelTrace(self.calls.chat.name, False, "no evidence", made) if made else None

    def write(self, task: Task) -> Generator[str, None, Written]:
        """Word the answer; see ``assistant.writer.Writing.write``."""
        draft = Draft(_layout(task), personal=wanted(task.told))
        try:
            return (yield from self._worded(task, draft))
        except Exception:  # whatever a model's text brings about, the answer by rule is there
            logging.getLogger(__name__).exception("the language model's answer could not be read")
            return self._written(None, draft, "internal error")

    def _worded(self, task: Task, draft: Draft) -> Generator[str, None, Written]:
        try:
            judged = yield from self._write(task, draft)
        except ModelFailed as failed:
            return self._written(None, draft, str(failed.failure))
        if not draft.shown and not draft.failed:
            return self._written(None, draft, "empty")
        if self.settings.llm_repair:
            repair(judged, self.calls)
        patient = _patient(task)
        stands = enough_stands(draft)
        if stands:
            quote(judged, patient)
        if not stands or not is_answer(task, draft):
            return self._written(None, draft, "unsupported")
        final = _layout(task)
        pieces = [final.add(s) for s in sorted(draft.shown, key=lambda s: s.claim.order)]
        lost = lost_warnings(judged.passages, task.found.groups, draft.shown, judged.language, patient)
        pieces += [final.add(warning) for warning in lost]
        pieces.append(final.end())
        presented = final.presented
        if found := _tool_text(task, draft):
            presented = replace(presented, text=f"{found}\n\n{presented.text}")
        return self._written(presented, draft)

    def _write(self, task: Task, draft: Draft) -> Generator[str, None, Judge]:
        """The first pass. Yields what stands.

        Raises:
            ModelFailed: the model gave no complete answer.
        """
        ask = asked(task, self.settings)
        language = task.question.language
        judged = Judge(draft, ask.passages, language, self.settings.llm_wording == "free")
        draft.messages = list(ask.messages)
        messages = draft.messages
        for round_ in range(_ROUNDS + 1):
            claims, reply = Claims(draft.latest), Reply()
            for text in self.calls.stream("answer", ask.prompt_id, messages, reply, ask.tools):
                said = visible_lines(text)
                # What is written is in simplified characters until it is shown.
                found = list(claims.feed(to_simplified(said) if language == "zh" else said))
                if claims.restarted:
                    draft.restart(_layout(task))
                yield from judged.take(found)
            # The limit of tokens may have cut the last sentence before its condition.
            yield from judged.take(list(claims.cut() if reply.cut_off else claims.end()))
            judged.settle()
            yield from draft.unsent()
            if not reply.requests or round_ == _ROUNDS:
                break
            messages = [*messages, Message("assistant", "", requests=reply.requests)]
            yield from _ran(task, draft, reply, messages)
        return judged

    def _written(self, presented: Presented | None, draft: Draft, reason: str = "") -> Written:
        trace = ModelTrace(
            self.calls.chat.name,
            presented is not None,
            reason,
            tuple(self.calls.made),
            len(draft.shown) - draft.quoted,
            tuple(dropped for _, dropped in draft.failed),
            tuple(draft.checks_ms),
        )
        return Written(presented, trace, tuple(draft.tool_calls) if presented else ())


def _ran(task: Task, draft: Draft, reply: Reply, messages: list[Message]) -> Generator[str, None, None]:
    """Run the tools that a reply asks for, tell the model, and yield what they found."""
    before = len(draft.results)
    for request in reply.requests:
        ran = run(request, task.told, task.question.language)
        if ran.result is not None and ran.call is not None and ran.call not in draft.tool_calls:
            draft.results.append(ran.result)
            draft.tool_calls.append(ran.call)
        messages.append(Message("tool", ran.told, tool_id=request.id))
    for result in draft.results[before:]:
        yield f"{calculated(result, task.question.language, task.audience)}\n\n"


def _layout(task: Task) -> Layout:
    return Layout(task.question, task.audience, task.earlier)


def visible_lines(text: str) -> str:
    """``text`` without unseen characters, its line ends kept."""
    return "\n".join(visible(line) for line in text.replace("\r\n", "\n").replace("\t", " ").split("\n"))


def _patient(task: Task) -> Patient | None:
    return Patient(task.question.language, task.earlier) if task.audience == "patient" else None


def _tool_text(task: Task, draft: Draft) -> str:
    return "\n\n".join(calculated(r, task.question.language, task.audience) for r in draft.results)
