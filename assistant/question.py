"""What a question asks: its language, its form, its subject in units that evidence must cover."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.types import Language
from index.analysis import is_stop_word, tagged_words, terms
from ingest.folding import chinese_share, fold, folded_text
from ingest.relations import related_concepts
from ingest.terminology import Mention, default_terminology

# The disease that every source here is about tells nothing about what is asked.
_SUBJECT = frozenset({"multiple_myeloma"})
_CLAUSE_END = re.compile(
    r"[，,。；;？?！!\n]+|(?<=[\u3400-\u9fff])(?=另外|以及|还有|并且|同时)"
    r"|\s(?=and (?:what|how|which|is|are|does|do|can|why|when)\b)"
)
_INTERROGATIVE = re.compile(
    r"能不能|可不可以|会不会|要不要|行不行|是不是|有没有|该不该|好不好|对不对|用不用|需不需要|管不管"
    r"|为什么|什么|多少|怎么|怎样|如何|哪|几(?!乎)|吗|呢|谁|啥|咋|多久|多大|多长|[?？]"
    r"|\b(?:what|which|who|whom|whose|when|where|why|how|is|are|does|do|did|can|should|will)\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"i{1,3}|iv|v")
_PUNCTUATION = " \n\t，,。；;？?！!、"
_MAX_FACETS = 4
_SOME_CHINESE = 0.15  # share of Chinese letters above which a question is a Chinese one
_SHORT_PHRASE = 8  # characters of a phrase that asks; a longer one may hold what is asked about
NOUN, WORD = "noun", "word"
# Units that leave open what a question is about.
_EMPTY = frozenset({NOUN, WORD, "time", "frequency", "comparison"})
_NOUNS = "nlijg"  # first letters of the segmenter's tags: nouns, idioms, abbreviations
_OTHERS = "vaz"  # verbs and adjectives
# A capital behind the first letter, or a digit: "CD34", "DETERMINATION", "IxaRd".
_LATIN_NAME = re.compile(r"\b[A-Za-z](?=[a-z-]*[A-Z0-9])[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z][a-z0-9]*(?:-[a-z0-9]+)*|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing the question speaks of: a concept, or a word that is no concept.

    ``category`` is the terminology's; "noun" or "word" for what is no concept. ``exact`` are index
    terms, any of which shows the unit in a passage; ``bigrams`` of a Chinese word and ``related``
    terms (0..1) show it in part. ``clause`` is the position of its clause in the question.
    """

    text: str
    category: str
    exact: frozenset[str]
    clause: int
    bigrams: frozenset[str] = frozenset()
    related: tuple[tuple[str, float], ...] = ()

    @property
    def is_concept(self) -> bool:
        return self.category not in (NOUN, WORD)


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that can be asked about a thing: its dose, its price, a survival time.

    A passage shows it by its wording (``shows``) or by what it names (``concepts``, index terms).
    """

    name: str
    strict: bool
    asks: re.Pattern[str]
    shows: re.Pattern[str] | None
    concepts: frozenset[str] = frozenset()

    def shown_in(self, text: str, terms: frozenset[str]) -> bool:
        """Whether a passage of this text with these index terms shows the attribute."""
        if self.shows is not None and self.shows.search(folded_text(text)):
            return True
        return not self.concepts.isdisjoint(terms)


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart. ``forms`` are names from ``data/questions.toml``.

    ``facets`` are the clauses that ask something, in order; a long message often asks several
    things and tells a story besides. ``clauses`` are the texts of all clauses, ``asked_in`` gives
    the clauses that ask for each attribute.
    """

    text: str
    language: Language
    forms: frozenset[str]
    attributes: tuple[Attribute, ...]
    asked_in: tuple[frozenset[int], ...]
    units: tuple[Unit, ...]
    mentions: tuple[Mention, ...]
    terms: frozenset[str]
    clauses: tuple[str, ...]
    facets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Patterns:
    greeting: re.Pattern[str]
    exception: re.Pattern[str]
    narrators: frozenset[str]
    formal: frozenset[str]
    alone: dict[str, str]
    forms: dict[str, re.Pattern[str]]
    suits: dict[str, re.Pattern[str]]
    attributes: tuple[Attribute, ...]


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


