"""A long Chinese sentence as short ones, cut where no clause loses what it hangs on."""

from __future__ import annotations

import re

from assistant.plain.dependence import SHORT, is_conditional, may_begin
from ingest.folding import chinese_share

LONG = 20
"""Characters from which a sentence is cut if it can be; a short patient sentence has no more."""

_OPEN, _CLOSE = "（(〔[“《", "）)〕]”》"
# A clause that says what follows from all before it, back to where a condition opens.
_CONCLUDES = re.compile(r"(?:应|需|须|必须|可(?:考虑|用|给予|输注|进行|选择)|宜|则|故|是|为(?!了))")
_OPENS = re.compile(r"(?:但|而)?(?:如果|若|倘若|当|一旦|如(?=出现|果|有|伴|患者|发生))")
_ALTHOUGH = re.compile(r"^(但|而)?(?:尽管|虽然)(?=[^，]+，(?:但|然而|不过))")


def short_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a Chinese text, each as short as it can be without losing what it hangs on.

    Put together again they are ``text`` but for full stops in the place of commas and semicolons, and
    for the "although" before a "but".
    """
    if chinese_share(text) < 0.4:
        return (text,)
    found: list[str] = []
    for sentence in split_outside(text, "。！？!?"):
        found += _cut(sentence)
    return tuple(found)


def _cut(sentence: str) -> list[str]:
    if len(sentence) <= LONG:
        return [sentence]
    # "Although A, but B" says no more than "A. But B".
    sentence = _ALTHOUGH.sub(lambda match: match.group(1) or "", sentence)
    end = sentence[-1] if sentence[-1] in "。！？!?" else ""
    body = sentence.removesuffix(end)
    parts = [p.rstrip("；;") for p in split_outside(body, "；;")]
    # What a colon leads in, and what stands under one condition, stays together.
    bound = "：" in parts[0] or (is_conditional(parts[0]) and not all(map(is_conditional, parts)))
    if len(parts) > 1 and (bound or min(map(len, parts)) < SHORT):
        return [sentence]
    pieces = [piece for part in parts for piece in _at_commas(part)]
    return [*(f"{piece}。" for piece in pieces[:-1]), pieces[-1] + end]


def _at_commas(part: str) -> list[str]:
    clauses = [c.rstrip("，,") for c in split_outside(part, "，,")]
    bound = _concluded(clauses)
    pieces = [clauses[0]]
    for i, following in enumerate(clauses[1:], 1):
        long = len(pieces[-1]) + len(following) >= LONG - 2
        if long and i not in bound and may_begin(part, pieces[-1], following, i == len(clauses) - 1):
            pieces.append(following)
        else:
            pieces[-1] += f"，{following}"
    return pieces


def _concluded(clauses: list[str]) -> set[int]:
    """The clauses that may not be parted from the one before, because of a conclusion behind them."""
    bound: set[int] = set()
    for k, clause in enumerate(clauses):
        if _CONCLUDES.match(clause):
            for i in range(k, 0, -1):
                if i < k and _OPENS.match(clauses[i]):
                    break
                bound.add(i)
    return bound


def split_outside(text: str, stops: str) -> list[str]:
    """Parts that end with a stop outside brackets, the stop included; a digit's comma is no stop."""
    parts: list[str] = []
    depth = start = 0
    for i, char in enumerate(text):
        depth += (char in _OPEN) - (char in _CLOSE)
        inside_number = char in ",;" and text[i + 1 : i + 2].isdigit()
        if char in stops and depth <= 0 and not inside_number:
            parts.append(text[start : i + 1])
            start = i + 1
    return [p for p in [*parts, text[start:]] if p.strip()]
