"""Citation markers in all the forms that models write, read as one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = r"(?:citation|cite|source|passage|ref|reference|doc|来源|片段|资料|段落|引用|文献|参考)"
_NUMBERS = r"\d{1,4}(?:\s*(?:[,，、;；&]|and|和|[-–—~～至到])\s*(?:\d{1,4}))*"
_MARKER = re.compile(
    rf"[\[【［〔]{{1,2}}\s*\^?\s*(?:{_WORD}\s*[:：#]?\s*)?({_NUMBERS})\s*(?:†[^\]】］〕]{{0,40}})?\s*[\]】］〕]{{1,2}}(?!\()"
    rf"|[（(]\s*{_WORD}\s*[:：#]?\s*({_NUMBERS})\s*[)）]"
    rf"|<(?:sup|cite)>\s*\[?({_NUMBERS})\]?\s*</(?:sup|cite)>"
    r"|\^(\d{1,2})\^"
    # In round brackets or raised only where a sentence ends: "(1)" may be a value, "m²" a unit.
    r"|(?<=[\u3400-\u9fff\s)）%])[（(](\d{1,2})[)）](?=\s*[。.！!？?])|(?<=[。.！!？?])\s?[（(](\d{1,2})[)）]"
    r"|(?:(?<=[\u3400-\u9fff。.！!？?)）%])|(?<=[a-z]{3}))([⁰¹²³⁴-⁹]{1,2})(?=[\s。.！!？?]|$)",
    re.IGNORECASE,
)
_PART = re.compile(r"(\d{1,4})\s*(?:[-–—~～至到]\s*(\d{1,4}))?")
_LONGEST_RANGE = 12
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
NOWHERE = 0
"""Stands for a range that is none: no passage has this number."""

# "… relieved [1].A single …": the space between two sentences was forgotten.
_GROUP = re.compile(r"[ \t]*(?:\[\d+\])+")
_GLUED = re.compile(r"(?<=\])\.(?=[A-Z])")
# A marker that is being written still: nothing before it is complete.
_BEGUN = re.compile(r"\s*(?:[\[【［〔(（<^][^\]】］〕)）>]{0,48})?$")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its markers, and the numbers they name, in order, each once.

    ``parts``: the stretches that end with markers of their own, with these; what follows the last marker
    belongs to the last.
    """

    text: str
    numbers: tuple[int, ...]
    parts: tuple[tuple[str, tuple[int, ...]], ...] = ()


def canonical(text: str) -> str:
    """``text`` with each marker as "[1]", several as "[1][2]".

    >>> canonical("甲。【1，3】乙［2］")
    '甲。[1][3]乙[2]'
    """
    plain = _MARKER.sub(lambda m: "".join(f"[{n}]" for n in _numbers(m.group(m.lastindex or 0))), text)
    return _GLUED.sub(r"\g<0> ", plain)


def taken_out(text: str) -> Marked:
    """A text in canonical form taken apart."""
    parts: list[tuple[str, tuple[int, ...]]] = []
    done = 0
    for group in _GROUP.finditer(text):
        own = tuple(dict.fromkeys(int(n) for n in re.findall(r"\d+", group.group())))
        parts.append((text[done : group.start()], own))
        done = group.end()
    if parts:
        last, own = parts[-1]
        parts[-1] = (last + text[done:], own)
    numbers = dict.fromkeys(n for _, own in parts for n in own)
    return Marked(_GROUP.sub("", text).strip(), tuple(numbers), tuple(parts))


def may_go_on(rest: str) -> bool:
    """Whether what follows a sentence so far may become a marker of it."""
    return bool(_BEGUN.fullmatch(rest))


def _numbers(text: str) -> list[int]:
    found: list[int] = []
    text = text.translate(_RAISED)
    for first, last in _PART.findall(text):
        low, high = int(first), int(last or first)
        # "[1-999999]" is no citation; neither is "[5-2]".
        found += range(low, high + 1) if low <= high < low + _LONGEST_RANGE else [NOWHERE]
    return found
