"""What is remembered: bounded, the same after storage, rebuilt from texts alone."""

from __future__ import annotations

import pytest

from assistant.conversation import ConversationState, Past, from_history
from assistant.conversation.state import TURNS, BadState
from assistant.types import Turn


def test_it_comes_back_from_json() -> None:
    state = ConversationState((Past("贫血怎么治？", ("促红素。[1]",), (("book", 3, 8),), True),))
    assert ConversationState.from_json(state.to_json()) == state


@pytest.mark.parametrize("text", ["", "[]", '{"turns": [{"question": "？"}]}', '{"turns": 1}'])
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(BadState, match="no stored conversation"):
        ConversationState.from_json(text)


def test_only_the_last_turns_are_kept() -> None:
    state = from_history([Turn(f"贫血怎么治？{n}", "") for n in range(TURNS + 3)])
    assert [past.question[-1] for past in state.turns] == ["3", "4", "5", "6", "7", "8"]


def test_earlier_turns_are_replayed_from_their_texts() -> None:
    state = from_history([Turn("硼替佐米属于哪类药？", ""), Turn("来那度胺呢", ""), Turn("谢谢", "您好")])
    assert [past.question for past in state.turns] == ["硼替佐米属于哪类药？", "来那度胺属于哪类药？"]


def test_what_a_turn_knows_of_itself_is_taken_over() -> None:
    turn = Turn("那个呢", "答。[1]", "帕比司他属于哪类药？", (("book", 0, 4),))
    state = from_history([turn])
    assert state.turns[0].question == "帕比司他属于哪类药？"
    assert state.shown == {("book", 0, 4)}
