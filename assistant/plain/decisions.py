"""Whose decision it is: the line that closes a patient's answer in which something is advised."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.types import Language
from ingest.terminology import default_terminology


@dataclass(frozen=True, slots=True)
class Topic:
    """What a decision is about, by concepts or their categories, and the line for it.

    ``says`` is what a sentence about it has to say besides naming it.
    """

    concepts: frozenset[str]
    categories: frozenset[str]
    zh: str
    en: str
    says: re.Pattern[str]

    def is_met(self, concepts: Collection[str]) -> bool:
        """Whether one of ``concepts`` belongs to the topic."""
        known = default_terminology().concepts
        return any(c in self.concepts or known[c].category in self.categories for c in concepts)


@cache
def _decisions() -> tuple[re.Pattern[str], tuple[Topic, ...]]:
    data = tomllib.loads((files("assistant.plain") / "data" / "decisions.toml").read_text("utf-8"))
    topics = tuple(
        Topic(
            frozenset(t.get("concepts", ())),
            frozenset(t.get("categories", ())),
            t["zh"],
            t["en"],
            re.compile(t.get("says", ""), re.IGNORECASE),
        )
        for t in data["topic"]
    )
    return re.compile(data["advises"], re.IGNORECASE), topics


def advises(text: str) -> bool:
    """Whether a sentence tells what to do or to leave."""
    return bool(_decisions()[0].search(text))


def closing(direct: Sequence[str], others: Sequence[str], question: str, language: Language) -> str:
    """The closing line of an answer; "" when it holds no advice that the question is about.

    ``direct`` are the sentences that answer directly; ``others`` count where the question names the topic.

    >>> closing(["可考虑进行自体干细胞移植。"], [], "下一步怎么治？", "zh")
    '适不适合移植，请和主治医生一起商量。'
    """
    _, topics = _decisions()
    asked = default_terminology().concept_ids(question)
    for number, sentence in enumerate((*direct, *others)):
        if not advises(sentence):
            continue
        named = default_terminology().concept_ids(sentence)
        met = [topic for topic in topics if topic.is_met(named)]
        if met and not met[0].says.search(sentence):
            continue
        for topic in met:
            if number < len(direct) or topic.is_met(asked):
                return topic.zh if language == "zh" else topic.en
    return ""
