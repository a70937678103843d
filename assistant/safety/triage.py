"""What a message is before anything is searched: emergency, request out of scope, small talk, or question.

The rules speak first. Where none of them says anything, the second voice is asked, if there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.safety.detector import red_flags, teller, without_denials
from assistant.safety.impersonal import speaks_of_nobody
from assistant.safety.scope import (
    Family,
    asks_besides,
    family_unnamed,
    names_concept,
    out_of_scope,
    requests,
)
from assistant.safety.second_voice import ALARM, CLEAR_REQUEST, REQUEST, Heard, heard
from assistant.safety.smalltalk import is_only_talk, small_talk
from assistant.safety.types import Alarm

_SUICIDE, _UNCLEAR, _HARM = "suicide", "unclear", "harm"
_SLAYING = frozenset({"lethal_dose", "drowsy", "collapse"})


@dataclass(frozen=True, slots=True)
class Triage:
    """Alarms go before whatever else is answered. ``declined``: a request out of scope; ``talk``: the kind of
    small talk. Neither: a question."""

    alarms: tuple[Alarm, ...] = ()
    declined: Family | None = None
    talk: str | None = None


def triage(message: str, earlier_messages: Sequence[str] = ()) -> Triage:
    """What ``message`` is; ``earlier_messages`` are the user's own, oldest first."""
    alarms = red_flags(message, earlier_messages)
    declined = out_of_scope(message)
    if declined and declined.name == _HARM:
        # How much would kill is asked of another, and who is not to wake is not asleep.
        alarms = tuple(a for a in alarms if not (_SLAYING & {*a.signs}))
    if declined and declined.text == "foreign" and is_only_talk(message):
        declined = None
    talk = None if declined else small_talk(message)
    if alarms or declined or talk:
        return Triage(alarms, declined, talk)
    said = heard(message)
    if said is None:
        return Triage()
    if max(said.emergency, said.suicide) > ALARM:
        flag = _SUICIDE if said.suicide > ALARM else _UNCLEAR
        if flag == _SUICIDE or _alarming(without_denials(message)):
            return Triage((Alarm(flag, "now", (), teller(message)),))
    # Where a rule found a request and let the message pass, what else it asks is answered.
    if said.request <= REQUEST or requests(message) or _is_question(message, said):
        return Triage()
    if not asks_besides(message, _is_request):
        return Triage(declined=family_unnamed())
    return Triage()


def _is_question(message: str, said: Heard) -> bool:
    """Whether it is a question however it is put: of the field and of nobody, or not much like a request."""
    return speaks_of_nobody(message) and (names_concept(message) or said.request <= CLEAR_REQUEST)


def _alarming(told: str) -> bool:
    """Whether what is told, signs that are denied left out, is like an emergency."""
    said = heard(told)
    return said is not None and said.emergency > ALARM


def _is_request(sentence: str) -> bool:
    said = heard(sentence)
    return said is None or said.request > REQUEST
