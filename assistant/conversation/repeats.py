"""Which passages a conversation has already shown, for a turn that asks for more."""

from __future__ import annotations

import re

from assistant.conversation.state import ConversationState, Span
from assistant.presentation import escape, readable
from index import Index

_SPACE = re.compile(r"\s+")
_SHORTEST = 6  # characters from which a text found in an answer is its quotation


def shown_before(index: Index, state: ConversationState) -> frozenset[Span]:
    """The passages cited in remembered turns; of a turn known by its text alone, those quoted in it."""
    said = _SPACE.sub("", "".join(line for past in state.turns if not past.shown for line in past.lines))
    if not said:
        return state.shown
    quoted = {
        (source.id, p.start, p.end)
        for source in index.sources.values()
        for p in source.passages
        if len(p.text) >= _SHORTEST and _SPACE.sub("", escape(readable(p.text))) in said
    }
    return state.shown | quoted
