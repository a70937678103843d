"""A follow-up question worded by the model so that it stands alone; the rules' wording is the fallback."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversation import Standalone
from assistant.conversation.wording import category, things
from assistant.language_model.calls import Calls
from assistant.language_model.cleaning import Thoughts, without_fences
from assistant.language_model.exchange import Deadline, Message, ModelFailed, Reply
from assistant.language_model.prompt import prompt
from assistant.question import language_of
from assistant.subjects import NAMED, TOPICS
from assistant.verification.frames import frame

_TURNS = 4  # earlier questions that are shown
_LONGEST_TURN, _LONGEST = 400, 200  # characters of a turn, of a follow-up and of its wording
_SHARE = 0.25  # of the deadline, at most: the answer needs the rest
_FIXED = frozenset({"more", "stage", "return"})
"""Rules that do more than word a question: what they found is kept."""
_LABEL = re.compile(
    r"^(?:改写后的?问题|独立问题|最后一个问题|问题|standalone question|question)\s*[:：]\s*", re.IGNORECASE
)


def condensed(asked: str, told: Sequence[str], by_rule: Standalone, calls: Calls) -> str:
    """The wording of the model; "" where that of the rules stands.

    It may say nothing that the conversation does not: a drug, a number or a denial that nobody named makes
    it void. ``told`` are the questions so far without identifiers, oldest first.
    """
    if not told or by_rule.how in _FIXED or len(asked) > _LONGEST or _stands_alone(asked, by_rule):
        return ""
    language = language_of(asked)
    ask = prompt("condense", language)
    turns = "\n".join(f"- {turn[:_LONGEST_TURN]}" for turn in told[-_TURNS:])
    message = Message("user", ask.filled(turns=turns, question=asked))
    thoughts, said = Thoughts(), ""
    try:
        within = Deadline(_SHARE * calls.deadline.left())
        for text in calls.stream("condense", ask.id, [message], Reply(), within=within):
            shown = thoughts.feed(text)
            said = shown if thoughts.restarted else said + shown
            if len(said) > 4 * _LONGEST:
                return ""
    except ModelFailed:
        return ""
    lines = [line.strip() for line in without_fences(said + thoughts.end()).splitlines() if line.strip()]
    worded = _LABEL.sub("", lines[0]).strip('"“”「」*` ') if len(lines) == 1 else ""
    return worded if worded and _says_no_more(worded, [*told, asked, by_rule.text], asked) else ""


def _stands_alone(asked: str, by_rule: Standalone) -> bool:
    """Whether a turn names its own topic, and no rule found it to lean on another."""
    return not by_rule.changed and any(category(mention) in TOPICS for mention in things(asked))


def _says_no_more(worded: str, said: Sequence[str], asked: str) -> bool:
    """Whether every name, number and denial of a wording was said, and none of the question is lost."""
    if len(worded) > _LONGEST or language_of(worded) != language_of(asked):
        return False
    new, last = _Said.of(worded), _Said.of(asked)
    known = [_Said.of(text) for text in said]
    return (
        new.names <= frozenset().union(*(k.names for k in known))
        and new.numbers <= frozenset().union(*(k.numbers for k in known))
        and last.names <= new.names
        and last.numbers <= new.numbers
        and new.denials == last.denials
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What a wording may not add: names of things, genes and stages; numbers; how often it denies."""

    names: frozenset[str]
    numbers: frozenset[str]
    denials: int

    @classmethod
    def of(cls, text: str) -> _Said:
        read = frame(text)
        names = [a.key for a in read.of("concept") if a.category in NAMED]
        names += [a.key for a in (*read.of("code"), *read.of("stage"))]
        numbers = frozenset(str(a.quantity.raw) for a in read.of("quantity") if a.quantity)
        denied = [*read.of("negation"), *(a for a in read.of("marker") if any(map(_denies, a.values)))]
        return cls(frozenset(names), numbers, len(denied))


def _denies(value: str) -> bool:
    """不要 advises against, 不需要 is no must: neither is a negation by itself."""
    return value == "advise:-" or ":!" in value
