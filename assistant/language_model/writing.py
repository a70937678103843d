"""The model words the answer: sentence by sentence, each shown when it is verified.

The extractive answer is there before; it stays wherever the model's does not hold.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from assistant.conversation import ConversationState, Standalone
from assistant.language_model.calculated import calculated
from assistant.language_model.calls import Calls, Chat
from assistant.language_model.checking import Checked, check, visible
from assistant.language_model.claims import Claim, Claims
from assistant.language_model.client import ChatModel
from assistant.language_model.condensing import condensed
from assistant.language_model.draft import Draft, groups_of, shown_as
from assistant.language_model.exchange import Deadline, Message, ModelFailed, Reply
from assistant.language_model.layout import Layout
from assistant.language_model.passages import Passages, numbered
from assistant.language_model.prompt import Prompt, prompt
from assistant.language_model.quoting import quoted
from assistant.language_model.repair import MOST, repair_prompt, repaired
from assistant.language_model.settings import Settings
from assistant.language_model.tokens import count
from assistant.language_model.tools import run, wanted
from assistant.language_model.trace import ModelTrace
from assistant.language_model.tracing import check_tracing
from assistant.language_model.warnings_kept import lost_warnings
from assistant.page import Presented
from assistant.plain.patient import Patient
from assistant.script import to_simplified
from assistant.sufficiency import judge
from assistant.writer import Task, Written

_ENOUGH = 0.5  # share of the sentences that has to stand
_TOOL_TOKENS = 3400  # what the schemas of the tools take
_ROUNDS = 2  # rounds of tools: a refused call may be put right once
_MOST_CLAIMS = 80  # sentences of an answer; one that goes on has lost its way
_TO_REPAIR = 1.0  # seconds that have to be left for a repair


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
        draft = self._draft(task)
        try:
            return (yield from self._worded(task, draft))
        except Exception:  # whatever a model's text brings about, the answer by rule is there
            logging.getLogger(__name__).exception("the language model's answer could not be read")
            return self._written(None, draft, "internal error")

    def _worded(self, task: Task, draft: Draft) -> Generator[str, None, Written]:
        try:
            passages = yield from self._write(task, draft)
        except ModelFailed as failed:
            return self._written(None, draft, str(failed.failure))
        if not draft.shown and not draft.failed:
            return self._written(None, draft, "empty")
        # A sentence without a marker, such as a closing remark, is worth no call where others stand.
        worth = not draft.shown or any(claim.markers for claim, _ in draft.failed)
        if worth and self.settings.llm_repair and self.calls.deadline.left() > _TO_REPAIR:
            with suppress(ModelFailed):  # what stood, stands
                self._repair(task, draft, passages)
        if not self._is_enough(task, draft):
            return self._written(None, draft, "unsupported")
        self._quote(task, draft, passages)
        final = self._draft(task).layout
        pieces = [final.add(s) for s in sorted(draft.shown, key=lambda s: s.claim.order)]
        language = task.question.language
        lost = lost_warnings(passages, task.found.groups, draft.shown, language, _patient(task))
        pieces += [final.add(warning) for warning in lost]
        pieces.append(final.end())
        presented = final.presented
        if found := _tool_text(task, draft):
            presented = replace(presented, text=f"{found}\n\n{presented.text}")
        return self._written(presented, draft)

    def _draft(self, task: Task) -> Draft:
        layout = Layout(task.question, task.audience, task.earlier)
        return Draft(layout, personal=wanted(task.told))

    def _write(self, task: Task, draft: Draft) -> Generator[str, None, Passages]:
        """The first pass. Yields what stands.

        Raises:
            ModelFailed: the model gave no complete answer.
        """
        ask, passages, messages, tools = self._prompt(task)
        draft.messages = messages
        rounds = 0
        while True:
            claims, reply = Claims(draft.latest), Reply()
            for text in self.calls.stream("answer", ask.id, messages, reply, tools):
                said = visible_lines(text)
                # What is written is in simplified characters until it is shown.
                said = to_simplified(said) if task.question.language == "zh" else said
                found = list(claims.feed(said))
                if claims.restarted:
                    draft.restart(self._draft(task).layout)
                yield from self._claimed(task, draft, passages, found)
            # The limit of tokens may have cut the last sentence before its condition.
            rest = claims.cut() if reply.cut_off else claims.end()
            yield from self._claimed(task, draft, passages, list(rest))
            self._settle(task, draft, passages)
            yield from draft.unsent()
            if not reply.requests or rounds >= _ROUNDS:
                return passages
            rounds += 1
            messages = [*messages, Message("assistant", "", requests=reply.requests)]
            before = len(draft.results)
            for request in reply.requests:
                ran = run(request, task.told, task.question.language)
                if ran.result is not None and ran.call is not None and ran.call not in draft.tool_calls:
                    draft.results.append(ran.result)
                    draft.tool_calls.append(ran.call)
                messages.append(Message("tool", ran.told, tool_id=request.id))
            for result in draft.results[before:]:
                yield f"{calculated(result, task.question.language, task.audience)}\n\n"

    def _prompt(self, task: Task) -> tuple[Prompt, Passages, list[Message], bool]:
        language = task.question.language
        ask = prompt("answer-clinician" if task.audience == "clinician" else "answer-patient", language)
        tools = self.settings.llm_tools and wanted(task.told)
        fixed = count(ask.text) + count(task.question.text) + (_TOOL_TOKENS if tools else 0) + 200
        budget = self.settings.llm_context - self.settings.llm_answer_tokens - fixed
        passages = numbered(task.found.evidence, task.found.groups, task.audience, budget)
        more = prompt("tools", language).text if tools else ""
        messages = [
            Message("system", ask.filled(fence=f"<{passages.fence}>", tools=more)),
            Message(
                "user",
                prompt("question", language).filled(passages=passages.text, question=task.question.text),
            ),
        ]
        return ask, passages, messages, tools

    def _claimed(
        self, task: Task, draft: Draft, passages: Passages, claims: Sequence[Claim]
    ) -> Generator[str, None, None]:
        """Judge claims as they come; a claim without a marker waits for the next one of its block."""
        for claim in claims:
            if claim.order >= _MOST_CLAIMS:
                raise ModelFailed("too long", f"more than {_MOST_CLAIMS} sentences")
            draft.latest = claim
            if claim.lead + claim.text in draft.texts:
                continue
            draft.texts.add(claim.lead + claim.text)
            if draft.waiting and draft.waiting[0].block != claim.block:
                self._settle(task, draft, passages)
            if not claim.markers:
                draft.waiting.append(claim)
                continue
            for waiting in draft.waiting:
                self._judge(task, draft, passages, waiting, claim.markers)
            draft.waiting.clear()
            self._judge(task, draft, passages, claim, claim.markers)
            draft.last = (claim.block, claim.markers)
            yield from draft.unsent()

    def _settle(self, task: Task, draft: Draft, passages: Passages) -> None:
        """Claims that no marker followed lean on the one before them in their block, if any."""
        block, markers = draft.last
        for claim in draft.waiting:
            self._judge(task, draft, passages, claim, markers if block == claim.block else ())
        draft.waiting.clear()

    def _checked(
        self, task: Task, draft: Draft, passages: Passages, claim: Claim, markers: Sequence[int]
    ) -> Checked:
        free = self.settings.llm_wording == "free"
        language = task.question.language
        return check(claim, markers, passages, language, draft.results, draft.personal, free)

    def _judge(
        self, task: Task, draft: Draft, passages: Passages, claim: Claim, markers: Sequence[int]
    ) -> None:
        checked = self._checked(task, draft, passages, claim, markers)
        draft.judged(claim, markers, checked)

    def _repair(self, task: Task, draft: Draft, passages: Passages) -> None:
        """Ask once more for what did not stand.

        Raises:
            ModelFailed: there is no complete reply.
        """
        failed = draft.failed[:MOST]
        ask, text = repair_prompt(failed, task.question.language)
        system, asked = draft.messages
        messages = [system, Message("user", f"{asked.text}\n\n{text}")]
        said = "".join(self.calls.stream("repair", ask.id, messages, Reply()))
        for position, claim in repaired(said, failed):
            checked = self._checked(task, draft, passages, claim, claim.markers)
            if checked.reason is None:
                draft.shown.append(shown_as(claim, checked))
                old, dropped = draft.failed[position]
                draft.failed[position] = (old, replace(dropped, replaced="model"))

    def _quote(self, task: Task, draft: Draft, passages: Passages) -> None:
        """Let the source speak where a sentence about it did not stand."""
        found = quoted(draft.failed, draft.shown, passages, task.question.language, _patient(task))
        for position, shown in found.items():
            draft.shown += shown
            draft.quoted += len(shown)
            claim, dropped = draft.failed[position]
            draft.failed[position] = (claim, replace(dropped, replaced="source"))

    def _is_enough(self, task: Task, draft: Draft) -> bool:
        """Whether what stands is still an answer, by the measure of the extractive one."""
        # What is only worded too freely gives way to the source's own words.
        failed = [dropped for _, dropped in draft.failed if dropped.reason != "wording"]
        lost = sum(not dropped.replaced and bool(dropped.citations) for dropped in failed)
        if not draft.shown or len(draft.shown) < _ENOUGH * (len(draft.shown) + lost):
            return False
        return judge(task.index, task.found.evidence, groups_of(draft.shown)).verdict != "not_in_source"

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


def visible_lines(text: str) -> str:
    """``text`` without unseen characters, its line ends kept."""
    return "\n".join(visible(line) for line in text.replace("\r\n", "\n").replace("\t", " ").split("\n"))


def _patient(task: Task) -> Patient | None:
    return Patient(task.question.language, task.earlier) if task.audience == "patient" else None


def _tool_text(task: Task, draft: Draft) -> str:
    return "\n\n".join(calculated(r, task.question.language, task.audience) for r in draft.results)
