"""Small talk: greetings, thanks, questions about the assistant, complaints, and feelings.

A message is small talk when nothing else is in it; with a real question beside it, the question is
answered. Patterns and replies are in ``data/smalltalk.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.question import analyse
from assistant.question_units import WORD
from assistant.safety.identifiers import without_placeholders
from assistant.types import Audience, Language
from ingest.folding import folded_text, is_chinese
from ingest.lazy_pattern import LazyPattern

_LONGEST = 300  # characters; who writes more has something to tell or to ask
_FEW, _SHORT = 5, 10  # words and Chinese characters beside a phrase of small talk
_MORE, _LONGER = 10, 18  # the same beside thanks, an apology or a goodbye, which carry no question
_CLOSING = frozenset({"thanks", "goodbye", "apology", "compliment"})
_WHOLE = frozenset({"feeling", "ability", "identity", "greeting"})  # only where nothing else is said
_PUNCTUATION = re.compile(r"[^\w\s'?]+|_")


@dataclass(frozen=True, slots=True)
class _Talk:
    asks: LazyPattern
    kinds: dict[str, LazyPattern]
    fillers: LazyPattern
    moods: LazyPattern
    told: frozenset[str]
    told_categories: frozenset[str]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("assistant.safety") / "data" / "smalltalk.toml").read_text("utf-8"))


@cache
def _talk() -> _Talk:
    def compiled(patterns: list[str]) -> LazyPattern:
        whole = "(?:(?<![a-z])|(?![a-z]))"  # "hi" is no beginning of "hiya"
        return LazyPattern("(?:" + "|".join(f"(?:{p})" for p in patterns) + ")" + whole, re.IGNORECASE)

    data = _data()
    kinds = {name: compiled(kind["patterns"]) for name, kind in data["kinds"].items()}
    return _Talk(
        compiled(data["asks"]),
        kinds,
        compiled(data["fillers"]),
        compiled(data["moods"]),
        frozenset(f"c:{concept}" for concept in data["told"]),
        frozenset(data["told_categories"]),
    )


def small_talk(text: str) -> str | None:
    """The kind of small talk that a message is; None when it is about something else.

    >>> small_talk("谢谢医生，再见！"), small_talk("你好，R-ISS怎么分期？")
    ('thanks', None)
    """
    words = _words(text)
    if words is None:
        return None
    said = _without_marks(words)
    talk = _talk()
    found = [name for name, pattern in talk.kinds.items() if pattern.search(said)]
    if not found:
        return None
    if _is_whole(said) or _says_little_else(words, found[0]):
        return found[0]
    return "feeling" if talk.moods.search(said) and _only_tells(words) else None


def is_only_talk(text: str) -> bool:
    """Whether small talk, and no request beside it, is all that a message says: "早上好，今天天气不错"."""
    words = _words(text)
    return words is not None and bool(words) and _is_whole(_without_marks(words))


def reply(kind: str, language: Language, audience: Audience) -> str:
    """What is said back."""
    said = _data()["answers"][language][kind]
    text: str = said if isinstance(said, str) else said[audience]
    return text.format(examples=examples(language, audience))


def examples(language: Language, audience: Audience) -> str:
    """Three questions that the sources answer."""
    listed: str = _data()["examples"][language][audience]
    return listed


def _words(text: str) -> str | None:
    """The words of a message, question marks among them; None when it is too long for small talk."""
    folded = folded_text(without_placeholders(text))
    if len(folded) > _LONGEST:
        return None
    return re.sub(r"\s+", " ", _PUNCTUATION.sub(" ", folded.replace("’", "'"))).strip()


def _without_marks(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("?", " ")).strip()


def _only_tells(words: str) -> bool:
    """Whether nothing is asked beside a feeling, and nothing named that a text could say more of."""
    rest = _talk().kinds["feeling"].sub(" ", words)
    if _talk().asks.search(rest) or "?" in rest.strip(" ?"):
        return False
    return _names_nothing(rest)


def _names_nothing(words: str) -> bool:
    """Whether nothing is named that a text could say more of."""
    talk = _talk()
    return all(u.category in talk.told_categories or u.exact <= talk.told for u in analyse(words).units)


def _says_little_else(words: str, kind: str) -> bool:
    """Whether what is left beside a phrase is short, asks nothing and names nothing."""
    rest = _talk().kinds[kind].sub(" ", words)
    for pattern in (*_talk().kinds.values(), _talk().fillers):
        rest = pattern.sub(" ", rest)
    few, short = (_MORE, _LONGER) if kind in _CLOSING else (_FEW, _SHORT)
    if kind in _WHOLE or "?" in rest or any(c.isdigit() for c in rest) or len(rest.split()) > few:
        return False
    if sum(is_chinese(c) for c in rest) > short or _talk().asks.search(rest):
        return False
    units = analyse(words).units
    # A name in Latin letters (sFLC, ISS) is what somebody wants to know of.
    return all(
        u.category in _talk().told_categories and not u.text.isascii() for u in units if u.category != WORD
    )


def _is_whole(said: str) -> bool:
    """Whether phrases of small talk and fillers, one after the other, are all that is said."""
    position = 0
    while position < len(said):
        if said[position] == " ":
            position += 1
            continue
        longest = max(
            (m.end() for p in (_talk().fillers, *_talk().kinds.values()) if (m := p.match(said, position))),
            default=position,
        )
        if longest == position:
            return False
        position = longest
    return True
