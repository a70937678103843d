"""What the model is asked for one answer: its prompt, the passages, and whether it has tools."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.language_model.exchange import Message
from assistant.language_model.passages import Passages, numbered
from assistant.language_model.prompt import prompt
from assistant.language_model.settings import Settings
from assistant.language_model.tokens import count
from assistant.language_model.tools import wanted
from assistant.writer import Task

_TOOL_TOKENS = 3400  # what the schemas of the tools take
_FRAME_TOKENS = 200  # what stands around the texts: roles, fences, the question's own words


@dataclass(frozen=True, slots=True)
class Asked:
    """``prompt_id`` goes into the record; ``messages`` are the system's and the user's."""

    prompt_id: str
    passages: Passages
    messages: tuple[Message, Message]
    tools: bool


def asked(task: Task, settings: Settings) -> Asked:
    """The messages of the first call: as many passages as the context takes beside the answer."""
    language = task.question.language
    ask = prompt("answer-clinician" if task.audience == "clinician" else "answer-patient", language)
    tools = settings.llm_tools and wanted(task.told)
    fixed = count(ask.text) + count(task.question.text) + (_TOOL_TOKENS if tools else 0) + _FRAME_TOKENS
    budget = settings.llm_context - settings.llm_answer_tokens - fixed
    passages = numbered(task.found.evidence, task.found.groups, task.audience, budget)
    more = prompt("tools", language).text if tools else ""
    system = ask.filled(fence=f"<{passages.fence}>", tools=more)
    user = prompt("question", language).filled(passages=passages.text, question=task.question.text)
    return Asked(ask.id, passages, (Message("system", system), Message("user", user)), tools)
