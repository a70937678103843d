"""Content words of a text, for the comparison of wording: English stems, Chinese bigrams."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.folding import is_chinese
from ingest.stemming import stem

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-zα-ω][a-zα-ω'-]*")
# Characters that join words and carry no content; a bigram of two of them says nothing.
_LIGHT = frozenset(
    "的了是在和与或及有为以于其并而但等中上下里时后前到从由所之也就都则可会能对将被把这那该此个种各者"
)
_STOP = frozenset(
    (
        "a",
        "about",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "being",
        "both",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "done",
        "each",
        "either",
        "every",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "might",
        "more",
        "most",
        "must",
        "of",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "per",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "was",
        "were",
        "what",
        "when",
        "where",
        "whereas",
        "which",
        "while",
        "who",
        "whose",
        "will",
        "with",
        "would",
        "you",
        "your",
        "very",
    )
)
_CYTOGENETIC = re.compile(
    r"t\(\d{1,2};\d{1,2}\)|(?:del|gain|amp|dup)\s?\(\d{1,2}[pq]?[\d.]*\)"
    r"|(?<![\dA-Za-z.])\d{1,2}[pq](?![a-z])[\d.]*[+-]?"
)
_TOKEN = re.compile(r"(?<![A-Za-z0-9.])[A-Za-zα-ω][A-Za-zα-ω0-9]*+(?:-[A-Za-zα-ω0-9]++)*+")
_CAPITALS = re.compile(r"[A-Z][a-z]?[A-Z]")
# A unit or a sign of comparison that stands without a number: "in mg/dL", "written as >".
_BARE = re.compile(
    r"(?<![a-z/\d])(?<!\d )(?:mc|[kmnμu])?(?:mol|[glu]|iu|gy)/(?:d?l|ml|min|kg|h|d|24\s?h|m2)"
    r"(?:/1\.73\s?m\^?2)?|[≥≤<>]"
)
_NOT_A_CODE = re.compile(r"(?:[A-Z]?[a-z]+|I{1,3}V?|IV)s?$|x\d+$")


def content(lower: str) -> frozenset[str]:
    """Content words of a lower-case text."""
    return frozenset(word for word, _, _ in content_spans(lower, 0, len(lower)))


def content_spans(lower: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Content words with their places: stems of English words, bigrams of Chinese characters."""
    for match in _RUN.finditer(lower, start, end):
        run, at = match.group(), match.start()
        if is_chinese(run[0]):
            for i in range(len(run) - 1):
                if not (run[i] in _LIGHT and run[i + 1] in _LIGHT):
                    yield run[i : i + 2], at + i, at + i + 2
        elif run not in _STOP and len(run) > 1:
            yield stem(run), at, match.end()


def light(char: str) -> bool:
    """Whether a Chinese character is a mere joint."""
    return char in _LIGHT


def latin_codes(base: str, masked: bytearray) -> Iterator[tuple[int, int, str]]:
    """Symbols that no dictionary knows but that may not change: KRAS, IL-6, t(8;14), 1q."""
    end = 0
    for match in sorted((*_CYTOGENETIC.finditer(base), *_symbols(base)), key=lambda m: m.start()):
        if match.start() >= end and not any(masked[match.start() : match.end()]):
            end = match.end()
            yield match.start(), end, code_key(match.group())


def _symbols(base: str) -> Iterator[re.Match[str]]:
    for match in _TOKEN.finditer(base):
        written = match.group()
        digits = any(c.isdigit() for c in written)
        if (digits or _CAPITALS.search(written)) and not _NOT_A_CODE.match(written):
            yield match


def bare_signs(lower: str, taken: bytearray) -> Iterator[tuple[int, int, str]]:
    """Units and signs outside the quantities that ``taken`` marks."""
    for match in _BARE.finditer(lower):
        if not taken[match.start()]:
            yield match.start(), match.end(), match.group()


def code_key(written: str) -> str:
    """A symbol without what writers vary."""
    arm = re.search(r"\d{1,2}[pq]", written)
    return arm.group() if arm else re.sub(r"[-/\s]", "", written).casefold().removesuffix("s")
