"""The state of a conversation from its earlier turns, by the rules alone: nothing is retrieved again."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation.condense import standalone
from assistant.conversation.state import TURNS, ConversationState, Past
from assistant.conversation.wording import wording
from assistant.safety.smalltalk import small_talk
from assistant.script import is_traditional, to_simplified
from assistant.types import Turn


def from_history(history: Sequence[Turn]) -> ConversationState:
    """Replay the last turns; what a turn already knows of itself is taken over."""
    state = ConversationState()
    for turn in history[-TURNS:]:
        if small_talk(turn.question) or wording().whole["nothing"].fullmatch(turn.question.strip(" ?？")):
            continue
        question = turn.standalone or standalone(turn.question, state).text
        if is_traditional((question,)):
            question = to_simplified(question)
        state = state.then(Past.of(question, turn.answer, turn.shown))
    return state
