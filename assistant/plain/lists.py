"""Lists inside Chinese sentences: names in brackets become a sentence, long enumerations become lines."""

from __future__ import annotations

import re

from assistant.plain.clauses import LONG, split_outside
from ingest.terminology import default_terminology

_LONGEST = 35
"""Characters of a sentence from which its lists are taken out."""

_NAMES = re.compile(r"[（(]\s*(例如|比如|如|包括)?[，,:：]?\s*([^（）()]+)[)）]")
_EXAMPLES = frozenset({"例如", "比如", "如"})
_LED = re.compile(r"^(.{2,40}?(?:包括|有))：?([^，。；]+)$")
_FEWEST = 4  # items from which an enumeration is easier to read as lines


def names_apart(sentence: str) -> tuple[str, ...]:
    """A long sentence without its brackets of drug names or examples, then a sentence with each list.

    >>> names_apart("这些感染常因蛋白酶体抑制剂（如硼替佐米、卡非佐米）和其他几种治疗方式而发生。")
    ('这些感染常因蛋白酶体抑制剂和其他几种治疗方式而发生。', '蛋白酶体抑制剂比如硼替佐米、卡非佐米。')
    """
    if len(sentence) <= _LONGEST or not sentence.endswith("。"):
        return (sentence,)
    rest, lists, cursor = "", [], 0
    mentions = default_terminology().mentions(sentence)
    for match in _NAMES.finditer(sentence):
        holder = next((m for m in mentions if m.end == match.start()), None)
        inside = [m for m in mentions if match.start() < m.start and m.end <= match.end()]
        drugs = [m for m in inside if _category(m.concept) == "drug"]
        is_class = holder is not None and _category(holder.concept) == "drug_class" and len(drugs) > 1
        is_example = holder is not None and match.group(1) in _EXAMPLES and len(inside) > 1
        if holder is None or not (is_class or is_example):
            continue
        rest += sentence[cursor : match.start()]
        cursor = match.end()
        names = match.group(2).strip()
        lists.append(f"{holder.text}比如{names}。" if match.group(1) else f"这里的{holder.text}是{names}。")
    return (rest + sentence[cursor:], *lists)


def _category(concept: str) -> str:
    return default_terminology().concepts[concept].category


def as_lines(sentence: str) -> tuple[str, tuple[str, ...]]:
    """A long enumeration at the end of a sentence: what leads it in, and its items (none: no list)."""
    body = sentence.rstrip("。")
    led = _LED.match(body)
    if len(sentence) <= LONG or not led:
        return sentence, ()
    items = [item.rstrip("、") for item in split_outside(led.group(2), "、")]
    last = re.split(r"以及|和", items[-1], maxsplit=1) if len(items) > 2 else [items[-1]]
    items = [*items[:-1], *(part for part in last if part)]
    if len(items) < _FEWEST or any(len(item) < 2 for item in items):
        return sentence, ()
    return led.group(1), tuple(items)


def cells_as_lines(row: str, kind: str) -> tuple[str, tuple[str, ...]]:
    """A table row of a label and three or more findings, in the same way; other passages have no items."""
    label, colon, rest = row.partition("：")
    items = tuple(part.rstrip("；") for part in split_outside(rest, "；"))
    return (label, items) if kind == "row" and colon and len(items) > 2 else (row, ())
