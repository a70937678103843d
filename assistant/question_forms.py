"""How questions are asked, and what an answer of the kind asked for looks like (``data/questions.toml``)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.folding import fold, folded_text, is_chinese
from ingest.lazy_pattern import LazyPattern
from ingest.terminology import default_terminology

_QUANTITY = "quantity"
_BESIDE = 30  # Chinese characters between a thing and what is said of it
_BESIDE_LATIN = 75  # letters: a word of English takes two to three times as many


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that can be asked about a thing: its dose, its price, a survival time.

    A passage shows it by its wording (``shows``) or by what it names (``concepts``, index terms),
    the latter only where its wording does not speak against it (``unless``): a drug that causes a
    harm is no treatment of it. ``exact``: it must be shown of the very test or protein that is named.
    ``explains``: a reason or a way of acting, which a sentence often tells without any word for it.
    """

    name: str
    strict: bool
    asks: LazyPattern
    shows: LazyPattern | None
    concepts: frozenset[str] = frozenset()
    unless: LazyPattern | None = None
    exact: bool = False
    explains: bool = False

    @property
    def is_quantity(self) -> bool:
        """Whether it asks for a number in a unit that the question states."""
        return self.name.startswith(_QUANTITY)

    def shown_in(self, text: str, terms: frozenset[str]) -> bool:
        """Whether a passage of this text with these index terms shows the attribute."""
        if self.shows is not None and self.shows.search(folded_text(text)):
            return True
        if self.unless is not None and self.unless.search(folded_text(text)):
            return False
        return not self.concepts.isdisjoint(terms)

    def shown_beside(self, text: str, subjects: frozenset[str]) -> bool:
        """Whether a text shows the attribute near one of ``subjects`` (terms of concepts) that it names.

        A limit at one end of a long sentence is no limit of what stands at the other end. A text that
        names none of them has its subject in its heading or lead-in, and then anywhere counts.
        """
        places = [m for m in default_terminology().mentions(text) if f"c:{m.concept}" in subjects]
        if self.shows is None or not places:
            return True
        folded = fold(text)
        spans = [folded.original(*m.span()) for m in self.shows.finditer(folded.text) if m.end() > m.start()]
        beside = _BESIDE if any(map(is_chinese, text)) else _BESIDE_LATIN
        return not spans or any(
            start - m.end <= beside and m.start - end <= beside for start, end in spans for m in places
        )


@dataclass(frozen=True, slots=True)
class Patterns:
    """``data/questions.toml``, ready for matching."""

    exception: LazyPattern
    study: LazyPattern
    summary: LazyPattern
    figures: frozenset[str]
    narrators: frozenset[str]
    formal: frozenset[str]
    alone: dict[str, str]
    forms: dict[str, LazyPattern]
    suits: dict[str, LazyPattern]
    attributes: tuple[Attribute, ...]


def _any(patterns: list[str]) -> LazyPattern:
    return LazyPattern("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


def _of_categories(categories: frozenset[str]) -> frozenset[str]:
    """Index terms of all concepts of some categories."""
    concepts = default_terminology().concepts.values() if categories else ()
    return frozenset(f"c:{c.id}" for c in concepts if c.category in categories)


@cache
def patterns() -> Patterns:
    """The patterns that ship with the project."""
    data = tomllib.loads((files("assistant") / "data" / "questions.toml").read_text("utf-8"))
    quantities = tuple(
        Attribute(
            f"{_QUANTITY} {unit}",
            True,
            LazyPattern(
                rf"(?:多少|(?<![好这前过有了那])几)\s*(?:{unit})(?!.{{0,8}}一[次趟回针支])"
                rf"|how many (?:{unit})",
                re.IGNORECASE,
            ),
            LazyPattern(
                rf"\d\s*(?:多|余)?\s*(?:{shown})|[一二两三四五六七八九十半]\s*(?:{shown})", re.IGNORECASE
            ),
        )
        for unit, shown in data["quantities"].items()
    )
    return Patterns(
        _any(data["exception"]["marks"]),
        _any(data["study"]["marks"]),
        _any(data["summary"]["titles"]),
        frozenset((*data["study"]["asked_by"], *data["study"]["attributes"])),
        frozenset(data["narrators"]),
        frozenset(data["formal"]),
        dict(data["alone"]),
        {name: _any(patterns) for name, patterns in data["forms"].items()},
        {name: _any(patterns) for name, patterns in data["suits"].items()},
        tuple(
            Attribute(
                name,
                bool(a["strict"]),
                _any(a["asks"]),
                _any(a["shows"]) if "shows" in a else None,
                _of_categories(frozenset(a.get("shows_categories", ()))),
                _any(a["unless"]) if "unless" in a else None,
                bool(a.get("exact", False)),
                bool(a.get("explains", False)),
            )
            for name, a in data["attributes"].items()
        )
        + quantities,
    )


def suits(text: str, forms: frozenset[str]) -> float:
    """Share (0..1) of the question's forms that a passage of this text suits."""
    folded = folded_text(text)
    asked = [pattern for name, pattern in patterns().suits.items() if name in forms]
    return sum(bool(p.search(folded)) for p in asked) / len(asked) if asked else 0.0


def is_exception(text: str) -> bool:
    """Whether a text marks an exception, a wrong copy or a pointer rather than the rule itself."""
    return bool(patterns().exception.search(folded_text(text)))


def is_study(text: str) -> bool:
    """Whether a text reports one study rather than what holds in general."""
    return bool(patterns().study.search(folded_text(text)))


def is_summary(title: str) -> bool:
    """Whether a section of this title sums up what other sections say."""
    return bool(patterns().summary.search(folded_text(title)))
