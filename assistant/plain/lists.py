"""Lists inside Chinese sentences: names in brackets become a sentence of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.plain.lines import LONGEST
from ingest.terminology import Mention, default_terminology

_NAMES = re.compile(r"[（(]\s*(例如|比如|如|包括)?[，,:：]?\s*([^（）()]+)[)）]")
_EXAMPLES = frozenset({"例如", "比如", "如"})


def names_apart(sentence: str) -> tuple[str, ...]:
    """A long sentence without its brackets of drug names or examples, then a sentence with each list.

    >>> names_apart("这些感染常因蛋白酶体抑制剂（如硼替佐米、卡非佐米）和其他几种治疗方式而发生。")
    ('这些感染常因蛋白酶体抑制剂和其他几种治疗方式而发生。', '蛋白酶体抑制剂比如硼替佐米、卡非佐米。')
    """
    if len(sentence) <= LONGEST or not sentence.endswith("。"):
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
        # A number in a name ("抗CD38单抗") is not said once more than the source says it.
        numbered = is_class and any(map(str.isdigit, holder.text))
        name = "药" if numbered else _in_full(holder, sentence, mentions)
        lists.append(f"{name}比如{names}。" if match.group(1) else f"这里的{name}是{names}。")
    return (rest + sentence[cursor:], *lists)


def _in_full(holder: Mention, sentence: str, mentions: Sequence[Mention]) -> str:
    """A name with what it belongs to: other drugs, the signs of one disease."""
    before = next((m.text for m in mentions if m.end == holder.start), "")
    other = "其他" if sentence[: holder.start].endswith("其他") else ""
    return f"{other}{before}{holder.text}"


def _category(concept: str) -> str:
    return default_terminology().concepts[concept].category
