"""What a question asks: its language, its form, its subject in units that evidence must cover."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.question_forms import Attribute, patterns
from assistant.question_units import INTERROGATIVE, SOME_CHINESE, Unit, units_of
from assistant.safety.identifiers import without_placeholders
from assistant.types import Language
from index.analysis import terms
from ingest.folding import chinese_share, fold, folded_text
from ingest.terminology import Mention, default_terminology

_CLAUSE_END = re.compile(
    # A comma of thousands ends no clause, nor does the semicolon of t(11;14).
    r"(?:(?!(?<=\d),\d{3}(?!\d)|(?:(?<=[(（]\d)|(?<=[(（]\d\d))[;；])[，,。;；？?！!\n])+"
    r"|(?<=[\u3400-\u9fff])(?=另外|以及|还有|并且|同时)"
    r"|\s(?=and (?:what|how|which|is|are|does|do|can|why|when)\b)"
    r"|(?<=[a-z0-9%)])(?<!\bvs)(?<!\be\.g)(?<!\bno)\.(?=\s+[A-Z])"
    # After a unit or an abbreviation ("2.1 mg/dL.", "CT.") only what asks begins anew.
    r"|(?<=[A-Z])\.(?=\s+(?:What|Which|Who|When|Where|Why|How|Is|Are|Does|Do|Did|Can|Should|Will)\b)"
)
_PUNCTUATION = " \n\t，,。.；;？?！!、"
MAX_FACETS = 4  # clauses of a question that are read as asking, at most
_SHORT_PHRASE = 8  # characters of a phrase that asks; a longer one may hold what is asked about


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


def analyse(text: str, language: Language | None = None) -> Question:
    """Take a question apart; ``language`` overrides what its letters say."""
    text = without_placeholders(text)
    folded = folded_text(text).strip()
    known = patterns()
    mentions = _mentions(text)
    clauses = _clauses(text)
    attributes = tuple(a for a in known.attributes if a.asks.search(folded))
    units = units_of(text, mentions, clauses, _asking(text, attributes))
    pieces = [folded_text(text[start:end]) for start, end in clauses]
    asked_in = tuple(
        frozenset(i for i, piece in enumerate(pieces) if a.asks.search(piece)) or frozenset({0})
        for a in attributes
    )
    return Question(
        text=text,
        language=language or language_of(text),
        forms=frozenset(name for name, pattern in known.forms.items() if pattern.search(folded)),
        attributes=attributes,
        asked_in=asked_in,
        units=units,
        mentions=mentions,
        terms=frozenset(terms(text)),
        clauses=tuple(text[start:end].strip(_PUNCTUATION) for start, end in clauses),
        facets=_facets(pieces, units, frozenset().union(*asked_in)),
    )


def language_of(text: str) -> Language:
    """The language of a question: Chinese with English names in it is Chinese."""
    return "en" if chinese_share(text) <= SOME_CHINESE else "zh"


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
    asking = [m.span() for m in INTERROGATIVE.finditer(text)]
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
    forms = patterns().forms.values()
    found = [
        i
        for i, piece in enumerate(pieces)
        if i in asking
        or (i in speaking and (INTERROGATIVE.search(piece) or any(p.search(piece.strip()) for p in forms)))
    ]
    return tuple((found or sorted(speaking))[:MAX_FACETS])
