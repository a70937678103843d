"""Whose decision it is: the line that closes a patient's answer in which something is advised."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.types import Language
from ingest.terminology import default_terminology


@dataclass(frozen=True, slots=True)
class Topic:
    """What a decision is about, by concepts or their categories, and the line for it."""

    concepts: frozenset[str]
    categories: frozenset[str]
    zh: str
    en: str


@cache
def _decisions() -> tuple[re.Pattern[str], tuple[Topic, ...]]:
    data = tomllib.loads((files("assistant.plain") / "data" / "decisions.toml").read_text("utf-8"))
    topics = tuple(
        Topic(frozenset(t.get("concepts", ())), frozenset(t.get("categories", ())), t["zh"], t["en"])
        for t in data["topic"]
    )
    return re.compile(data["advises"], re.IGNORECASE), topics


def closing(sentences: Sequence[str], language: Language) -> str:
    """The closing line for sentences of an answer; "" when none of them advises anything.

    >>> closing(["可考虑进行自体干细胞移植。"], "zh")
    '适不适合移植，请和主治医生一起商量。'
    """
    advises, topics = _decisions()
    terminology = default_terminology()
    for sentence in sentences:
        if not advises.search(sentence):
            continue
        named = terminology.concept_ids(sentence)
        categories = {terminology.concepts[concept].category for concept in named}
        for topic in topics:
            if topic.concepts & named or topic.categories & categories:
                return topic.zh if language == "zh" else topic.en
    return ""
