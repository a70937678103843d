"""A turn that no rule could complete, with the topics of the turns before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.conversation.condense import Standalone, opened
from assistant.conversation.ellipsis import asks_of_the_disease
from assistant.conversation.state import ConversationState, Past
from assistant.conversation.topics import topic_of
from assistant.conversation.wording import category, things, wording
from assistant.question import language_of
from assistant.subjects import TOPICS
from assistant.types import Language

_END = " \n\t?？。.!！,，~～"
_LONGEST: dict[Language, int] = {"zh": 16, "en": 50}  # characters of a turn that leaves out its topic
_LONGEST_CUED = 80  # where it goes on from what was said
_RELATES = re.compile(r"[和跟与同]")  # "跟骨髓瘤啥关系": of something else
_SENTENCES = re.compile(r"[?？。！!]|\. ")  # in a turn that tells its own story
_TOPICS = 2  # earlier topics that are tried
_QUESTION = 20  # characters of a question that stands for its topic


@dataclass(frozen=True, slots=True)
class Carried:
    """A turn about an earlier ``topic``; ``goes_on``: it says itself that it goes on from one."""

    wording: Standalone
    topic: str
    goes_on: bool


def in_context(question: str, state: ConversationState) -> tuple[Carried, ...]:
    """A turn as a question about the topics before it, the newest first; none where it has one of its own.

    For what no rule could complete: "二次移植有意义吗" behind a question about transplants. Whether it is
    meant so is for the evidence to tell.
    """
    lead, core = opened(question)
    if not state.turns or not core or lead == "new":
        return ()
    language, data, named = language_of(core), wording(), things(core)
    relates = _RELATES.match(core) is not None
    cued = data.goes_on.search(core) is not None or relates or bool(lead and not named)
    if len(core) > (_LONGEST_CUED if cued else _LONGEST[language]) or _SENTENCES.search(core):
        return ()
    if any(category(m) in TOPICS for m in named):
        return ()
    if not relates and asks_of_the_disease(core, cued, state.turns[-1]):
        return ()
    leans = cued or not named
    earlier = (_topic(past, language, leans) for past in reversed(state.turns))
    topics = [t for t in dict.fromkeys(earlier) if t and not _names(t) & {m.concept for m in named}]
    mark, end = (": ", "?") if language == "en" else ("：", "？")
    found = [
        Carried(Standalone(f"{topic}{mark}{core}{end}", True, "topic"), topic, cued)
        for topic in topics[:_TOPICS]
    ]
    return tuple(found)


def _topic(past: Past, language: Language, leans: bool) -> str:
    """What a turn was about; for a turn that ``leans`` on another, a short question as it is."""
    if (topic := topic_of(past, language)) or not leans:
        return topic
    return past.question.strip(_END) if len(past.question) <= _QUESTION else ""


def _names(topic: str) -> set[str]:
    return {m.concept for m in things(topic)}