def _of_categories(categories: frozenset[str]) -> frozenset[str]:
    """Index terms of all concepts of some categories."""
    concepts = default_terminology().concepts.values() if categories else ()
    return frozenset(f"c:{c.id}" for c in concepts if c.category in categories)


@cache
def _patterns() -> _Patterns:
    data = tomllib.loads((files("assistant") / "data" / "questions.toml").read_text("utf-8"))
    quantities = tuple(
        Attribute(
            f"quantity {unit}",
            True,
            re.compile(
                rf"(?:多少|(?<![好这前过有了那])几)\s*(?:{unit})(?!.{{0,8}}一[次趟回针支])"
                rf"|how many (?:{unit})",
                re.IGNORECASE,
            ),
            re.compile(
                rf"\d\s*(?:多|余)?\s*(?:{shown})|[一二两三四五六七八九十半]\s*(?:{shown})", re.IGNORECASE
            ),
        )
        for unit, shown in data["quantities"].items()
    )
    return _Patterns(
        _any(data["smalltalk"]["greeting"]),
        _any(data["exception"]["marks"]),
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
            )
            for name, a in data["attributes"].items()
        )
        + quantities,
    )


def suits(text: str, forms: frozenset[str]) -> float:
    """Share (0..1) of the question's forms that a passage of this text suits."""
    folded = folded_text(text)
    asked = [pattern for name, pattern in _patterns().suits.items() if name in forms]
    return sum(bool(p.search(folded)) for p in asked) / len(asked) if asked else 0.0


def is_greeting(text: str) -> bool:
    """Whether the whole message is a greeting, thanks, or asks what the assistant can do."""
    words = re.sub(r"[^\w\s]+", " ", folded_text(text)).strip()
    return bool(_patterns().greeting.fullmatch(words))


def is_exception(text: str) -> bool:
    """Whether a text marks an exception, a wrong copy or a pointer rather than the rule itself."""
    return bool(_patterns().exception.search(folded_text(text)))


def analyse(text: str, language: Language | None = None) -> Question:
    """Take a question apart; ``language`` overrides what its letters say."""
    folded = folded_text(text).strip()
    patterns = _patterns()
    mentions = _mentions(text)
    clauses = _clauses(text)
    attributes = tuple(a for a in patterns.attributes if a.asks.search(folded))
    units = _units(text, mentions, clauses, _asking(text, attributes))
    pieces = [folded_text(text[start:end]) for start, end in clauses]
    asked_in = tuple(
        frozenset(i for i, piece in enumerate(pieces) if a.asks.search(piece)) or frozenset({0})
        for a in attributes
    )
    return Question(
        text=text,
        language=language or ("en" if chinese_share(text) <= _SOME_CHINESE else "zh"),
        forms=frozenset(name for name, pattern in patterns.forms.items() if pattern.search(folded)),
        attributes=attributes,
        asked_in=asked_in,
        units=units,
        mentions=mentions,
        terms=frozenset(terms(text)),
        clauses=tuple(text[start:end].strip(_PUNCTUATION) for start, end in clauses),
        facets=_facets(pieces, units, frozenset().union(*asked_in)),
    )


def _asking(text: str, attributes: tuple[Attribute, ...]) -> list[tuple[int, int]]:
    """Spans of the short phrases that ask for an attribute ("能活多少年"): their words name nothing."""
    folded = fold(text)
    return [
        folded.original(*match.span())
        for attribute in attributes
        for match in attribute.asks.finditer(folded.text)
        if 0 < match.end() - match.start() <= _SHORT_PHRASE
    ]


def _mentions(text: str) -> tuple[Mention, ...]:
    """Concepts of a question; what begins or ends inside an interrogative is none ("多少有")."""
    asking = [m.span() for m in _INTERROGATIVE.finditer(text)]
    return tuple(
        m
        for m in default_terminology().mentions(text)
        if not any(
            start < m.end and m.start < end and not (m.start <= start and end <= m.end)
            for start, end in asking
        )
    )


def _clauses(text: str) -> list[tuple[int, int]]:
    """Spans of the clauses of a question."""
    ends = [m.end() for m in _CLAUSE_END.finditer(text)]
    starts = [0, *ends]
    return [(a, b) for a, b in zip(starts, [*ends, len(text)], strict=True) if text[a:b].strip()]


