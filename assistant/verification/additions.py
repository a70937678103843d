"""Words that the evidence does not have: what a writer adds of his own.

Wording that the evidence lacks is either plain (``data/plain_words.txt``: it joins, reports, refers) or it
adds something: a thing speaks for itself, and so does whatever a table of terms knows; of deeds, qualities
and set phrases that no table knows one may be a synonym.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from assistant.verification.atoms import Frame
from assistant.verification.types import Problem
from assistant.verification.vocabulary import clinical, general
from assistant.verification.words import content_spans
from index.analysis import tagged_words
from ingest.folding import is_chinese
from ingest.stemming import stem

_RUN = re.compile(r"[\u3400-\u9fff]+")
# Parts of speech, by their first letter, and what an unknown word of each weighs. Others join.
# Of right sentences that nobody had read one in ten was lost to a single deed or quality that no table knows
# (拿来, 放宽, "granted"), and hardly a wrong one was caught by it.
_WEIGHTS = {"n": 2, "s": 2, "j": 2, "v": 1, "a": 1, "i": 1, "l": 1, "b": 1, "z": 1}
_TERM = 2
# An English word is not told apart by its part of speech; a name has a capital.
_ENGLISH, _NAME = 1, 2
_LIMIT = 2


def additions(sentence: Frame, known: bytearray) -> list[Problem]:
    """A problem with the words added, where they add up to something.

    ``known`` marks the characters of the sentence that the evidence accounts for.
    """
    found = [(word, weight) for word, weight in _unknown(sentence, known)]
    if sum(weight for _, weight in found) < _LIMIT:
        return []
    return [Problem("coverage", " ".join(word for word, _ in found), "")]


def dictionary_words(lower: str) -> Iterator[tuple[str, int, int]]:
    """Chinese words and stems of English ones, with their places."""
    for match in _RUN.finditer(lower):
        at = match.start()
        for word, _ in tagged_words(match.group()):
            yield word, at, at + len(word)
            at += len(word)
    for word, at, end in content_spans(lower, 0, len(lower)):
        if not is_chinese(lower[at]):
            yield word, at, end


def plain_places(sentence: Frame, known: bytearray) -> bytearray:
    """Marks the characters of plain words that the evidence does not have."""
    places = bytearray(len(sentence.lower))
    for match in _RUN.finditer(sentence.lower):
        at = match.start()
        for word, _ in tagged_words(match.group()):
            if not any(known[at : at + len(word)]) and _is_plain(word):
                places[at : at + len(word)] = b"\1" * len(word)
            at += len(word)
    for _, at, end in content_spans(sentence.lower, 0, len(sentence.lower)):
        word = sentence.lower[at:end]
        if not is_chinese(word[0]) and sum(known[at:end]) * 2 <= end - at and _is_plain_english(word):
            places[at:end] = b"\1" * (end - at)
    return places


def _unknown(sentence: Frame, known: bytearray) -> Iterator[tuple[str, int]]:
    for match in _RUN.finditer(sentence.lower):
        at = match.start()
        for word, tag in tagged_words(match.group()):
            end = at + len(word)
            had = sum(known[at:end])
            if len(word) > 1 and had * 2 <= len(word) and not _is_plain(word):
                # Half a noun may be in the evidence by chance: the 骨 of 小骨.
                weight = _WEIGHTS.get(tag[:1], 0)
                if weight and (not had or tag.startswith("n")):
                    yield word, 1 if had else max(weight, _known_term(word))
            at = end
    for _, at, end in content_spans(sentence.lower, 0, len(sentence.lower)):
        word = sentence.lower[at:end]
        if not is_chinese(word[0]) and sum(known[at:end]) * 2 <= end - at and not _is_plain_english(word):
            name = at > 0 and sentence.text[at].isupper()
            yield word, _NAME if name else max(_ENGLISH, _known_term(word))


def _known_term(word: str) -> int:
    """The weight of a word that one of the tables has; 0 for any other."""
    return _TERM if general().mentions(word) or clinical().mentions(word) else 0


def _is_plain(word: str) -> bool:
    """Whether a Chinese word is plain, or is made of two plain words."""
    plain = _plain_words()
    return word in plain or any(word[:i] in plain and word[i:] in plain for i in range(1, len(word)))


def _is_plain_english(word: str) -> bool:
    return all(part in _plain_words() or stem(part) in _plain_words() for part in word.split("-") if part)


@cache
def _plain_words() -> frozenset[str]:
    text = (files("assistant.verification") / "data" / "plain_words.txt").read_text("utf-8")
    words = {w for line in text.splitlines() if not line.startswith("#") for w in line.split()}
    return frozenset(words | {stem(w) for w in words if w.isascii()})
