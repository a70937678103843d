"""What a question speaks of: concepts, and the words that are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.question_forms import patterns
from index.analysis import is_stop_word, tagged_words, terms
from ingest.folding import chinese_share, folded_text
from ingest.relations import related_concepts
from ingest.terminology import Mention, default_terminology

# The disease that every source here is about tells nothing about what is asked.
SUBJECT = frozenset({"multiple_myeloma"})
INTERROGATIVE = re.compile(
    # The ideographs have no case: with IGNORECASE each of them would be asked for one.
    r"(?-i:([\u3400-\u9fff])[不没]\1)|能不能|可不可以|会不会|要不要|行不行|是不是|有没有|该不该|好不好|对不对|用不用|需不需要|管不管"
    r"|为什么|什么|多少|怎么|怎样|如何|哪|几(?!乎)|吗|呢|谁|啥|咋|多久|多大|多长|[?？]"
    r"|\bhow (?:many|much|long|often)\b"
    r"|\b(?:what|which|who|whom|whose|when|where|why|how|is|are|does|do|did|can|should|will)\b",
    re.IGNORECASE,
)
SOME_CHINESE = 0.15  # share of Chinese letters above which a question is a Chinese one
_ROMAN = re.compile(r"i{1,3}|iv|v")
NOUN, WORD = "noun", "word"
# Units that leave open what a question is about.
_EMPTY = frozenset({NOUN, WORD, "time", "frequency", "comparison"})
_NOUNS = "nlijg"  # first letters of the segmenter's tags: nouns, idioms, abbreviations
_OTHERS = "vaz"  # verbs and adjectives
# A capital behind the first letter, or a digit: "CD34", "DETERMINATION", "IxaRd".
_LATIN_NAME = re.compile(r"\b[A-Za-z](?=[a-z-]*[A-Z0-9])[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
# "能不能根治" asks whether; cut into words it would deny ("不能").
_WHETHER = re.compile(r"([\u3400-\u9fff])[不没]\1")
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


def units_of(
    text: str,
    mentions: tuple[Mention, ...],
    clauses: list[tuple[int, int]],
    asking: list[tuple[int, int]],
) -> tuple[Unit, ...]:
    """What a question speaks of, in its order, none twice.

    ``clauses`` and ``asking`` are spans of ``text``; words inside ``asking`` name nothing.
    """
    terminology = default_terminology()
    english = chinese_share(text) <= SOME_CHINESE
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
                if word in patterns().alone:
                    concept(patterns().alone[word], word, i)
                    continue
                found = frozenset(terms(word))
                bigrams = frozenset(t for t in found if t.startswith("b:"))
                units.setdefault(word, Unit(word, kind, found - bigrams | {word}, i, bigrams))
        if mention is None:
            break
        cursor = mention.end
        if mention.concept in patterns().formal:
            continue
        concept(mention.concept, mention.text, clause_at(mention.start))
    for i, (start, end) in enumerate(clauses):
        for term in terms(text[start:end]):
            if term.startswith("s:"):
                units.setdefault(term, Unit(term, "staging", frozenset({term}), i))
    # The subject of every source, and who asks, count only where nothing else is named (or where
    # the question is what the subject is, or asks for an attribute of it: "how common is myeloma?").
    defines = bool(patterns().forms["definition"].search(folded_text(text)))
    for ignored in (frozenset() if defines else SUBJECT, patterns().narrators):
        content = {key: unit for key, unit in units.items() if key not in ignored}
        if any(unit.category not in _EMPTY for unit in content.values()) or not asking:
            units = content or units
    return tuple(units.values())


def _without(text: str, offset: int, spans: list[tuple[int, int]]) -> str:
    """``text``, which begins at ``offset``, with commas for what lies in ``spans``.

    Spaces would not do: folding drops them between Chinese characters, and the words on either side
    would run together.
    """
    chars = list(text)
    for start, end in spans:
        first, last = max(start - offset, 0), min(end - offset, len(chars))
        chars[first:last] = "," * max(last - first, 0)
    return "".join(chars)


def _content_words(text: str, english: bool) -> list[tuple[str, str]]:
    """Words that carry content, each with NOUN or WORD; function words are left out.

    A single Chinese character counts only if it names something by itself (肾). A Latin word in a
    Chinese question is a name; in an ``english`` one it may be anything, unless capitals or digits
    show that it is one.
    """
    found: list[tuple[str, str]] = []
    names = {folded_text(m.group()) for m in _LATIN_NAME.finditer(text)}
    for match in _RUN.finditer(_WHETHER.sub(",", folded_text(text))):
        run = match.group()
        if "\u3400" <= run[0] <= "\u9fff":
            found += [
                (word, NOUN if tag[0] in _NOUNS else WORD)
                for word, tag in tagged_words(run)
                if word in patterns().alone
                or (
                    len(word) > 1
                    and tag[0] in _NOUNS + _OTHERS
                    and not is_stop_word(word)
                    and not INTERROGATIVE.search(word)
                )
            ]
        elif not is_stop_word(run) and len(run) > 2 and not run[0].isdigit() and not _ROMAN.fullmatch(run):
            found.append((run, NOUN if run in names or not english else WORD))
    return found