def _facets(pieces: list[str], units: tuple[Unit, ...], asking: frozenset[int]) -> tuple[int, ...]:
    """Clauses that ask something; all that speak of something if none asks.

    A clause that names nothing counts only if it asks for an attribute ("how many?").
    """
    speaking = {u.clause for u in units}
    forms = _patterns().forms.values()
    found = [
        i
        for i, piece in enumerate(pieces)
        if i in asking
        or (i in speaking and (_INTERROGATIVE.search(piece) or any(p.search(piece.strip()) for p in forms)))
    ]
    return tuple((found or sorted(speaking))[:_MAX_FACETS])


def _units(
    text: str,
    mentions: tuple[Mention, ...],
    clauses: list[tuple[int, int]],
    asking: list[tuple[int, int]],
) -> tuple[Unit, ...]:
    terminology = default_terminology()
    english = chinese_share(text) <= _SOME_CHINESE
    units: dict[str, Unit] = {}
    cursor = 0

    def concept(id_: str, written: str, clause: int) -> None:
        related = tuple((f"c:{other}", strength) for other, strength in related_concepts(id_))
        category = terminology.concepts[id_].category
        units.setdefault(id_, Unit(written, category, frozenset({f"c:{id_}"}), clause, related=related))

    def clause_at(position: int) -> int:
        return next((i for i, (start, end) in enumerate(clauses) if start <= position < end), 0)

    for mention in (*mentions, None):
        gap_end = mention.start if mention else len(text)
        for i, (start, end) in enumerate(clauses):
            if end <= cursor or start >= gap_end:
                continue
            first = max(start, cursor)
            gap = _without(text[first : min(end, gap_end)], first, asking)
            for word, kind in _content_words(gap, english):
                if word in _patterns().alone:
                    concept(_patterns().alone[word], word, i)
                    continue
                found = frozenset(terms(word))
                bigrams = frozenset(t for t in found if t.startswith("b:"))
                units.setdefault(word, Unit(word, kind, found - bigrams | {word}, i, bigrams))
        if mention is None:
            break
        cursor = mention.end
        if mention.concept in _patterns().formal:
            continue
        concept(mention.concept, mention.text, clause_at(mention.start))
    for i, (start, end) in enumerate(clauses):
        for term in terms(text[start:end]):
            if term.startswith("s:"):
                units.setdefault(term, Unit(term, "staging", frozenset({term}), i))
    # The subject of every source, and who asks, count only where nothing else is named (or where
    # the question is what the subject is, or asks for an attribute of it: "how common is myeloma?").
    defines = bool(_patterns().forms["definition"].search(folded_text(text)))
    for ignored in (frozenset() if defines else _SUBJECT, _patterns().narrators):
        content = {key: unit for key, unit in units.items() if key not in ignored}
        if any(unit.category not in _EMPTY for unit in content.values()) or not asking:
            units = content or units
    return tuple(units.values())


def _without(text: str, offset: int, spans: list[tuple[int, int]]) -> str:
    """``text``, which begins at ``offset``, with spaces for what lies in ``spans``."""
    chars = list(text)
    for start, end in spans:
        first, last = max(start - offset, 0), min(end - offset, len(chars))
        chars[first:last] = " " * max(last - first, 0)
    return "".join(chars)


def _content_words(text: str, english: bool) -> list[tuple[str, str]]:
    """Words that carry content, each with NOUN or WORD; function words are left out.

    A single Chinese character counts only if it names something by itself (肾). A Latin word in a
    Chinese question is a name; in an ``english`` one it may be anything, unless capitals or digits
    show that it is one.
    """
    found: list[tuple[str, str]] = []
    names = {folded_text(m.group()) for m in _LATIN_NAME.finditer(text)}
    for match in _RUN.finditer(folded_text(text)):
        run = match.group()
        if "\u3400" <= run[0] <= "\u9fff":
            found += [
                (word, NOUN if tag[0] in _NOUNS else WORD)
                for word, tag in tagged_words(run)
                if word in _patterns().alone
                or (
                    len(word) > 1
                    and tag[0] in _NOUNS + _OTHERS
                    and not is_stop_word(word)
                    and not _INTERROGATIVE.search(word)
                )
            ]
        elif not is_stop_word(run) and len(run) > 2 and not run[0].isdigit() and not _ROMAN.fullmatch(run):
            found.append((run, NOUN if run in names or not english else WORD))
    return found
