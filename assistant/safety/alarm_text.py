"""Alarms as text: how urgent and whom to call first, then why, what not to do and what to tell them."""

from __future__ import annotations

from assistant.safety.lexicon import red
from assistant.safety.types import Alarm
from assistant.types import Audience, Language


def alarm_text(alarms: tuple[Alarm, ...], language: Language, audience: Audience) -> str:
    """Markdown of one or more alarms, the most urgent first; ``alarms`` is not empty.

    Those who treat a patient are told what the team does; everybody else whom to call.
    """
    top = alarms[0]
    says = red().texts[language]
    flags = {flag.id: flag.texts for flag in red().flags}
    alone = {flag.id for flag in red().flags if flag.alone}

    def of(alarm: Alarm, key: str) -> str:
        return flags[alarm.flag].get(f"{key}_{language}", "")

    others = ("、" if language == "zh" else "; ").join(of(a, "name") for a in alarms[1:])
    also = says["also"].format(names=others) if others else ""
    if audience == "clinician" and top.speaker == "clinician":
        return "\n\n".join(filter(None, [f"⚠ {of(top, 'clinician')}", also, says["ask"]]))
    first = of(top, "first") or says[top.level].format(name=of(top, "name"))
    parts = [
        f"⚠ {first}",
        says["repeated"] if top.repeated else "",
        says["why"].format(why=of(top, "why")),
        says["avoid"].format(avoid=of(top, "avoid")),
        "" if top.flag in alone else _joined(language, says["mild"], says["ask"]),
        says["tell"],
        also,
    ]
    return "\n\n".join(filter(None, parts))


def _joined(language: Language, *sentences: str) -> str:
    return ("" if language == "zh" else " ").join(sentences)
