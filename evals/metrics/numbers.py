"""Numeric exactness: is every number of a sentence, as a number, in what the sentence cites?

Looks at digits alone and knows nothing of the verifier, so that either can find what the other misses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from evals.answers.claims import claims_of
from evals.metrics.base import Exhibit, Score

# Digits of a name (CD38, ATG-010) are no number.
_NUMBER = re.compile(r"(?<![A-Za-z\d.])(?<![A-Za-z]-)\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TRANSLATED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻，", "0123456789-;")


def numbers_of(text: str) -> frozenset[str]:
    """The numbers of a text as written, without commas of thousands and needless zeros."""
    # Before NFKC: it would make a Chinese comma between two numbers one of thousands.
    joined = _THOUSANDS.sub("", text.translate(_TRANSLATED))
    return frozenset(_plain(n) for n in _NUMBER.findall(unicodedata.normalize("NFKC", joined)))


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number.lstrip("0") or "0"


def numeric_scores(exhibit: Exhibit) -> Iterator[Score]:
    """Share of the numbers of an answer that its citations have; what the user wrote may be repeated."""
    if exhibit.silent:
        return
    cited = exhibit.answer.cited
    asked = numbers_of(" ".join(exhibit.question.turns))
    found, total, strange = 0, 0, []
    for claim in claims_of(exhibit.answer):
        spans = [cited[n] for n in claim.citations if n in cited]
        if not spans and exhibit.answer.staged:
            continue  # computed by a tool, not quoted
        known = asked.union(*(numbers_of(f"{s.quote}\n{s.context}") for s in spans))
        told = numbers_of(claim.text)
        total += len(told)
        found += len(told & known)
        strange += sorted(told - known)
    if total:
        yield Score("numbers_exact", found / total, ", ".join(strange[:5]))
