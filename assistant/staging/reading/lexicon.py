"""Names and words of ``data/lexicon.toml``, ready for matching."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ingest.lazy_pattern import LazyPattern

_EDGE = r"(?:(?=[\u4e00-\u9fff])|(?<![a-z])|(?<=/l)|(?<=/dl)|(?<=/ml)|(?<=fish))"
"""A Latin name starts a word, or stands behind a unit typed without a space, "5.6mg/LALB"; a Chinese one may
follow any letter: "MM 乳酸脱氢酶" loses its space in folding."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a folded text. ``kind``: lab, other, lesion, fish, risk, standard, karyotype, mutation."""

    kind: str
    what: str
    start: int
    end: int
    abnormal: bool = False


class _Patterns(Mapping[str, re.Pattern[str]]):
    """Single patterns, each compiled when it is first asked for: few of them serve one message."""

    def __init__(self, sources: dict[str, str]) -> None:
        self._sources = sources
        self._compiled: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, key: str) -> re.Pattern[str]:
        if key not in self._compiled:
            self._compiled[key] = re.compile(self._sources[key])
        return self._compiled[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``names`` are tried in order, and so are ``words``, of which ``any_word`` is the first that matches.

    ``values``, ``context`` and ``report`` are single patterns.
    """

    names: tuple[tuple[str, str, bool, LazyPattern], ...]
    any_word: LazyPattern
    words: Mapping[str, re.Pattern[str]]
    values: Mapping[str, re.Pattern[str]]
    context: Mapping[str, re.Pattern[str]]
    report: Mapping[str, re.Pattern[str]]
    typos: tuple[tuple[re.Pattern[str], str], ...]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the reader."""
    data = tomllib.loads((files("assistant.staging.reading") / "data" / "lexicon.toml").read_text("utf-8"))
    b2 = data["parts"]["b2"]
    b2m = data["parts"]["b2m"].replace("{b2}", b2)

    def names(patterns: Iterable[str]) -> LazyPattern:
        joined = "|".join(f"(?:{p})" for p in patterns)
        return LazyPattern(_EDGE + "(?:" + joined.replace("{b2m}", b2m).replace("{b2}", b2) + ")")

    table = [("lab", field, False, names(patterns)) for field, patterns in data["labs"].items()]
    table += [("other", "", False, names(data["other"]["names"]))]
    for lesion, forms in data["lesions"].items():
        table += [("lesion", lesion, form == "abnormal", names(ps)) for form, ps in forms.items()]
    kinds = {"names": "fish"}
    table += [(kinds.get(kind, kind), "", False, names(ps)) for kind, ps in data["fish"].items()]
    words = {kind: "|".join(patterns) for kind, patterns in data["words"].items()}
    return Lexicon(
        tuple(table),
        LazyPattern("|".join(f"(?P<{kind}>{word})" for kind, word in words.items())),
        _Patterns(words),
        _Patterns(data["values"]),
        _Patterns(data["context"]),
        _Patterns(data["report"]),
        tuple((re.compile(wrong), right) for wrong, right in data["typos"].items()),
    )


def only_filler(text: str, spare: int = 0) -> bool:
    """Whether nothing of weight stands in a text: no word, bar ``spare`` Chinese characters, but fillers."""
    rest = lexicon().values["filler"].sub("", text)
    return len(rest) <= spare and not any(c.isascii() for c in rest)


def find_names(text: str) -> list[Name]:
    """Names in order; the longest of those that start at the leftmost place, none inside another."""
    return list(_names(text))


@lru_cache(maxsize=16)  # a turn is read several times on the way to one answer
def _names(text: str) -> tuple[Name, ...]:
    found = [
        Name(kind, what, m.start(), m.end(), abnormal)
        for kind, what, abnormal, pattern in lexicon().names
        for m in pattern.finditer(text)
        if m.end() > m.start()
    ]
    # A distractor wins a tie: "β2-球蛋白" must not be read as "β2".
    found.sort(key=lambda n: (n.start, -n.end, n.kind != "other"))
    return tuple(_of_section(text, name) for name in _apart(found))


def _of_section(text: str, name: Name) -> Name:
    """A test under the head "urine" of a report is none of serum."""
    values = lexicon().values
    heads = list(values["section"].finditer(text, 0, name.start)) if name.kind == "lab" else []
    if heads and values["elsewhere"].search(heads[-1].group()):
        return Name("other", "", name.start, name.end)
    return name


def _apart(found: list[Name]) -> Iterator[Name]:
    end = 0
    for name in found:
        if name.start >= end:
            yield name
            end = name.end
