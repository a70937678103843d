"""The notice that identifiers were hidden. It names their kinds and never what they were."""

from __future__ import annotations

from dataclasses import replace

from assistant.messages import message
from assistant.safety.identifier_kinds import kinds
from assistant.safety.identifiers import Masked
from assistant.types import Answer, Notice


def say_hidden(answer: Answer, masked: Masked) -> Answer:
    """The answer with the notice at its end, if something in the question was masked."""
    if not masked:
        return answer
    chinese = answer.language == "zh"
    names = [kind.said_zh if chinese else kind.said_en for kind in kinds() if kind.name in masked.kinds]
    listed = ("、" if chinese else ", ").join(dict.fromkeys(names))
    text = message(answer.language, "identifiers", kinds=listed)
    notices = (*answer.notices, Notice("identifiers", text))
    return replace(answer, text=f"{answer.text}\n\n{text}".strip(), notices=notices)
