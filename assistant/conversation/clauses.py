"""Turns of two clauses, one of which hangs on the last turn, and turns that ask what else there is."""

from __future__ import annotations

import re

from assistant.conversation.ellipsis import aspect_of_topic, opens_with_aspect
from assistant.conversation.gaps import filled
from assistant.conversation.state import ConversationState, Past
from assistant.conversation.substitution import only_names
from assistant.conversation.topics import topic_of
from assistant.conversation.wording import category, read, things, wording
from assistant.question_units import INTERROGATIVE
from assistant.subjects import TOPICS
from assistant.types import Language

_LONGEST = 40  # characters of a turn of two clauses
_END = " \n\t?？。.!！,，~～"
_MARK = re.compile(r"[,，:：;；]\s*")
_EXCEPTED = re.compile(r"^除.{1,24}?(?:之外|以外|外)?[，,]|^.{1,16}?(?:之外|以外)[，,]")


def more_of(core: str, last: Past, language: Language) -> str:
    """More of another aspect than the last question's: "any other side effects" behind one of them."""
    asked = [m for m in things(core, aspects=True) if m.concept in wording().handled]
    topic = topic_of(last, language)
    if not asked or not topic or any(m.concept == asked[0].concept for m in read(last.question).mentions):
        return ""
    return f"{topic}{core}？" if language == "zh" else f"{core[0].upper()}{core[1:]} of {topic}?"


def named_then_asked(rest: str, language: Language) -> str:
    """Such as "the flu one, does it work?": a clause that names and one that asks of it; "" for another."""
    head, _, tail = divided(rest)
    if language == "en" or not wording().cue.search(head) or not tail.strip(_END) or not only_names(head):
        return ""
    asks = tail.strip(_END)
    if things(tail) or not (INTERROGATIVE.search(asks) or asks.endswith(("不", "没"))):
        return ""
    name = wording().closing.sub("", head)
    return f"{name}{wording().leads['also'].sub('', tail).strip(_END)}？"


def first_clause(rest: str, state: ConversationState, language: Language, *, cued: bool) -> str:
    """A turn of two clauses of which the first leaves out its topic: "剂量怎么给，肾功能差要调吗"."""
    head, mark, tail = divided(rest)
    if language == "en" or not tail or len(rest) > _LONGEST:
        return ""
    if any(category(m) in TOPICS for m in things(tail)) or not INTERROGATIVE.search(head):
        return ""
    if not opens_with_aspect(head):
        return ""
    asked = filled(head, state, language, cued=cued) or aspect_of_topic(head, state, language, cued=cued)
    return f"{asked.strip(_END)}{mark}{tail}" if asked else ""


def beside(core: str, last: Past, language: Language) -> str:
    """Such as "Apart from …, anything else?": of the topic of the last turn."""
    topic = topic_of(last, language)
    if not topic or topic in core or any(category(m) in TOPICS for m in things(core)):
        return ""
    if language == "en":
        return f"{topic}: {core}?"
    # What is excepted is known; only the rest is asked.
    rest = _EXCEPTED.sub("", core)
    return f"{topic}{'' if rest.startswith(('还', '有', '另')) else '，'}{rest}？"


def divided(text: str) -> tuple[str, str, str]:
    """A turn at its first comma or colon: before, the mark, behind."""
    match = _MARK.search(text)
    return (text[: match.start()], match.group(), text[match.end() :]) if match else (text, "", "")
