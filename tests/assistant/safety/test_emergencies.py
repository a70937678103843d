"""Written messages: every emergency raises an alarm, nothing harmless does."""

from __future__ import annotations

import pytest

from assistant.safety.detector import red_flags
from tests.assistant.safety.messages import conversations, own


@pytest.mark.parametrize("kind", ["emergency", "harmless"])
def test_alarms_where_they_belong(kind: str) -> None:
    told = [*conversations(kind), *([text] for text in own(kind))]
    assert len(told) >= 350
    wrong = [turns for turns in told if bool(red_flags(turns[-1], turns[:-1])) != (kind == "emergency")]
    assert wrong == []
