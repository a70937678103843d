"""Text → index terms: Chinese words and character bigrams, Latin words, numbers, concept ids."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from importlib.resources import files

from ingest.folding import folded_text, is_chinese
from ingest.stemming import stem
from ingest.terminology import default_terminology

# Raised whenever this code, or the folding and stemming that it uses, gives a text other terms. What the
# terminology and the stop words change is found out, see ``tokenizer_version``.
ANALYSIS_VERSION = 4

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-zα-ω][a-zα-ω0-9]*(?:[-'][a-z0-9]+)*|\d+(?:\.\d+)?%?")
# A stage by number, as a question writes it or as the first cell of a table row has it.
_STAGE = re.compile(
    r"(?<![a-z0-9])(iv|i{1,3}|[1-4一二三四])(?=\s*[期级])|(?:stages?|第)\s*(iv|i{1,3}|[1-4一二三四])(?![a-z0-9一-鿿])"
    r"|^(iv|i{1,3})(?= \|)"
)
_STAGE_NUMBER = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "一": 1, "二": 2, "三": 3, "四": 4}


def is_stop_word(word: str) -> bool:
    """Whether a folded word carries no content of its own in this field."""
    return word in _stop_words()


@cache
def _stop_words() -> frozenset[str]:
    text = _stop_list().decode("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _stop_list() -> bytes:
    return (files("index") / "data" / "stopwords.txt").read_bytes()


# The tables of ``default_terminology``.
_TABLES = ("terminology.tsv", "terminology-general.tsv")


@cache
def tokenizer_version() -> str:
    """What the terms of a text depend on; an index built with another version is refused.

    The version of the code, and a digest of the terminology and the stop words.
    """
    tables = [(files("ingest") / "data" / name).read_bytes() for name in _TABLES]
    known = hashlib.sha256(b"\0".join([*tables, _stop_list()])).hexdigest()
    return f"{ANALYSIS_VERSION}-{known[:12]}"


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[str, ...]:
    """Index terms of ``text``, repeats kept.

    Chinese words come from a dictionary segmenter, every run of Chinese also gives its character
    bigrams (marked ``b:``), every concept mentioned its id (marked ``c:``), every stage its number
    (marked ``s:``).
    """
    folded = folded_text(text)
    found: list[str] = []
    for match in _RUN.finditer(folded):
        run = match.group()
        if is_chinese(run[0]):
            found += [word for word in words(run) if not is_stop_word(word)]
            found += [f"b:{run[i : i + 2]}" for i in range(len(run) - 1)]
        elif not is_stop_word(run):
            found.append(stem(run) if run.isascii() and run.isalpha() else run)
    for match in _STAGE.finditer(folded):
        number = match.group(match.lastindex or 0)
        found.append(f"s:{_STAGE_NUMBER.get(number, number)}")
    found += [f"c:{mention.concept}" for mention in default_terminology().mentions(text)]
    return tuple(found)


@lru_cache(maxsize=8192)
def words(run: str) -> tuple[str, ...]:
    """Dictionary words of a run of Chinese characters."""
    import rjieba

    return tuple(rjieba.cut(run))


@lru_cache(maxsize=8192)
def tagged_words(run: str) -> tuple[tuple[str, str], ...]:
    """Dictionary words of a run of Chinese characters with their part of speech ("n", "v", …)."""
    import rjieba

    return tuple((word, tag) for word, tag in rjieba.tag(run))
