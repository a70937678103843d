"""How an answer is worded: its language, its length, how hard it is to read for a patient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import fmean, quantiles

from assistant.plain.jargon import per_hundred
from evals.answers.sentences import said, without_marks
from evals.metrics.base import Exhibit, Score
from ingest.folding import chinese_share

# Share of ideographs among the letters above which an answer to a question in that language is Chinese: a
# Chinese row of a table is mostly names and units, an English answer quotes a Chinese word at most.
_CHINESE = {"zh": 0.1, "en": 0.3}
_MARKER = re.compile(r"\s?\[\d{1,3}\]")
_SENTENCE = {"zh": re.compile(r"[。！？；!?]|\n"), "en": re.compile(r"(?<=[.!?;])\s|\n")}
_VOWELS = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[A-Za-z]+")


def wording_scores(exhibit: Exhibit) -> Iterator[Score]:
    """Language and length of whatever was answered; ease of reading of what a patient gets."""
    text = without_marks(exhibit.answer.text)
    if not text.strip():
        return
    language = "en" if exhibit.question.language == "en" else "zh"
    if any(c.isalpha() for c in text):
        told = "zh" if chinese_share(text) >= _CHINESE[language] else "en"
        yield Score("language_right", float(told == language), told)
    if exhibit.silent:
        return
    yield Score("characters", float(len(text)))
    if exhibit.question.audience != "patient":
        return
    lengths = [length(s, language) for s in sentences(exhibit.answer.text, language)]
    if lengths:
        yield Score("sentence_length", fmean(lengths))
        yield Score("sentence_p90", quantiles(lengths, n=10)[-1] if len(lengths) > 1 else float(lengths[0]))
    yield Score("jargon", per_hundred(exhibit.answer.text))
    if language == "en" and (grade := reading_grade(text)) is not None:
        yield Score("reading_grade", grade)


def sentences(text: str, language: str) -> Iterator[str]:
    """The sentences, lines and list items of an answer, without markers and brackets around them."""
    for part in _SENTENCE[language].split(_MARKER.sub("", text)):
        if stripped := part.strip(" -（）()⚠."):
            yield stripped


def length(sentence: str, language: str) -> int:
    """Characters of a Chinese sentence, words of an English one."""
    return len(sentence) if language == "zh" else len(sentence.split())


def _syllables(word: str) -> int:
    """Runs of vowels, without a silent e at the end."""
    return max(1, len(_VOWELS.findall(word)) - (word.endswith("e") and not word.endswith("le")))


def reading_grade(text: str) -> float | None:
    """Flesch-Kincaid grade of an English text; syllables are runs of vowels. None without words."""
    told = [s.text for s in said(text)]
    words = [w.lower() for s in told for w in _WORD.findall(s)]
    if not words:
        return None
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(told) + 11.8 * syllables / len(words) - 15.59
