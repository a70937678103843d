"""General words across languages, from ``data/translations.tsv``."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.resources import files

from ingest.stemming import stem


@cache
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Chinese word → English stems, and English stem → Chinese words."""
    text = (files("assistant.verification") / "data" / "translations.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    to_english = {zh: frozenset(stem(word) for word in en.split()) for zh, en in rows}
    to_chinese: dict[str, set[str]] = {}
    for zh, stems in to_english.items():
        for one in stems:
            to_chinese.setdefault(one, set()).add(zh)
    return to_english, {one: frozenset(words) for one, words in to_chinese.items()}


def is_translated(word: str, stems: Collection[str], written: str) -> bool:
    """Whether a Chinese word or an English stem has its translation among ``stems`` or in ``written``."""
    to_english, to_chinese = _tables()
    if word in to_english:
        return any(one in stems for one in to_english[word])
    return any(zh in written for zh in to_chinese.get(word, ()))
