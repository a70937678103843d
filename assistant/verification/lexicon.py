"""The words that change what a sentence says, in both languages, from ``data/lexicon.tsv``.

A row gives values to its written forms. ``axis:value`` marks something that has to agree with the
evidence (``freq:rare``, ``level:+``); ``term:x`` is a plain word, known so that it meets its
translation; ``concept:x`` is one more name of a concept (with what else it says); ``neg:not`` is a
negator, and ``neg:cannot`` one that may also forbid; ``word:x`` puts a plain word before a name of the same
form; ``plain:x`` keeps an innocent word (不仅) from being read as the marker it contains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.folding import folded_text

_LATIN = re.compile(r"[a-z0-9]")
# Axes with two poles, where "not the one" is as good as the other.
_POLES = frozenset({"advise", "effective", "normal", "known", "result", "reversible", "cure"})
_OPPOSITE = {"+": "-", "-": "+"}
_OPPOSITE_FREQUENCY = {"often": "rare", "rare": "often"}


class Lexicon:
    """The forms and an automaton over them."""

    def __init__(self, table: str) -> None:
        values: dict[str, set[str]] = {}
        for line in table.splitlines()[1:]:
            names, zh, en = line.split("\t")
            for form in (*zh.split("|"), *en.split("|")):
                if form:
                    values.setdefault(folded_text(form), set()).update(names.split())
        self._values = {form: frozenset(names) for form, names in values.items()}
        self._forms = list(self._values)
        self._automaton = AhoCorasick(self._forms, matchkind=MatchKind.Standard)

    def find(self, lower: str) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Every form in a lower-case text as (start, end, values), overlaps included."""
        for index, start, end in self._automaton.find_matches_as_indexes(lower, overlapping=True):
            if start and _LATIN.match(lower[start]) and _LATIN.match(lower[start - 1]):
                continue
            if end < len(lower) and _LATIN.match(lower[end - 1]) and _LATIN.match(lower[end]):
                continue
            yield start, end, self._values[self._forms[index]]


def negated(values: frozenset[str]) -> frozenset[str]:
    """What marker values become under a negator: the other pole, or ``axis:!value``."""
    return frozenset(_negated(value) for value in values if not value.startswith("term:"))


def _negated(value: str) -> str:
    axis, _, pole = value.partition(":")
    if axis in _POLES and pole in _OPPOSITE:
        return f"{axis}:{_OPPOSITE[pole]}"
    if axis == "freq" and pole in _OPPOSITE_FREQUENCY:
        return f"freq:{_OPPOSITE_FREQUENCY[pole]}"
    return f"{axis}:{pole[1:]}" if pole.startswith("!") else f"{axis}:!{pole}"


@cache
def implied() -> Lexicon:
    """What words of the evidence also say: 肾功能不全 that a function is poor, 长期 that it is chronic."""
    return Lexicon((files("assistant.verification") / "data" / "implied.tsv").read_text("utf-8"))


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that ships with the verifier."""
    return Lexicon((files("assistant.verification") / "data" / "lexicon.tsv").read_text("utf-8"))
