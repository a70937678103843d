"""Questions from JSONL, answers to JSONL: one conversation a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from assistant import Assistant
from assistant.record import to_record
from assistant.types import Answer, Audience, Language, Turn
from ui.cli.progress import Progress


class BadQuestion(Exception):
    """A line of the questions file cannot be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of a questions file."""

    id: str
    turns: tuple[str, ...]
    audience: Audience


def read_questions(text: str, name: str) -> list[Conversation]:
    """Parse a questions file.

    Raises:
        BadQuestion: a line is no JSON object, has no question, or names an unknown audience.
    """
    conversations = []
    # Not splitlines: JSON may hold a line separator (U+2028) inside a text.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadQuestion(
                f"{where}: not JSON ({getattr(error, 'msg', error)}); write one object a line"
            ) from error
        if not isinstance(row, dict):
            raise BadQuestion(f'{where}: not a JSON object; write {{"id": …, "question": …}}')
        turns = row.get("turns", [row["question"]] if "question" in row else [])
        if not (isinstance(turns, list) and turns and all(isinstance(t, str) for t in turns)):
            raise BadQuestion(f'{where}: no question; give "question" or a list "turns" of texts')
        audience = row.get("audience") or "clinician"
        if audience not in ("clinician", "patient"):
            raise BadQuestion(f'{where}: audience {audience!r} is unknown; use "clinician" or "patient"')
        conversations.append(Conversation(str(row.get("id", number)), tuple(turns), cast(Audience, audience)))
    return conversations


def answer_lines(
    assistant: Assistant,
    conversations: Sequence[Conversation],
    audience: Audience | None,
    language: Language | None,
    progress: Progress,
) -> Iterator[str]:
    """One JSON line per conversation: the record of its last turn, earlier ones inside."""
    for done, conversation in enumerate(conversations, 1):
        history: list[Turn] = []
        answers: list[Answer] = []
        for turn in conversation.turns:
            answer = assistant.ask(turn, audience or conversation.audience, language, history)
            answers.append(answer)
            history.append(Turn(answer.question, answer.text))
        record = to_record(answers[-1], conversation.id, answers[:-1])
        yield json.dumps(record, ensure_ascii=False) + "\n"
        progress("answering", done, len(conversations))
