"""What did not stand: asked for once more, then said in the source's own words, or left out."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from assistant.language_model.calls import Calls
from assistant.language_model.draft import Draft, groups_of, shown_as
from assistant.language_model.exchange import Message, ModelFailed, Reply
from assistant.language_model.judging import Judge
from assistant.language_model.quoting import quoted
from assistant.language_model.repair import MOST, repair_prompt, repaired
from assistant.plain.patient import Patient
from assistant.sufficiency import judge
from assistant.writer import Task

_ENOUGH = 0.5  # share of the sentences that has to stand
_TO_REPAIR = 1.0  # seconds that have to be left for a repair


def repair(judged: Judge, calls: Calls) -> None:
    """Ask once more for what did not stand, where that is worth a call and there is time for one."""
    draft = judged.draft
    # A sentence without a marker, such as a closing remark, is worth no call where others stand.
    worth = not draft.shown or any(claim.markers for claim, _ in draft.failed)
    if worth and calls.deadline.left() > _TO_REPAIR:
        with suppress(ModelFailed):  # what stood, stands
            _repair(judged, calls)


def _repair(judged: Judge, calls: Calls) -> None:
    draft = judged.draft
    failed = draft.failed[:MOST]
    ask, text = repair_prompt(failed, judged.language)
    system, asked = draft.messages
    messages = [system, Message("user", f"{asked.text}\n\n{text}")]
    said = "".join(calls.stream("repair", ask.id, messages, Reply()))
    for position, claim in repaired(said, failed):
        checked = judged.check(claim, claim.markers)
        if checked.reason is None:
            draft.shown.append(shown_as(claim, checked))
            old, dropped = draft.failed[position]
            draft.failed[position] = (old, replace(dropped, replaced="model"))


def quote(judged: Judge, patient: Patient | None) -> None:
    """Let the source speak where a sentence about it did not stand."""
    draft = judged.draft
    found = quoted(draft.failed, draft.shown, judged.passages, judged.language, patient)
    for position, shown in found.items():
        draft.shown += shown
        draft.quoted += len(shown)
        claim, dropped = draft.failed[position]
        draft.failed[position] = (claim, replace(dropped, replaced="source"))


def enough_stands(draft: Draft) -> bool:
    """Whether most of what the model said stands."""
    # What is only worded too freely gives way to the source's own words.
    failed = [dropped for _, dropped in draft.failed if dropped.reason != "wording"]
    lost = sum(not dropped.replaced and bool(dropped.citations) for dropped in failed)
    return bool(draft.shown) and len(draft.shown) >= _ENOUGH * (len(draft.shown) + lost)


def is_answer(task: Task, draft: Draft) -> bool:
    """Whether what is shown, quotations included, answers by the measure of the extractive answer."""
    return judge(task.index, task.found.evidence, groups_of(draft.shown)).verdict != "not_in_source"
