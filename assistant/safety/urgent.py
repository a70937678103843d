"""An answer to a message with red flags: the alarm first, then what was asked."""

from __future__ import annotations

from dataclasses import replace

from assistant.question_units import INTERROGATIVE
from assistant.safety.alarm_text import alarm_text
from assistant.safety.lexicon import red
from assistant.safety.self_treatment import without_advice
from assistant.safety.types import Alarm
from assistant.types import Answer, Notice

_NOISE = frozenset({"not_in_source", "coverage", "nearest", "whom", "empty", "greeting", "out_of_scope"})
"""Notices that nobody in an emergency needs."""


def with_alarms(answer: Answer, alarms: tuple[Alarm, ...]) -> Answer:
    """``answer`` with the alarms before it and status ``urgent``; unchanged if there are none.

    In an emergency, what it quotes leaves out advice to take a drug at home for it.
    """
    if not alarms:
        return answer
    says = red().texts[answer.language]
    alarm = alarm_text(alarms, answer.language, answer.audience)
    treated = answer.audience == "clinician" and alarms[0].speaker == "clinician"
    if alarms[0].level == "now" and not treated:
        answer = without_advice(answer, (a.flag for a in alarms))
    # Who tells what happened and asks nothing is told what to do about it, and nothing else.
    told_only = answer.audience == "patient" and answer.question and not INTERROGATIVE.search(answer.question)
    empty = answer.status in ("not_in_source", "out_of_scope") or not (answer.sentences or answer.tool_calls)
    notice = Notice("urgent", alarm)
    if told_only or any(flag.alone for flag in red().flags if flag.id in {a.flag for a in alarms}):
        return replace(
            answer, status="urgent", text=alarm, sentences=(), citations=(), tool_calls=(), notices=(notice,)
        )
    rest = says["nothing"] if empty else f"{says['after']}\n\n{answer.text}"
    notices = tuple(n for n in answer.notices if not (empty and n.kind in _NOISE))
    return replace(answer, status="urgent", text=f"{alarm}\n\n{rest}", notices=(notice, *notices))
