"""How turns that lean on others are worded (``data/conversation.toml``), and what a turn names."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from assistant.question import Question, analyse, language_of
from assistant.question_forms import patterns
from assistant.question_units import SUBJECT
from assistant.subjects import NAMED
from assistant.types import Language
from ingest.terminology import Mention, default_terminology

_THINGS = NAMED - {"population", "country", "asked_attribute"}
_WITH_VERB = re.compile(r"[吃打做输用服](?!血|注|液|骨水)")
_SHORT_NAME = 2  # characters of a name that is none without its verb: "输血"
STAGE = re.compile(
    r"(?:\bstage (?:IV|I{1,3}|[1-4])\b|(?-i:\b(?:III|II)\b)(?!\s*期)"
    r"|(?<![A-Za-z])(?:IV|I{1,3}|[1-4]|[一二三四])\s*期(?!间))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The data file, compiled; ``families`` and ``roles`` are categories of the terminology by kind."""

    leads: dict[str, re.Pattern[str]]
    whole: dict[str, re.Pattern[str]]
    pronouns: dict[str, re.Pattern[str]]
    families: dict[str, tuple[str, ...]]
    roles: dict[str, tuple[str, ...]]
    gaps: dict[str, re.Pattern[str]]
    aspects: frozenset[str]
    of_the_disease: frozenset[str]
    disease_attributes: frozenset[str]
    of_a_variety: frozenset[str]
    of_a_condition: frozenset[str]
    secondary: frozenset[str]
    taken: frozenset[str]
    handled: frozenset[str]
    predicates: dict[str, str]
    around: re.Pattern[str]
    condition: re.Pattern[str]
    disease: re.Pattern[str]
    cue: re.Pattern[str]
    goes_on: re.Pattern[str]
    asks_for_one: re.Pattern[str]
    personal: re.Pattern[str]
    closing: re.Pattern[str]


@cache
def wording() -> Wording:
    """The wording that ships with the project."""
    data = tomllib.loads((files("assistant") / "data" / "conversation.toml").read_text("utf-8"))

    def compiled(table: dict[str, str]) -> dict[str, re.Pattern[str]]:
        return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in table.items()}

    around = compiled(data["around"])
    return Wording(
        compiled(data["leads"]),
        compiled(data["whole"]),
        compiled(data["pronouns"]),
        {name: tuple(categories) for name, categories in data["families"].items()},
        {name: tuple(categories) for name, categories in data["roles"].items()},
        compiled(data["gaps"]),
        frozenset(data["aspects"]["concepts"]),
        frozenset(data["aspects"]["of_the_disease"]),
        frozenset(data["aspects"]["attributes"]),
        frozenset(data["aspects"]["of_a_variety"]),
        frozenset(data["aspects"]["of_a_condition"]),
        frozenset(data["aspects"]["secondary"]),
        frozenset(data["aspects"]["taken"]),
        frozenset(data["aspects"]["handled"]),
        dict(data["aspects"]["predicates"]),
        around["names"],
        around["condition"],
        around["disease"],
        around["cue"],
        around["goes_on"],
        around["asks_for_one"],
        around["personal"],
        re.compile(f"{around['closing'].pattern}$", re.IGNORECASE),
    )


@lru_cache(maxsize=64)
def read(text: str) -> Question:
    """A turn taken apart."""
    return analyse(text)


def category(mention: Mention) -> str:
    """The category of what is mentioned."""
    return default_terminology().concepts[mention.concept].category


def things(text: str, *, aspects: bool = False) -> tuple[Mention, ...]:
    """What a turn names that another turn can be about; not the disease that every source is about.

    ``aspects``: what is asked of a thing, such as its side effects, too.
    """
    left_out = SUBJECT | patterns().formal | (frozenset() if aspects else wording().aspects)
    return tuple(m for m in read(text).mentions if category(m) in _THINGS and m.concept not in left_out)


def plays(mention: Mention, role: str) -> bool:
    """Whether a thing is a treatment, a condition, … (``roles`` of the data file)."""
    return category(mention) in wording().roles[role]


def written(mention: Mention, language: Language) -> str:
    """A concept as it was written, or its name in the other language where that is what is spoken."""
    if language == language_of(mention.text) or sum(map(str.isupper, mention.text)) > 1:
        return mention.text[verb_of(mention) :]
    concept = default_terminology().concepts[mention.concept]
    return concept.zh if language == "zh" else concept.en


def verb_of(mention: Mention) -> int:
    """Characters of the verb that a name opens with: "打免疫球蛋白"."""
    match = _WITH_VERB.match(mention.text) if len(mention.text) > _SHORT_NAME else None
    return match.end() if match else 0


def kin(mention: Mention, others: tuple[Mention, ...]) -> Mention | None:
    """The first of ``others`` that is of the same category, else of the same family."""
    same = category(mention)
    found = next((o for o in others if category(o) == same), None)
    if found is not None:
        return found
    family = next((f for f in wording().families.values() if same in f), ())
    return next((o for o in others if category(o) in family), None)
