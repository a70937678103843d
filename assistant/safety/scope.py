"""Requests that no answer from a text can meet: to prescribe, to forge, to play the doctor.

A message is out of scope when a sentence of it is such a request (``data/scope.toml``) and no other
sentence asks something about the subject. Instructions to this program are text and change nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from assistant.asking import asked_part
from assistant.question import analyse
from assistant.question_units import INTERROGATIVE, NOUN, SUBJECT, WORD
from assistant.safety.identifiers import without_placeholders
from assistant.safety.smalltalk import examples
from assistant.types import Audience, Language
from ingest.folding import folded_text
from ingest.lazy_pattern import LazyPattern
from ingest.terminology import default_terminology

_ANY_SUBJECT = frozenset({NOUN, WORD, "general", "time", "frequency", "comparison", "asked_attribute"})
_UNNAMED = "unnamed"
_PART = re.compile(r"\{([a-z_]+)\}")
_PRESS = 24  # characters of a sentence that only presses for an answer to the one before
_SENTENCE = re.compile(r"[^。!?;\n]+(?:[。!?;\n]+|$)")
# Who speaks dialect asks for the same.
_SELF = re.compile(r"俺们?|咱们?|(?<![木玩])偶(?=[想要爸妈家])")
_ENGLISH_STOP = re.compile(r"(?<=[A-Za-z)])\.(?=['\"’”)]*\s)")
# What is quoted is spoken of, not asked for.
_QUOTED = re.compile(r"[“「『][^”」』]{6,}[”」』]|\"[^\"\n]{12,}\"")


@dataclass(frozen=True, slots=True)
class Rule:
    """Kinds of words that a sentence has in any order, and those that it has not."""

    has: tuple[LazyPattern, ...]
    has_not: tuple[LazyPattern, ...]

    def found_in(self, sentence: str) -> re.Match[str] | None:
        """The word of the first kind, if the rule holds."""
        first, *others = self.has
        found = first.search(sentence)
        if not found or not all(kind.search(sentence) for kind in others):
            return None
        return None if any(kind.search(sentence) for kind in self.has_not) else found


@dataclass(frozen=True, slots=True)
class Family:
    """A family of requests; see ``data/scope.toml``. ``text`` is the key of its message.

    ``together``: rules of kinds of words that one sentence has in any order. ``bare``: nothing of the field
    is named beside it.
    """

    name: str
    text: str
    absolute: bool
    yields: bool
    bare: bool
    asks: LazyPattern
    together: tuple[Rule, ...]
    unless: LazyPattern | None
    unless_before: LazyPattern | None
    leans: LazyPattern | None

    def asked_in(self, sentence: str) -> re.Match[str] | None:
        """Where a folded sentence makes such a request."""
        for rule in self.together:
            found = rule.found_in(sentence)
            if found and not (self.bare and names_concept(sentence)):
                return found
        if self.unless is not None and self.unless.search(sentence):
            return None
        for match in self.asks.finditer(sentence):
            if self.unless_before is None or not self.unless_before.search(sentence[: match.start()]):
                return match
        return None


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("assistant.safety") / "data" / "scope.toml").read_text("utf-8"))


@cache
def families() -> tuple[Family, ...]:
    """The families that ship with the project, in the order of their file."""
    data = _data()

    def pattern_of(pattern: str | None) -> LazyPattern | None:
        if pattern is None:
            return None
        while _PART.search(pattern):
            pattern = _PART.sub(lambda m: data["parts"][m.group(1)], pattern)
        return LazyPattern(pattern, re.IGNORECASE)

    @cache
    def kind(name: str) -> LazyPattern:
        found = pattern_of(f"{{{name}}}")
        assert found is not None
        return found

    def rule(written: str) -> Rule:
        names = written.split(" + ")
        has = (kind(name) for name in names if name[0] != "!")
        return Rule(tuple(has), tuple(kind(name[1:]) for name in names if name[0] == "!"))

    made = []
    for name, family in data["family"].items():
        asks = pattern_of("|".join(f"(?:{p})" for p in family.get("patterns", ())) or "(?!)")
        assert asks is not None
        made.append(
            Family(
                name,
                family["text"],
                family.get("absolute", False),
                family.get("yields", False),
                family.get("bare", False),
                asks,
                tuple(map(rule, family.get("together", ()))),
                pattern_of(family.get("unless")),
                pattern_of(family.get("unless_before")),
                pattern_of(family.get("leans")),
            )
        )
    return tuple(made)


def out_of_scope(text: str) -> Family | None:
    """The family of requests that makes a message one for somebody else; None for any other message."""
    found = requests(text)
    if not found:
        return None
    for _, family, _ in found:
        if family.absolute:
            return family
    refused = {s for s, family, _ in found if not family.yields}
    rest = [s for s in _sentences(text) if s not in {r for r, *_ in found}]
    rest += [
        s[: m.start()] + " " + s[m.end() :] for s, family, m in found if family.yields and s not in refused
    ]
    first = found[0][1]
    if any(_asks_of_subject(s) for s in rest if first.leans is None or not first.leans.search(s)):
        return None
    return first


@lru_cache(maxsize=64)
def requests(text: str) -> tuple[tuple[str, Family, re.Match[str]], ...]:
    """The requests that the rules find in a message: sentence, family, and where it is asked for."""
    return tuple((s, f, m) for s in _sentences(text) for f in families() if (m := f.asked_in(s)))


def asks_besides(text: str, is_request: Callable[[str], bool]) -> bool:
    """Whether one of several sentences asks about the subject and is no such request by itself."""
    sentences = _sentences(text)
    return len(sentences) > 1 and any(_asks_of_subject(s) and not is_request(s) for s in sentences)


def family_unnamed() -> Family:
    """What a request is told that was recognised by what it is like, and not by a rule."""
    return next(family for family in families() if family.name == _UNNAMED)


def _sentences(text: str) -> list[str]:
    asked = folded_text(_QUOTED.sub(" ", _with_stops(without_placeholders(asked_part(text)))))
    asked = _SELF.sub("我", asked)
    found: list[str] = []
    for sentence in (m.group().strip() for m in _SENTENCE.finditer(asked)):
        if found and len(sentence) <= _PRESS and _pressed().search(sentence):
            found[-1] = f"{found[-1].rstrip('?。!;')}, {sentence}"
        else:
            found.append(sentence)
    return found


@cache
def _pressed() -> LazyPattern:
    """How somebody presses for an answer: "Should I stop it? Yes or no." """
    parts = _data()["parts"]
    return LazyPattern(f"^\\W*(?:{parts['you_settle']}|{parts['pressed']})", re.IGNORECASE)


def decline(family: Family, language: Language, audience: Audience) -> str:
    """What cannot be done, what can, and questions to begin with."""
    said = _data()["texts"][language]
    can = said["can"].format(examples=examples(language, audience))
    return f"{said[family.text][audience]}\n\n{can}"


def _with_stops(text: str) -> str:
    """The text with the stops of English sentences written as Chinese ones, and lines kept apart."""
    return _ENGLISH_STOP.sub("。", re.sub(r"\s*\n\s*", "。", text))


def _asks_of_subject(sentence: str) -> bool:
    """Whether a sentence asks about something that the field has a name for."""
    question = analyse(sentence)
    named = any(u.is_concept for u in question.units)
    return named and bool(INTERROGATIVE.search(sentence) or question.forms or question.attributes)


def names_concept(sentence: str) -> bool:
    """Whether something of the field is named, and not only a word of any subject."""
    if any(u.category not in _ANY_SUBJECT for u in analyse(sentence).units):
        return True
    return any(m.concept in SUBJECT for m in default_terminology().mentions(sentence))
